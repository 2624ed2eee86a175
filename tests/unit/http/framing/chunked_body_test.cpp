#include "http/framing/chunked_body.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

namespace mediadock::http::guard {
namespace {

using Status = ChunkedBody::Status;

struct Decoded {
  Status status = Status::NeedMore;
  std::string data;
  std::string rest;

  bool operator==(const Decoded&) const = default;
};

/// Decodes input that arrives in pieces of `step` bytes.
Decoded decode(const std::string& input, std::size_t step) {
  ChunkedBody body;
  Decoded decoded;
  std::size_t at = 0;
  for (std::size_t known = 0; known < input.size() && decoded.status == Status::NeedMore;) {
    known = std::min(input.size(), known + step);
    while (at < known && (decoded.status == Status::NeedMore || decoded.status == Status::Data)) {
      std::size_t consumed = 0;
      decoded.status = body.next(std::string_view(input).substr(at, known - at), consumed);
      at += consumed;
      if (decoded.status == Status::Data) {
        const auto size = std::min<std::uint64_t>(body.remaining(), known - at);
        decoded.data += input.substr(at, size);
        body.take(size);
        at += size;
        decoded.status = Status::NeedMore;
      }
    }
  }
  decoded.rest = input.substr(at);
  return decoded;
}

TEST(ChunkedBody, FindsDataAndEnd) {
  EXPECT_EQ(decode("3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\nGET", 1000),
            (Decoded{Status::End, "abc0123456789", "GET"}));
}

TEST(ChunkedBody, DecodesByteByByteAlike) {
  EXPECT_EQ(decode("3\r\nabc\r\n2;x=y\r\nde\r\n000\r\nT: v\r\n\r\n", 1),
            (Decoded{Status::End, "abcde", ""}));
}

TEST(ChunkedBody, S14SwallowsTrailers) {
  EXPECT_EQ(decode("0\r\nX-Sum: 1\r\nX: \r\n\r\nGET", 1000), (Decoded{Status::End, "", "GET"}));
}

TEST(ChunkedBody, AsksForMore) {
  EXPECT_EQ(decode("5\r\nabc", 1000), (Decoded{Status::NeedMore, "abc", ""}));
  EXPECT_EQ(decode("5", 1000).status, Status::NeedMore);
  EXPECT_EQ(decode("0\r\n", 1000).status, Status::NeedMore);
}

class MalformedChunks : public testing::TestWithParam<std::string> {};

TEST_P(MalformedChunks, AreRefused) {
  EXPECT_EQ(decode(GetParam(), 1000).status, Status::Malformed);
  EXPECT_EQ(decode(GetParam(), 1).status, Status::Malformed);
}

INSTANTIATE_TEST_SUITE_P(S11, MalformedChunks,
                         testing::Values("-3\r\nabc", "+3\r\nabc", "0x3\r\nabc", "zz\r\n", "\r\n",
                                         " 3\r\nabc", "3 \r\nabc", "3\nabc", "3\r\nabc\n0\r\n\r\n",
                                         "3\r\nabcd\r\n", "3\r\nabc\r0\r\n",
                                         "10000000000000000\r\n", "1000000000000000\r\n",
                                         "3;a\x01\r\nabc", "3;a\rb\r\nabc", "0\r\nnocolon\r\n\r\n",
                                         "0\r\n a: b\r\n\r\n", "0\r\na : b\r\n\r\n",
                                         "0\r\na: \x01\r\n\r\n", "0\r\na: b\n\r\n",
                                         "3;" + std::string(2000, 'e') + "\r\nabc",
                                         "0\r\na: " + std::string(2000, 't') + "\r\n\r\n"));

TEST(ChunkedBody, RefusesTooManyTrailers) {
  std::string body = "0\r\n";
  for (int i = 0; i < 20; ++i) {
    body += "a: " + std::string(900, 't') + "\r\n";
  }

  EXPECT_EQ(decode(body + "\r\n", 1000).status, Status::Malformed);
}

TEST(ChunkedBody, RefusesExtensionsThatOutweighTheData) {
  std::string body;
  for (int i = 0; i < 100; ++i) {
    body += "1;" + std::string(900, 'e') + "\r\nx\r\n";
  }

  EXPECT_EQ(decode(body, 1000).status, Status::Malformed);
}

TEST(ChunkedBody, ToleratesManySmallChunks) {
  std::string body;
  for (int i = 0; i < 10000; ++i) {
    body += "1;a=b\r\nx\r\n";
  }

  EXPECT_EQ(decode(body + "0\r\n\r\n", 1000), (Decoded{Status::End, std::string(10000, 'x'), ""}));
}

}  // namespace
}  // namespace mediadock::http::guard
