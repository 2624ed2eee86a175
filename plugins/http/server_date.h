#pragma once

/// \file
/// Times as servers write them.

#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A date of a header or of a listing: the form of HTTP and its two obsolete ones, RFC 850
/// and asctime (RFC 9110 §5.6.7); the same with a day of one digit, without the weekday, or with an
/// offset (RFC 5322); and RFC 3339. Returns nullopt for all else, and for times that cannot be. The
/// weekday is not held against the date.
///
/// \param now decides the century of two digits: no year is more than fifty years ahead.
std::optional<Timestamp> parseServerDate(
    std::string_view text,
    std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

/// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3); nothing for another text.
std::optional<std::chrono::seconds> parseRetryAfter(const std::string& text,
                                                    std::chrono::system_clock::time_point now);

}  // namespace mediadock
