#include "http/connection_guard/clean_head.h"

#include "http/connection_guard/request_head.h"

#include <Poco/Net/HTTPRequest.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace mediadock::guard {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string cleanOf(const std::string& bytes) {
  return writeCleanHead(std::get<RequestHead>(judgeRequestHead(bytes, HeadLimits{})));
}

/// What Poco makes of the value of X.
std::string asPocoReads(const std::string& value) {
  std::istringstream in(cleanOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + value + "\r\n\r\n"));
  Poco::Net::HTTPRequest request;
  request.read(in);
  return request.get("X");
}

TEST(CleanHead, PassesOrdinaryFieldsUnchanged) {
  EXPECT_EQ(cleanOf("GET /a HTTP/1.1\r\nHost: a\r\nX-One:  two \r\n\r\n"),
            "GET /a HTTP/1.1\r\nHost: a\r\nX-One: two\r\n\r\n");
}

TEST(CleanHead, P1KeepsPocoFromDecodingWords) {
  for (const std::string value :
       {"=?utf-8?Q?a=0D=0AX-Evil:_1?=", "a =?utf-8?B?DQo=?= b", "=?", "/x?a=?b", "=?a?b?c",
        "=?utf-32?Q?=FF=FF=FF=FF?=", "=?UTF-8?Q?x?==?UTF-8?Q?y?=", "\xC3\xA9=?_ ?="}) {
    EXPECT_EQ(asPocoReads(value), value);
  }
}

TEST(CleanHead, SaysHowLongAValueBecomes) {
  for (const std::string value : {"plain", "a=?b c_d", "=?"}) {
    const auto head = cleanOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + value + "\r\n\r\n");
    const auto begin = head.find("X: ") + 3;
    EXPECT_EQ(cleanValueBytes(value), head.size() - 4 - begin);
  }
}

TEST(CleanHead, P4WritesNoLineThatPocoTakesForTheEnd) {
  for (const std::size_t length : {4094U, 8186U}) {
    const std::string value(length - 5, 'v');
    const auto head = cleanOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + value + "\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("X:  v"));
  }
}

TEST(CleanHead, P4ChecksTheRequestLineToo) {
  const std::string target = "/" + std::string(4094 - 16, 't');

  EXPECT_THAT(cleanOf("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), HasSubstr("t  HTTP/1.1"));
}

TEST(CleanHead, WritesConnectionSoThatPocoUnderstandsIt) {
  EXPECT_THAT(cleanOf("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, close\r\n\r\n"),
              HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(cleanOf("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n"),
              Not(HasSubstr("Connection")));
}

TEST(CleanHead, GivesPocoNoMoreHeadersThanItTakes) {
  std::string head = "GET / HTTP/1.0\r\n";
  for (int i = 0; i < 100; ++i) {
    head += "X-" + std::to_string(i) + ": y\r\n";
  }
  std::istringstream in(cleanOf(head + "\r\n"));
  Poco::Net::HTTPRequest request;

  EXPECT_NO_THROW(request.read(in));
  EXPECT_FALSE(request.getKeepAlive());
}

TEST(CleanHead, DropsAnExpectationThatNobodyMayAct) {
  EXPECT_THAT(cleanOf("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"),
              Not(HasSubstr("Expect")));
}

TEST(CleanHead, PutsTheAuthorityInPlaceOfHost) {
  EXPECT_EQ(cleanOf("GET http://b:81/x HTTP/1.1\r\nHost: a\r\n\r\n"),
            "GET /x HTTP/1.1\r\nHost: b:81\r\n\r\n");
}

}  // namespace
}  // namespace mediadock::guard
