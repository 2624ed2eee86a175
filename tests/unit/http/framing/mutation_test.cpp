#include "http/framing/characters.h"
#include "http/framing/chunked_body.h"
#include "http/framing/framing_head.h"
#include "http/framing/request_head.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace mediadock::http::guard {
namespace {

constexpr int kRounds = 20000;

/// Mutates the way a fuzzer does, always alike.
class Mutator {
 public:
  std::string mutate(const std::vector<std::string>& seeds) {
    std::string bytes = pick(seeds);
    for (auto changes = 1 + below(6); changes > 0; --changes) {
      change(bytes);
    }
    return bytes;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  void change(std::string& bytes) {
    static const std::vector<std::string> kPieces = {"\r\n",
                                                     "\n",
                                                     "\r",
                                                     ":",
                                                     " ",
                                                     "\t",
                                                     ",",
                                                     "=?",
                                                     "?=",
                                                     "chunked",
                                                     "Content-Length: 5\r\n",
                                                     "Transfer-Encoding: chunked\r\n",
                                                     "Host: a\r\n",
                                                     "0",
                                                     "ffffffffffffffff",
                                                     ";",
                                                     "\r\n\r\n",
                                                     std::string(1, '\0'),
                                                     "\xFF",
                                                     "HTTP/1.1",
                                                     "=?UTF-8?Q?=0D=0A?=",
                                                     std::string(4090, 'z')};
    const auto at = below(bytes.size() + 1);
    switch (below(4)) {
      case 0:
        bytes.insert(at, pick(kPieces));
        break;
      case 1:
        bytes.erase(at, below(8));
        break;
      case 2:
        bytes.insert(at, 1, static_cast<char>(below(256)));
        break;
      default:
        bytes.insert(at, bytes.substr(below(bytes.size() + 1), below(64)));
    }
  }

  std::mt19937 random_{20240229};
};

const std::vector<std::string> kHeads = {
    "GET /a?b=c HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\n\r\n",
    "POST /u HTTP/1.1\r\nHost: a:1\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n",
    "PUT http://h.test/x HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.0\r\nConnection: keep-alive\r\nX: =?utf-8?Q?a?=\r\n\r\n"};

const std::vector<std::string> kBodies = {"5\r\nhello\r\n0\r\n\r\n",
                                          "1;a=b\r\nx\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n"};

TEST(Mutation, WhateverIsAdmittedPocoFramesAsItWasJudged) {
  Mutator mutator;
  int admitted = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto bytes = mutator.mutate(kHeads);
    const auto verdict = parseRequestHead(bytes, HeadLimits{});
    if (const auto* head = std::get_if<RequestHead>(&verdict)) {
      ++admitted;
      std::istringstream in(writeFramingHead(*head));
      Poco::Net::HTTPRequest request;
      request.read(in);
      ASSERT_EQ(request.getMethod(), head->line.method) << bytes;
      ASSERT_EQ(request.getChunkedTransferEncoding(), head->framing == BodyFraming::Chunked)
          << bytes;
      ASSERT_EQ(request.getKeepAlive(), head->persists) << bytes;
      ASSERT_EQ(request.hasContentLength(), head->framing == BodyFraming::Length) << bytes;
      ASSERT_EQ(in.get(), std::char_traits<char>::eof()) << bytes;
    }
  }
  EXPECT_GT(admitted, kRounds / 50);
  EXPECT_LT(admitted, kRounds);
}

TEST(Mutation, AHeadEndIsFoundAlikeHoweverItArrives) {
  Mutator mutator;
  for (int round = 0; round < kRounds; ++round) {
    const auto bytes = mutator.mutate(kHeads);
    std::optional<std::size_t> piecewise;
    for (std::size_t known = 1; known <= bytes.size() && !piecewise; ++known) {
      piecewise = findHeadEnd(std::string_view(bytes).substr(0, known), known - 1);
    }
    ASSERT_EQ(findHeadEnd(bytes, 0), piecewise) << bytes;
  }
}

TEST(Mutation, ADecoderNeverTakesMoreThanItIsGiven) {
  Mutator mutator;
  int ended = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto bytes = mutator.mutate(kBodies);
    std::string_view left = bytes;
    ChunkedBody body;
    auto status = ChunkedBody::Status::NeedMore;
    do {
      std::size_t consumed = 0;
      status = body.next(left, consumed);
      ASSERT_LE(consumed, left.size()) << bytes;
      left.remove_prefix(consumed);
      if (status == ChunkedBody::Status::Data) {
        ASSERT_GT(body.remaining(), 0U) << bytes;
        const auto size = std::min<std::uint64_t>(body.remaining(), left.size());
        body.take(size);
        left.remove_prefix(size);
      }
    } while (status == ChunkedBody::Status::Data && !left.empty());
    ended += status == ChunkedBody::Status::End ? 1 : 0;
  }
  EXPECT_GT(ended, kRounds / 50);
}

}  // namespace
}  // namespace mediadock::http::guard
