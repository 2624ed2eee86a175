#pragma once

/// \file
/// Parses dates in the formats that servers use.

#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http_client {

/// A date from a header or a listing: the HTTP format and its two obsolete ones, RFC 850 and
/// asctime (RFC 9110 §5.6.7); the same with a one-digit day, without the weekday, or with an offset
/// (RFC 5322); and RFC 3339. Returns nullopt for anything else and for impossible times. The
/// weekday is not checked.
///
/// \param now decides the century of two-digit years: none is more than fifty years ahead.
std::optional<Timestamp> parseServerDate(
    std::string_view text,
    std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

/// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3); nullopt for any other text.
std::optional<std::chrono::seconds> parseRetryAfter(const std::string& text,
                                                    std::chrono::system_clock::time_point now);

}  // namespace mediadock::http_client
