#pragma once

/// \file
/// Formats and parses HTTP dates (RFC 9110 §5.6.7) and formats RFC 3339 times.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string formatHttpDate(std::chrono::sys_seconds time);

/// Parses the form above and the two obsolete ones; returns nullopt for anything else. A two-digit
/// year more than 50 years in the future is taken to be in the past century.
std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text);

/// `1994-11-06T08:49:37Z` (RFC 3339), with six fractional digits if the fraction is not zero.
std::string formatRfc3339(std::chrono::sys_time<std::chrono::microseconds> time);

/// Large enough for any time in the above form.
using Rfc3339Buffer = std::array<char, 48>;

/// The same, written into `buffer`.
std::string_view formatRfc3339(std::chrono::sys_time<std::chrono::microseconds> time,
                               Rfc3339Buffer& buffer);

}  // namespace mediadock::http
