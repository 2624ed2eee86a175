#pragma once

/// \file
/// The head of an HTTP/1.1 response (RFC 9112 §4, §5), read strictly and taken literally.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

struct HttpHead {
  int status = 0;
  /// HTTP/1.0 answers end their connection.
  bool isHttp11 = true;
  /// Names without regard to case; values trimmed and not decoded in any way.
  std::vector<std::pair<std::string, std::string>> fields;

  bool has(std::string_view name) const noexcept;

  /// The field's value; empty where there is none. Of a repeated field the first. Valid as long as
  /// the fields stay as they are.
  const std::string& field(std::string_view name) const noexcept;

  /// A field that is a whole number without sign. Nothing where it is missing, repeated with
  /// another value, or anything else.
  std::optional<std::uint64_t> number(std::string_view name) const noexcept;

  /// Whether the server keeps the connection open.
  bool keepsConnection() const;
};

/// A whole number without sign, space or separator.
std::optional<std::uint64_t> parseDecimal(std::string_view text) noexcept;

/// Parses a head without its empty last line.
/// \throws StorageError `Protocol`.
HttpHead parseHttpHead(std::string_view text);

}  // namespace mediadock
