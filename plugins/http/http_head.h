#pragma once

/// \file
/// Strict parser for the head of an HTTP/1.1 response (RFC 9112 §4, §5).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::http_client {

struct HttpHead {
  int status = 0;
  /// False for HTTP/1.0, where the connection ends with the response.
  bool isHttp11 = true;
  /// Names are case-insensitive; values are trimmed and not decoded.
  std::vector<std::pair<std::string, std::string>> fields;

  bool has(std::string_view name) const noexcept;

  /// The field's value; the first if it is repeated, empty if it is absent. Valid until `fields`
  /// changes.
  const std::string& field(std::string_view name) const noexcept;

  /// The value of a field that is an unsigned integer. Returns nullopt if it is absent, repeated
  /// with another value, or anything else.
  std::optional<std::uint64_t> number(std::string_view name) const noexcept;

  /// Whether the server keeps the connection open.
  bool keepsConnection() const;
};

/// Parses a decimal integer without sign, space or separator.
std::optional<std::uint64_t> parseDecimal(std::string_view text) noexcept;

/// Parses a head, without the empty line at its end.
/// \throws StorageError `Protocol`.
HttpHead parseHttpHead(std::string_view text);

}  // namespace mediadock::http_client
