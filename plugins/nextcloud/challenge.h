#pragma once

/// \file
/// Which logins a server takes (RFC 9110 §11.6.1).

#include "http_head.h"

#include <string>
#include <string_view>

namespace mediadock {

/// The schemes of all `WWW-Authenticate` fields, as `Digest, Negotiate`, for people: each once, and
/// no more than 8. Empty where there are none.
std::string offeredSchemes(const HttpHead& head);

/// Whether `Basic` is one of them.
bool namesBasic(std::string_view schemes);

}  // namespace mediadock
