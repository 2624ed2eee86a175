#pragma once

/// \file
/// The media types that are not accepted.

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::media {

/// The file has a type that is not accepted: HTTP 415. The message says which, and why.
class RefusedType final : public std::exception {
 public:
  explicit RefusedType(std::string reason) : reason_(std::move(reason)) {}

  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// Entries such as `text/html`, or `video/*` for a whole kind. A type is denied under each of its
/// names.
class DeniedTypes {
 public:
  DeniedTypes() = default;

  /// \param list comma-separated; empty: all types are accepted.
  /// \throws StorageError `ConfigInvalid` for an entry that is not a media type.
  explicit DeniedTypes(std::string_view list);

  bool isEmpty() const noexcept { return types_.empty(); }

  bool contains(std::string_view type) const;

  /// As given, in lower case.
  const std::vector<std::string>& list() const noexcept { return types_; }

 private:
  std::vector<std::string> types_;
};

}  // namespace mediadock::media
