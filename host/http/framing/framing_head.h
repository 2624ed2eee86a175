#pragma once

/// \file
/// What the server above has to know of a judged head: where its body ends.

#include <string>

namespace mediadock::guard {

struct RequestHead;

/// A head with the method of `head` and the headers that say how its body comes and whether another
/// request may follow. Everything else a handler takes from the guard: Poco 1.11 decodes words in
/// values, mistakes lines of unlucky lengths for the end of a head, and copies all of it.
std::string writeFramingHead(const RequestHead& head);

}  // namespace mediadock::guard
