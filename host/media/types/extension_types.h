#pragma once

/// \file
/// The table of media types by file extension.

#include <span>
#include <string_view>

namespace mediadock::media {

struct ExtensionType {
  /// In lower case, without a dot.
  std::string_view extension;
  std::string_view mimeType;
};

/// Sorted by extension. An extension that shared-mime-info also knows has its type from there, or
/// an alias of it; a test compares them.
std::span<const ExtensionType> extensionTypes() noexcept;

}  // namespace mediadock::media
