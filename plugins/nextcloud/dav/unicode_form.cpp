#include "dav/unicode_form.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <uninorm.h>

namespace mediadock::nextcloud {

std::string toNfc(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; })) {
    return std::string(text);
  }
  std::size_t length = 0;
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> composed(
      ::u8_normalize(UNINORM_NFC, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                     nullptr, &length),
      &std::free);
  if (!composed) {
    throw std::bad_alloc();
  }
  return {reinterpret_cast<const char*>(composed.get()), length};
}

StoragePath toNfc(const StoragePath& path) {
  return StoragePath::parse(toNfc(path.str()));
}

}  // namespace mediadock::nextcloud
