#pragma once

/// \file
/// Header fields as the text that they leave as.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Every field once, each as `Name: value` with its line end, in the order they were set. One
/// thread at a time.
class HeaderLines {
 public:
  /// Puts the field in place of one of the same name.
  /// \throws std::invalid_argument for a name that is no token, or a value with a control
  ///   character: it would write headers of its own.
  void set(std::string_view name, std::string_view value);

  void clear() noexcept;

  const std::string& text() const noexcept { return text_; }

 private:
  void remove(std::string_view name);

  std::string text_;
  /// Where each line of it begins.
  std::vector<std::size_t> begins_;
};

}  // namespace mediadock
