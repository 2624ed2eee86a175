// Long parts, of which the reader takes larger pieces.

#include "http/uploads/multipart_reader.h"
#include "support/problem_matcher.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::http {
namespace {

constexpr std::size_t kMebibyte = 1U << 20U;
constexpr std::size_t kLargeBuffer = 262144;
/// More than a delimiter is long.
constexpr std::size_t kAround = 40;
constexpr std::string_view kHead =
    "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
constexpr std::string_view kEnd = "\r\n--border--\r\n";

/// Gives a text, as much at a time as is asked for, and remembers the most.
class TextSource final : public IByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}

  std::size_t read(std::span<std::byte> buffer) override {
    largest_ = std::max(largest_, buffer.size());
    const std::size_t size = std::min(buffer.size(), text_.size() - position_);
    std::memcpy(buffer.data(), text_.data() + position_, size);
    position_ += size;
    return size;
  }

  std::size_t largest() const { return largest_; }

 private:
  std::string text_;
  std::size_t position_ = 0;
  std::size_t largest_ = 0;
};

/// Every place of it looks different, and beginnings of the delimiter are all over it.
std::string contentOf(std::size_t size) {
  std::string content;
  content.reserve(size + 32);
  for (std::size_t i = 0; content.size() < size; ++i) {
    content += std::to_string(i) + "\r\n--borde" + (i % 2 == 0 ? "\r" : "");
  }
  content.resize(size);
  return content;
}

std::string readPieces(MultipartReader& reader) {
  std::string content;
  for (auto piece = reader.readPiece(); !piece.empty(); piece = reader.readPiece()) {
    content.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  return content;
}

/// Of a form with this one file.
std::optional<std::string> readForm(const std::string& content) {
  TextSource source(std::string(kHead) + content + std::string(kEnd));
  MultipartReader reader(source, "border");
  if (!reader.next()) {
    return std::nullopt;
  }
  auto read = readPieces(reader);
  EXPECT_TRUE(reader.readPiece().empty());
  return reader.next() ? std::nullopt : std::optional(std::move(read));
}

TEST(MultipartPieces, MakeUpContentsThatEndAtEveryPlaceAroundTheEndsOfBuffers) {
  for (const std::size_t about : {std::size_t{65536}, kMebibyte, kMebibyte + kLargeBuffer}) {
    const std::string content = contentOf(about + kAround);
    for (std::size_t size = about - kAround; size < about + kAround; ++size) {
      const std::string expected = content.substr(0, size);
      ASSERT_TRUE(readForm(expected) == expected) << size;
    }
  }
}

TEST(MultipartPieces, MakeUpTheWholeOfALongPartWhateverItHoldsAtTheEndsOfBuffers) {
  const std::string content = contentOf(kMebibyte + 3 * kLargeBuffer);
  // One buffer's end falls on each character of the delimiter's beginning.
  for (std::size_t shift = 0; shift < kAround; ++shift) {
    const std::string expected = std::string(shift, '.') + content;
    ASSERT_TRUE(readForm(expected) == expected) << shift;
  }
}

TEST(MultipartPieces, AreLargeOfALongPartOnly) {
  const auto largestFor = [](std::size_t size) {
    TextSource source(std::string(kHead) + contentOf(size) + std::string(kEnd));
    MultipartReader reader(source, "border");
    reader.next();
    readPieces(reader);
    return source.largest();
  };

  EXPECT_LE(largestFor(kMebibyte / 2), 65536U);
  EXPECT_GT(largestFor(2 * kMebibyte), kLargeBuffer - 100);
}

TEST(MultipartPieces, OfALongPartAreFollowedByTheNextParts) {
  const std::string content = contentOf(3 * kMebibyte);
  std::string form;
  for (int i = 0; i < 4; ++i) {
    form += std::string(kHead) + content + "\r\n" + std::string(kHead) + "short\r\n";
  }
  TextSource source(form + "--border--\r\n");
  MultipartReader reader(source, "border");

  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(reader.next());
    EXPECT_TRUE(readPieces(reader) == content);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(readPieces(reader), "short");
  }
  EXPECT_FALSE(reader.next());
}

TEST(MultipartPieces, OfAFormThatWasCutEndInARefusal) {
  TextSource source(std::string(kHead) + contentOf(2 * kMebibyte) + "\r\n--borde");
  MultipartReader reader(source, "border");
  reader.next();

  EXPECT_THAT([&] { readPieces(reader); }, ThrowsProblem(400));
}

TEST(MultipartPieces, AreLargeForAFewReadersAtATimeAndRightForAll) {
  const std::string content = contentOf(2 * kMebibyte);

  struct Form {
    explicit Form(const std::string& content)
        : source(std::string(kHead) + content + std::string(kEnd)) {}

    TextSource source;
    MultipartReader reader{source, "border"};
  };

  std::vector<std::unique_ptr<Form>> forms;
  for (int i = 0; i < LargeBufferPermit::kPermits + 3; ++i) {
    forms.push_back(std::make_unique<Form>(content));
    forms.back()->reader.next();
    EXPECT_TRUE(readPieces(forms.back()->reader) == content);
  }

  const auto isLarge = [](const auto& form) { return form->source.largest() > 65536; };
  EXPECT_EQ(std::count_if(forms.begin(), forms.end(), isLarge), LargeBufferPermit::kPermits);
  forms.clear();
  Form next(content);
  next.reader.next();
  readPieces(next.reader);
  EXPECT_GT(next.source.largest(), 65536U);
}

}  // namespace
}  // namespace mediadock::http
