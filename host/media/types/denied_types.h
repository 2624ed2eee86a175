#pragma once

/// \file
/// The media types that are not taken in.

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// A file is of a type that is not taken: HTTP's 415. Says which, and why.
class RefusedType final : public std::exception {
 public:
  explicit RefusedType(std::string reason) : reason_(std::move(reason)) {}

  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// `text/html`, or `video/*` for all of a kind. A type is denied under each of its names.
class DeniedTypes {
 public:
  DeniedTypes() = default;

  /// \param list comma-separated; empty: all are taken.
  /// \throws StorageError `ConfigInvalid` for what is no media type.
  explicit DeniedTypes(std::string_view list);

  bool isEmpty() const noexcept { return types_.empty(); }

  bool contains(std::string_view type) const;

  /// As they were given, in lower case.
  const std::vector<std::string>& list() const noexcept { return types_; }

 private:
  std::vector<std::string> types_;
};

}  // namespace mediadock
