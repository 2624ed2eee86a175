#include "storage/boundary/path_spelling.h"

#include <cstdint>
#include <string_view>
#include <unicase.h>
#include <uninorm.h>

namespace mediadock::storage {
namespace {

const std::uint8_t* bytesOf(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

bool isSpellingOf(const StoragePath& got, const StoragePath& asked, bool caseSensitive) {
  if (got == asked) {
    return true;
  }
  const std::string_view left = got.str();
  const std::string_view right = asked.str();
  int order = 0;
  const int failure = caseSensitive ? ::u8_normcmp(bytesOf(left), left.size(), bytesOf(right),
                                                   right.size(), UNINORM_NFC, &order)
                                    : ::u8_casecmp(bytesOf(left), left.size(), bytesOf(right),
                                                   right.size(), nullptr, UNINORM_NFC, &order);
  return failure == 0 && order == 0;
}

}  // namespace mediadock::storage
