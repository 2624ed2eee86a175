#include "media/rules/file_name.h"

#include "mediadock/storage_error.h"

namespace mediadock::media {
namespace {

/// Length of the control character that `text` begins with; 0 if it begins with none.
std::size_t bidiControlLength(std::string_view text) noexcept {
  constexpr std::string_view kArabicLetterMark = "\xD8\x9C";
  if (text.starts_with(kArabicLetterMark)) {
    return kArabicLetterMark.size();
  }
  if (text.size() < 3 || text[0] != '\xE2') {
    return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  const bool isMark = second == 0x80 && (third == 0x8E || third == 0x8F);
  const bool isEmbedding = second == 0x80 && third >= 0xAA && third <= 0xAE;
  const bool isIsolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
  return isMark || isEmbedding || isIsolate ? 3 : 0;
}

}  // namespace

std::string cleanFileName(std::string_view name) {
  std::string clean;
  while (!name.empty()) {
    if (const std::size_t length = bidiControlLength(name); length > 0) {
      name.remove_prefix(length);
    } else {
      clean += name.front();
      name.remove_prefix(1);
    }
  }
  requireUsable(StoragePath().child(clean));
  return clean;
}

bool isReservedName(std::string_view name) noexcept {
  return name.starts_with(".mediadock-");
}

bool isReserved(const StoragePath& path) noexcept {
  return isReservedName(path.str()) || path.str().find("/.mediadock-") != std::string::npos;
}

void requireUsable(const StoragePath& path) {
  if (isReserved(path)) {
    throw StorageError({.code = StorageErrc::InvalidPath,
                        .message = "names that start with '.mediadock-' are reserved",
                        .path = path.str()});
  }
}

}  // namespace mediadock::media
