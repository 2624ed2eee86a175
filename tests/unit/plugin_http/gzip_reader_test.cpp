#include "http/gzip_reader.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/gzip_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace mediadock::http_client {
namespace {

/// Hands the packed bytes out `step` at a time.
std::string unpack(std::string packed, std::size_t step = 100) {
  GzipReader reader;
  std::string result;
  std::array<std::byte, 4096> block{};
  const auto source = [&](std::span<std::byte> bytes) {
    const auto count = std::min({step, bytes.size(), packed.size()});
    std::memcpy(bytes.data(), packed.data(), count);
    packed.erase(0, count);
    return count;
  };
  while (const auto count = reader.read(block, source)) {
    result.append(reinterpret_cast<const char*>(block.data()), count);
  }
  return result;
}

std::string lines() {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += "line " + std::to_string(i) + "\n";
  }
  return text;
}

TEST(GzipReader, UnpacksWhateverTheSteps) {
  const auto text = lines();

  EXPECT_EQ(unpack(gzip(text), 1), text);
  EXPECT_EQ(unpack(gzip(text), 100000), text);
  EXPECT_EQ(unpack(gzip("")), "");
}

TEST(GzipReader, FindsACutBodyTruncated) {
  const auto packed = gzip(lines());

  EXPECT_THAT([&] { unpack(packed.substr(0, packed.size() / 2)); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([&] { unpack(packed.substr(0, packed.size() - 1)); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([] { unpack(""); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST(GzipReader, RefusesDamageAndWhatFollowsTheEnd) {
  auto damaged = gzip(lines());
  damaged[damaged.size() / 2] ^= 0x55;

  EXPECT_THAT([&] { unpack(damaged); }, ThrowsStorageError(StorageErrc::Protocol));
  EXPECT_THAT([] { unpack("<d:multistatus/>"); }, ThrowsStorageError(StorageErrc::Protocol));
  EXPECT_THAT([] { unpack(gzip("a") + "b"); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST(GzipReader, StopsABomb_E09) {
  EXPECT_THAT([] { unpack(gzip(std::string(64U << 20U, ' '))); },
              ThrowsStorageError(StorageErrc::Protocol));
}

}  // namespace
}  // namespace mediadock::http_client
