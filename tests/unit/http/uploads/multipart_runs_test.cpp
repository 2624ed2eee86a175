/// \file
/// Contents that make a careless search for the boundary start over at every byte.

#include "http/uploads/multipart_reader.h"

#include <gtest/gtest.h>

#include <cstring>
#include <ctime>
#include <span>
#include <string>
#include <vector>

namespace mediadock::http {
namespace {

constexpr std::size_t kBytes = 16U << 20U;

/// A form of one file that repeats a run until it has `kBytes`.
class RepeatingSource final : public IByteSource {
 public:
  explicit RepeatingSource(std::string_view run)
      : text_(
            "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n") {
    const std::size_t head = text_.size();
    while (text_.size() < head + kBytes) {
      text_ += run;
    }
    text_ += "\r\n--boundary--\r\n";
  }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t size = std::min(buffer.size(), text_.size() - position_);
    std::memcpy(buffer.data(), text_.data() + position_, size);
    position_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t position_ = 0;
};

/// Of this thread alone, whatever else the machine does.
double processorSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double secondsFor(std::string_view run) {
  RepeatingSource source(run);
  MultipartReader reader(source, "boundary");
  const double begin = processorSeconds();
  EXPECT_TRUE(reader.next());
  std::vector<std::byte> block(65536);
  std::size_t total = 0;
  while (const std::size_t got = reader.read(block)) {
    total += got;
  }
  EXPECT_FALSE(reader.next());
  EXPECT_GE(total, kBytes);
  return processorSeconds() - begin;
}

TEST(MultipartReader, X36ReadsRunsOfLineEndsAsOneGoes) {
  const double plain = secondsFor("x");

  // A search that starts over takes thousands of times as long.
  for (const std::string run : {"\n", "\r", "\r\n", "\r\n-", "\r\n--", "\r\n--boundar"}) {
    EXPECT_LT(secondsFor(run), 50 * plain + 1) << run;
  }
}

}  // namespace
}  // namespace mediadock::http
