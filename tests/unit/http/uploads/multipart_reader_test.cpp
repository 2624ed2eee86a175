#include "http/uploads/multipart_reader.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>

namespace mediadock::http {
namespace {

/// Gives a text in pieces of at most `pieceSize`.
class PiecewiseSource final : public IByteSource {
 public:
  PiecewiseSource(std::string text, std::size_t pieceSize)
      : text_(std::move(text)),
        pieceSize_(pieceSize) {}

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t size = std::min({buffer.size(), pieceSize_, text_.size() - position_});
    std::memcpy(buffer.data(), text_.data() + position_, size);
    position_ += size;
    return size;
  }

  bool isAtEnd() const { return position_ == text_.size(); }

 private:
  std::string text_;
  std::size_t pieceSize_;
  std::size_t position_ = 0;
};

constexpr std::string_view kBoundary = "xYzZY";

std::string partOf(const std::string& headers, const std::string& content) {
  return "--xYzZY\r\n" + headers + "\r\n\r\n" + content + "\r\n";
}

std::string fileOf(const std::string& content) {
  return partOf("Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"", content);
}

constexpr const char* kCloseDelimiter = "--xYzZY--\r\n";

std::string readContent(MultipartReader& reader, std::size_t pieceSize) {
  std::string content;
  std::vector<std::byte> piece(pieceSize);
  while (const std::size_t got = reader.read(piece)) {
    content.append(reinterpret_cast<const char*>(piece.data()), got);
  }
  return content;
}

/// All parts as `name|filename|content` lines, read with the given sizes of pieces.
std::vector<std::string> readAll(const std::string& form, std::size_t in = 65536,
                                 std::size_t out = 65536) {
  PiecewiseSource source(form, in);
  MultipartReader reader(source, kBoundary);
  std::vector<std::string> parts;
  while (const auto part = reader.next()) {
    parts.push_back(part->name + "|" + part->filename.value_or("-") + "|" +
                    readContent(reader, out));
  }
  return parts;
}

std::vector<std::string> singleFile(const std::string& content) {
  return {"file|a.bin|" + content};
}

class ContentEnding : public testing::TestWithParam<std::string> {};

TEST_P(ContentEnding, U02P7SurvivesEverySplitOfTheInput) {
  const std::string content = "abc" + GetParam();
  const std::string form = fileOf(content) + kCloseDelimiter;

  for (std::size_t in = 1; in <= form.size(); ++in) {
    EXPECT_EQ(readAll(form, in), singleFile(content)) << "pieces of " << in;
    EXPECT_EQ(readAll(form, in, 1), singleFile(content)) << "pieces of " << in;
  }
}

TEST_P(ContentEnding, U02P7SurvivesAlone) {
  const std::string form = fileOf(GetParam()) + kCloseDelimiter;

  for (std::size_t in = 1; in <= form.size(); ++in) {
    EXPECT_EQ(readAll(form, in), singleFile(GetParam())) << "pieces of " << in;
  }
}

INSTANTIATE_TEST_SUITE_P(All, ContentEnding,
                         testing::Values("", "\r", "\n", "\r\n", "\r\n-", "\r\n--", "\n--", "--",
                                         "\r\n--x", "\r\n--xYzZ", "\r\r\n--xYzZ", "\r\n\r\n--xYz",
                                         "\r\n--xYzZ\r\n--xYzZ", "\r\n--XYZZY", "\n--xYzZY",
                                         "\r--xYzZY--", "\r\n\r\n\r\n",
                                         std::string("\0\xFF\r\n", 4)));

TEST(MultipartReader, GivesFieldsAndFilesInTheirOrder) {
  const std::string form =
      partOf("Content-Disposition: form-data; name=\"path\"", "A/B") + fileOf("one") +
      fileOf("two") + partOf("content-disposition: FORM-DATA; name=tags", "x") + kCloseDelimiter;

  EXPECT_THAT(readAll(form, 7, 3),
              testing::ElementsAre("path|-|A/B", "file|a.bin|one", "file|a.bin|two", "tags|-|x"));
}

TEST(MultipartReader, SkipsWhatWasNotRead) {
  PiecewiseSource source(fileOf(std::string(200000, 'a')) + fileOf("two") + kCloseDelimiter, 1000);
  MultipartReader reader(source, kBoundary);

  reader.next();
  reader.next();

  EXPECT_EQ(reader.readText(), "two");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(MultipartReader, KeepsLongContentsWhole) {
  std::string content;
  for (int i = 0; content.size() < 300000; ++i) {
    content += "\r\n--xYzZ" + std::to_string(i);
  }

  EXPECT_EQ(readAll(fileOf(content) + kCloseDelimiter, 4093, 100), singleFile(content));
}

TEST(MultipartReader, U07PassesOverPreambleAndEpilogueAndReadsToTheEnd) {
  PiecewiseSource source("preamble\r\n--xYz\r\n" + fileOf("one") + "--xYzZY--\r\nepilogue", 5);
  MultipartReader reader(source, kBoundary);

  ASSERT_TRUE(reader.next().has_value());
  EXPECT_EQ(reader.readText(), "one");
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_TRUE(source.isAtEnd());
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(MultipartReader, U10TakesBlanksBehindTheBoundary) {
  EXPECT_EQ(readAll("--xYzZY \t \r\nContent-Disposition: form-data; name=\"file\"; "
                    "filename=\"a.bin\"\r\n\r\none\r\n--xYzZY \r\nContent-Disposition: form-data; "
                    "name=\"b\"\r\n\r\ntwo\r\n--xYzZY--"),
            (std::vector<std::string>{"file|a.bin|one", "b|-|two"}));
}

TEST(MultipartReader, X31TakesAPartThatEndsWithItsHeaders) {
  EXPECT_EQ(readAll("--xYzZY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--xYzZY--\r\n"),
            std::vector<std::string>{"a|-|"});
}

TEST(MultipartReader, X34P8RefusesAFormCutAnywhere) {
  const std::string form = fileOf("one\r\n--") + fileOf("two") + "--xYzZY--";

  for (std::size_t size = 0; size < form.size(); ++size) {
    EXPECT_THAT([&] { readAll(form.substr(0, size)); }, ThrowsProblem(400)) << size;
    EXPECT_THAT([&] { readAll(form.substr(0, size), 1, 1); }, ThrowsProblem(400)) << size;
  }
  EXPECT_EQ(readAll(form).size(), 2U);
}

struct NameCase {
  const char* name;
  const char* parameter;
  const char* expected;
};

class FileName : public testing::TestWithParam<NameCase> {};

TEST_P(FileName, IsTheLastSegmentOfWhatTheClientMeans) {
  const auto parts = readAll(
      partOf(std::string("Content-Disposition: form-data; name=\"file\"; ") + GetParam().parameter,
             "x") +
      kCloseDelimiter);

  EXPECT_EQ(parts, std::vector<std::string>{std::string("file|") + GetParam().expected + "|x"});
}

INSTANTIATE_TEST_SUITE_P(
    All, FileName,
    testing::Values(NameCase{"U11Utf8", "filename=\"Фото №1.png\"", "Фото №1.png"},
                    NameCase{"U11Whatwg", "filename=\"a%22b%41.png\"", "a\"b%41.png"},
                    NameCase{"U11Curl", "filename=\"a\\\"b.png\"", "a\"b.png"},
                    NameCase{"U12", "filename=\"a.png\"; filename*=UTF-8''b.png", "b.png"},
                    NameCase{"U12Alone", "filename*=UTF-8''b.png", "b.png"},
                    NameCase{"U13Windows", "filename=\"C:\\\\fakepath\\\\a.png\"", "a.png"},
                    NameCase{"U13Parents", "filename=\"../../a.png\"", "a.png"},
                    NameCase{"U13Absolute", "filename=\"/etc/a.png\"", "a.png"},
                    NameCase{"U14", "filename=\"=?utf-8?Q?..=2F..=2Fx?=\"", "x"},
                    NameCase{"Semicolon", "filename=\"a;b.png\"", "a;b.png"},
                    NameCase{"Token", "filename=a.png", "a.png"}),
    [](const auto& test) { return test.param.name; });

class BadPart : public testing::TestWithParam<const char*> {};

TEST_P(BadPart, X31P21IsRefused) {
  EXPECT_THAT([] { readAll(partOf(GetParam(), "x") + kCloseDelimiter); }, ThrowsProblem(400));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadPart,
    testing::Values("Content-Type: text/plain", "Content-Disposition: form-data",
                    "Content-Disposition: form-data; name=\"\"",
                    "Content-Disposition: attachment; name=\"a\"", "no colon here", "nocolon",
                    "Content-Disposition: form-data; name=\"a",
                    "Content-Disposition: form-data; name=\"\xFF\"",
                    ": x\r\nContent-Disposition: form-data; name=\"a\"",
                    "Content-Disposition: form-data; name=\"a\"\r\n folded",
                    "Content-Disposition: form-data; name=\"a\"\r\nX: a\x01",
                    "Content-Disposition: form-data; name=\"a\"\r\nContent-Length: x",
                    "Content-Disposition: form-data; name=\"a\"\r\n"
                    "Content-Transfer-Encoding: base64",
                    "Content-Disposition: form-data; name=\"a\"\r\n"
                    "Content-Disposition: form-data; name=\"b\""));

TEST(MultipartReader, RefusesALineThatOnlyBeginsWithTheBoundary) {
  EXPECT_THAT([] { readAll(fileOf("x\r\n--xYzZYmore") + kCloseDelimiter); }, ThrowsProblem(400));
}

TEST(MultipartReader, X35LimitsPartsHeadersAndFields) {
  const std::string field = partOf("Content-Disposition: form-data; name=\"a\"", "x");
  std::string parts;
  for (std::size_t i = 0; i < MultipartReader::kMaxParts; ++i) {
    parts += field;
  }
  const std::string longHeader = "X: " + std::string(MultipartReader::kMaxHeaderBytes, 'a');

  EXPECT_EQ(readAll(parts + kCloseDelimiter).size(), MultipartReader::kMaxParts);
  EXPECT_THAT([&] { readAll(parts + field + kCloseDelimiter); }, ThrowsProblem(413));
  EXPECT_THAT([&] { readAll(partOf(longHeader, "x") + kCloseDelimiter); }, ThrowsProblem(413));
}

TEST(MultipartReader, LimitsTextsAndWantsThemInUtf8) {
  const auto readText = [](const std::string& content) {
    PiecewiseSource source(fileOf(content) + kCloseDelimiter, 1000);
    MultipartReader reader(source, kBoundary);
    reader.next();
    return reader.readText();
  };
  const std::string longest(MultipartReader::kMaxFieldBytes, 'a');

  EXPECT_EQ(readText(longest), longest);
  EXPECT_THAT([&] { readText(longest + "a"); }, ThrowsProblem(413));
  EXPECT_THAT([&] { readText("\xFF"); }, ThrowsProblem(400));
}

TEST(MultipartReader, TellsThePartsOwnHeaders) {
  PiecewiseSource source(partOf("Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                                "Content-Type: image/png\r\nContent-Length: 3",
                                "abc") +
                             kCloseDelimiter,
                         9);
  MultipartReader reader(source, kBoundary);

  const auto part = reader.next();

  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->contentType, "image/png");
  EXPECT_EQ(part->contentLength, 3U);
}

struct BoundaryCase {
  const char* name;
  const char* contentType;
  int status;
};

class BadBoundary : public testing::TestWithParam<BoundaryCase> {};

TEST_P(BadBoundary, U05U37IsRefused) {
  EXPECT_THAT([] { parseBoundary(GetParam().contentType); }, ThrowsProblem(GetParam().status));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadBoundary,
    testing::Values(BoundaryCase{"Missing", "multipart/form-data", 400},
                    BoundaryCase{"Empty", "multipart/form-data; boundary=", 400},
                    BoundaryCase{"EmptyQuoted", "multipart/form-data; boundary=\"\"", 400},
                    BoundaryCase{
                        "TooLong",
                        "multipart/form-data; boundary="
                        "12345678901234567890123456789012345678901234567890123456789012345678901",
                        400},
                    BoundaryCase{"BadCharacter", "multipart/form-data; boundary=\"a\\b\"", 400},
                    BoundaryCase{"EndsBlank", "multipart/form-data; boundary=\"a \"", 400},
                    BoundaryCase{"Json", "application/json", 415},
                    BoundaryCase{"Form", "application/x-www-form-urlencoded", 415},
                    BoundaryCase{"Mixed", "multipart/mixed; boundary=x", 415},
                    BoundaryCase{"None", "", 415}),
    [](const auto& test) { return test.param.name; });

TEST(ParseBoundary, U04P9TakesQuotesAndAnyCase) {
  EXPECT_EQ(parseBoundary("Multipart/Form-Data; Boundary=\"'()+_,-./:=?\""), "'()+_,-./:=?");
  EXPECT_EQ(parseBoundary("multipart/form-data; charset=utf-8; boundary=abc"), "abc");
  const std::string longest(70, 'b');
  EXPECT_EQ(parseBoundary("multipart/form-data; boundary=" + longest), longest);
}

}  // namespace
}  // namespace mediadock::http
