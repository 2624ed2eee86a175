#pragma once

/// \file
/// A judged head, written so that Poco 1.11 reads out of it what was judged.

#include <cstddef>
#include <string>
#include <string_view>

namespace mediadock::guard {

struct RequestHead;

/// Writes `head` with its empty line. Poco decodes RFC 2047 words in every value, cuts lines into
/// pieces of 4,092 bytes and takes a rest of two bytes for the end of the head, and knows
/// `Connection` only where it holds one word; what it would get wrong is written another way.
std::string writeCleanHead(const RequestHead& head);

/// How long `value` will be as `writeCleanHead` writes it.
std::size_t cleanValueBytes(std::string_view value) noexcept;

}  // namespace mediadock::guard
