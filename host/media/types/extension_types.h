#pragma once

/// \file
/// The one list of media types by extension.

#include <span>
#include <string_view>

namespace mediadock {

struct ExtensionType {
  /// In lower case, without a dot.
  std::string_view extension;
  std::string_view mimeType;
};

/// Sorted by extension. What shared-mime-info knows, too, has its type there, or another name of
/// it; a test compares them.
std::span<const ExtensionType> extensionTypes() noexcept;

}  // namespace mediadock
