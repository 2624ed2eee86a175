#pragma once

/// \file
/// Writes the minimal request head for Poco's server: just what delimits the body.

#include <string>

namespace mediadock::http::guard {

struct RequestHead;

/// A head with the method of `head` and the headers that frame its body and say whether the
/// connection persists. Handlers take everything else from the guard: Poco 1.11 decodes encoded
/// words in values, mistakes lines of certain lengths for the end of a head, and copies all of it.
std::string writeFramingHead(const RequestHead& head);

}  // namespace mediadock::http::guard
