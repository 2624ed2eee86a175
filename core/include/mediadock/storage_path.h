#pragma once

/// \file
/// A validated path within a storage; the host and providers use no other form.

#include "mediadock/export.h"

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// A provider-relative path: UTF-8 segments joined by `/`; the root is `""`.
///
/// Never contains a leading, trailing or doubled slash, a `.` or `..` segment, a control character
/// (U+0000–U+001F, U+007F–U+009F), invalid UTF-8, a segment longer than `kMaxNameBytes` or more
/// than `kMaxPathBytes` in total. Compared byte by byte: no case folding, no Unicode normalisation,
/// no trimming. A backslash is an ordinary character.
///
/// Immutable, hence thread-safe.
class MEDIADOCK_CORE_EXPORT StoragePath {
 public:
  static constexpr std::size_t kMaxNameBytes = 255;
  static constexpr std::size_t kMaxPathBytes = 4096;

  /// The root.
  StoragePath() = default;

  /// Parses an already percent-decoded path.
  /// \throws StorageError `InvalidPath`; the message says which rule is broken.
  static StoragePath parse(std::string_view text);

  /// The path as text; empty for the root.
  const std::string& str() const noexcept { return text_; }

  bool isRoot() const noexcept { return text_.empty(); }

  /// The last segment; empty for the root. Valid as long as this object lives.
  std::string_view name() const noexcept;

  /// The path without its last segment; for the root, the root.
  StoragePath parent() const;

  /// This path with one more segment.
  /// \throws StorageError `InvalidPath` if `name` is not a valid segment.
  StoragePath child(std::string_view name) const;

  /// The segments in order; empty for the root. Valid as long as this object lives.
  std::vector<std::string_view> segments() const;

  /// Whether this is `ancestor` or below it, comparing whole segments: `a/sub2` is not within
  /// `a/sub`.
  bool isWithin(const StoragePath& ancestor) const noexcept;

  /// This path with its leading `from` replaced by `to`.
  /// \pre `isWithin(from)`
  /// \throws StorageError `InvalidPath` if the result is too long.
  StoragePath rebased(const StoragePath& from, const StoragePath& to) const;

  friend bool operator==(const StoragePath&, const StoragePath&) = default;
  friend std::strong_ordering operator<=>(const StoragePath&, const StoragePath&) = default;

 private:
  explicit StoragePath(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

/// Whether `text` is well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, ≤ U+10FFFF).
MEDIADOCK_CORE_EXPORT bool isValidUtf8(std::string_view text) noexcept;

}  // namespace mediadock

template <>
struct std::hash<mediadock::StoragePath> {
  std::size_t operator()(const mediadock::StoragePath& path) const noexcept {
    return std::hash<std::string>{}(path.str());
  }
};
