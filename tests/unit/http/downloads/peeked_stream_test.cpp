#include "http/downloads/peeked_stream.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

#include <cstring>
#include <string>

namespace mediadock::http {
namespace {

/// Gives a piece of an object of ten bytes, three at a time.
class TenBytes final : public IReadStream {
 public:
  TenBytes(std::uint64_t offset, std::uint64_t length, std::uint64_t broken = 10)
      : broken_(broken) {
    info_.entry.size = kContent.size();
    info_.offset = offset;
    info_.length = length;
  }

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto left = std::min(*info_.length, broken_) - position_;
    const auto size = std::min<std::size_t>({buffer.size(), 3, left});
    std::memcpy(buffer.data(), kContent.data() + info_.offset + position_, size);
    position_ += size;
    return size;
  }

  /// Says that it has moved whatever it was asked for.
  std::optional<std::size_t> splice(int /*pipe*/, std::size_t most) override { return most; }

 private:
  static constexpr std::string_view kContent = "0123456789";

  ReadInfo info_;
  std::uint64_t broken_;
  std::uint64_t position_ = 0;
};

PeekedStream peek(std::uint64_t offset, std::uint64_t length, std::uint64_t broken = 10) {
  return PeekedStream(std::make_unique<TenBytes>(offset, length, broken));
}

std::string text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string rest(PeekedStream& stream, std::size_t pieceSize) {
  std::string content;
  std::vector<std::byte> piece(pieceSize);
  while (const std::size_t got = stream.read(piece)) {
    content += text({piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(got)});
  }
  return content;
}

TEST(PeekedStream, ShowsTheBeginningAndGivesItAllTheSame) {
  for (const std::size_t pieceSize : {1U, 4U, 64U}) {
    auto stream = peek(0, 10);

    EXPECT_EQ(text(stream.beginning(5).value()), "01234");
    EXPECT_EQ(rest(stream, pieceSize), "0123456789");
  }
}

TEST(PeekedStream, MovesNothingBeforeAllThatWasShownIsGiven) {
  auto stream = peek(0, 10);
  stream.beginning(5);
  std::vector<std::byte> piece(4);

  EXPECT_FALSE(stream.splice(-1, 3));
  ASSERT_EQ(stream.read(piece), 4U);
  EXPECT_FALSE(stream.splice(-1, 3));
  ASSERT_EQ(stream.read(piece), 1U);
  EXPECT_EQ(stream.splice(-1, 3), 3U);
}

TEST(PeekedStream, ShowsAllOfAShorterFile) {
  auto stream = peek(0, 10);

  EXPECT_EQ(text(stream.beginning(100).value()), "0123456789");
  EXPECT_EQ(rest(stream, 64), "0123456789");
}

TEST(PeekedStream, DoesNotShowWhatItDoesNotHave) {
  auto later = peek(1, 9);
  auto shorter = peek(0, 4);

  EXPECT_FALSE(later.beginning(5));
  EXPECT_FALSE(shorter.beginning(5));
  EXPECT_EQ(rest(later, 64), "123456789");
  EXPECT_EQ(rest(shorter, 64), "0123");
}

TEST(PeekedStream, ToleratesNoEarlyEnd) {
  auto stream = peek(0, 10, 4);

  EXPECT_THAT([&] { stream.beginning(5); }, ThrowsStorageError(StorageErrc::Truncated));
}

}  // namespace
}  // namespace mediadock::http
