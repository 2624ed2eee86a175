#pragma once

/// \file
/// Reason phrases of the statuses that this server gives, as RFC 9110 and its kin name them;
/// Poco's lack some and have old words for others.

#include <string_view>

namespace mediadock {

/// Never empty; for an unknown status a word for its class.
std::string_view reasonPhrase(int status) noexcept;

}  // namespace mediadock
