#pragma once

/// \file
/// Entity tags (RFC 9110 §8.8.3).

#include "mediadock/export.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A validator that identifies one version of an object. `value` is the opaque part without quotes.
struct MEDIADOCK_CORE_EXPORT ETag {
  std::string value;
  /// A weak tag means "equivalent", not "the same bytes", and never matches strongly.
  bool isWeak = false;

  /// Parses `"x"` or `W/"x"`. Returns nullopt if a quote is missing, or for a character that RFC
  /// 9110 forbids between the quotes.
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
