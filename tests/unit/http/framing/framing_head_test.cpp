#include "http/framing/framing_head.h"

#include "http/framing/request_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mediadock::http::guard {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string framingOf(const std::string& bytes) {
  return writeFramingHead(std::get<RequestHead>(parseRequestHead(bytes, HeadLimits{})));
}

TEST(FramingHead, TellsOfTheRequestItsMethodOnly) {
  EXPECT_EQ(framingOf("GET /a?b HTTP/1.1\r\nHost: a\r\nX-One: two\r\n\r\n"),
            "GET / HTTP/1.1\r\n\r\n");
}

TEST(FramingHead, P1P4TellsNothingThatPocoMisreads) {
  EXPECT_EQ(framingOf("PUT / HTTP/1.1\r\nHost: a\r\nX: =?utf-8?Q?a=0D=0AX-Evil:_1?=\r\nY: " +
                      std::string(4091, 'v') + "\r\nContent-Length: 5\r\n\r\n"),
            "PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\n");
}

TEST(FramingHead, SaysThatABodyComesInChunks) {
  EXPECT_EQ(framingOf("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"),
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(FramingHead, WritesConnectionSoThatPocoUnderstandsIt) {
  EXPECT_THAT(framingOf("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, close\r\n\r\n"),
              HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(framingOf("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n"),
              Not(HasSubstr("Connection")));
}

TEST(FramingHead, PassesOnAnExpectationThatSomebodyMayAct) {
  EXPECT_THAT(
      framingOf("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n"),
      HasSubstr("\r\nExpect: 100-continue\r\n"));
  EXPECT_THAT(framingOf("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"),
              Not(HasSubstr("Expect")));
}

}  // namespace
}  // namespace mediadock::http::guard
