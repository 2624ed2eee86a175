#pragma once

/// \file
/// Entity tags (RFC 9110 §8.8.3).

#include "mediadock/export.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A validator of one version of an object. `value` is the opaque part without quotes.
struct MEDIADOCK_CORE_EXPORT ETag {
  std::string value;
  /// A weak tag says "equivalent", not "the same bytes", and never matches strongly.
  bool isWeak = false;

  /// Parses `"x"` or `W/"x"`. A missing quote, or a character that RFC 9110 forbids within the
  /// quotes, gives nothing.
  static std::optional<ETag> parse(std::string_view text);

  /// The header form: `"x"` or `W/"x"`.
  std::string str() const;

  /// Strong comparison: equal, and both strong (for `If-Match`, `If-Range`).
  bool matchesStrongly(const ETag& other) const noexcept;

  /// Weak comparison: equal opaque parts (for `If-None-Match`).
  bool matchesWeakly(const ETag& other) const noexcept;

  friend bool operator==(const ETag&, const ETag&) = default;
};

}  // namespace mediadock
