#pragma once

/// \file
/// Response header fields, stored as the text to send.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// Each field once, as `Name: value` and line end, in the order they were set. Not thread-safe.
class HeaderLines {
 public:
  /// Sets the field, replacing one of the same name.
  /// \throws std::invalid_argument for a name that is not a token, or a value with a control
  ///   character, which could inject headers.
  void set(std::string_view name, std::string_view value);

  void clear() noexcept;

  const std::string& text() const noexcept { return text_; }

 private:
  void remove(std::string_view name);

  std::string text_;
  /// Where each line of `text_` begins.
  std::vector<std::size_t> begins_;
};

}  // namespace mediadock::http
