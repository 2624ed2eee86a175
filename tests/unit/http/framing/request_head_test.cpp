#include "http/framing/request_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mediadock::http::guard {
namespace {

using std::string_literals::operator""s;

int statusOf(const std::string& bytes) {
  const auto verdict = parseRequestHead(bytes, HeadLimits{});
  const auto* refusal = std::get_if<Refusal>(&verdict);
  return refusal == nullptr ? 200 : refusal->status;
}

RequestHead headOf(const std::string& bytes) {
  return std::get<RequestHead>(parseRequestHead(bytes, HeadLimits{}));
}

struct Case {
  std::string name;
  std::string bytes;
  int status;
};

void PrintTo(const Case& given, std::ostream* out) {
  *out << given.name;
}

std::string nameOf(const testing::TestParamInfo<Case>& given) {
  return given.param.name;
}

std::string withLine(const std::string& requestLine) {
  return requestLine + "\r\nHost: example.test\r\n\r\n";
}

std::string withFields(const std::string& fields) {
  return "POST /a HTTP/1.1\r\nHost: example.test\r\n" + fields + "\r\n";
}

std::string manyFields(int count) {
  std::string fields;
  for (int i = 1; i < count; ++i) {
    fields += "X-" + std::to_string(i) + ": y\r\n";
  }
  return withFields(fields);
}

class JudgeRequestHead : public testing::TestWithParam<Case> {};

TEST_P(JudgeRequestHead, AnswersWithItsStatus) {
  EXPECT_EQ(statusOf(GetParam().bytes), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    RequestLine, JudgeRequestHead,
    testing::Values(
        Case{"Plain", withLine("GET /a?b=c%20d HTTP/1.1"), 200},
        Case{"OptionsOfAll", withLine("OPTIONS * HTTP/1.1"), 200},
        Case{"AsteriskElsewhere", withLine("GET * HTTP/1.1"), 400},
        Case{"AbsoluteForm", withLine("GET http://other.test:81/a HTTP/1.1"), 200},
        Case{"AbsoluteFormWithUser", withLine("GET http://me@other.test/a HTTP/1.1"), 400},
        Case{"AbsoluteFormOfAnotherScheme", withLine("GET ftp://other.test/a HTTP/1.1"), 400},
        Case{"AuthorityForm", withLine("GET other.test:443 HTTP/1.1"), 400},
        Case{"M09Connect", withLine("CONNECT other.test:443 HTTP/1.1"), 405},
        Case{"NoTarget", withLine("GET HTTP/1.1"), 400},
        Case{"EmptyTarget", withLine("GET  HTTP/1.1"), 400},
        Case{"SpaceInTarget", withLine("GET /a b HTTP/1.1"), 400},
        Case{"TabForSpace", withLine("GET\t/a\tHTTP/1.1"), 400},
        Case{"ControlInTarget", withLine("GET /a\x01 HTTP/1.1"), 400},
        Case{"RawUtf8InTarget", withLine("GET /\xC3\xA9 HTTP/1.1"), 400},
        Case{"FragmentInTarget", withLine("GET /a#b HTTP/1.1"), 400},
        Case{"NulInTarget", withLine("GET /a\0b HTTP/1.1"s), 400},
        Case{"MethodNoToken", withLine("G(T /a HTTP/1.1"), 400},
        Case{"MethodOf32", withLine(std::string(32, 'M') + " /a HTTP/1.1"), 200},
        Case{"MethodOf33", withLine(std::string(33, 'M') + " /a HTTP/1.1"), 501},
        Case{"LongestTarget", withLine("GET /" + std::string(16383, 'a') + " HTTP/1.1"), 200},
        Case{"M19TooLongTarget", withLine("GET /" + std::string(17000, 'a') + " HTTP/1.1"), 414},
        Case{"P15MadeUpVersion", withLine("GET /a XXXX/1.1"), 400},
        Case{"LowerCaseVersion", withLine("GET /a http/1.1"), 400},
        Case{"LongVersion", withLine("GET /a HTTP/1.10"), 400},
        Case{"Http09", "GET /a\r\n\r\n", 400}, Case{"Http2", withLine("PRI * HTTP/2.0"), 505},
        Case{"Http12", withLine("GET /a HTTP/1.2"), 505},
        Case{"LineFeedEndsLine", "GET /a HTTP/1.1\nHost: a\r\n\r\n", 400}, Case{"Nothing", "", 400},
        Case{"EmptyHead", "\r\n\r\n", 400}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Fields, JudgeRequestHead,
    testing::Values(
        Case{"S07SpaceBeforeColon", withFields("Transfer-Encoding : chunked\r\n"), 400},
        Case{"NoColon", withFields("abc\r\n"), 400},
        Case{"M21OneCharacterAndLineFeed", withFields("x\n"), 400},
        Case{"LineFeedAlone", withFields("\n"), 400}, Case{"EmptyName", withFields(": x\r\n"), 400},
        Case{"NameNoToken", withFields("a/b: x\r\n"), 400},
        Case{"M22FoldedLine", withFields("A: x\r\n y\r\n"), 400},
        Case{"S17BareCarriageReturn", withFields("A: x\ry\r\n"), 400},
        Case{"NulInValue", withFields("A: x\0y\r\n"s), 400},
        Case{"DeleteInValue", withFields("A: x\x7Fy\r\n"), 400},
        Case{"ByteThatPocoTakesForTheEnd", withFields("A: x\xFFy\r\n"), 400},
        Case{"TabInValue", withFields("A: x\ty\r\n"), 200},
        Case{"RawUtf8InValue", withFields("A: \xC3\xA9\r\n"), 200},
        Case{"EmptyValue", withFields("A:\r\n"), 200},
        Case{"LongestValue", withFields("A: " + std::string(8192, 'x') + "\r\n"), 200},
        Case{"M19TooLongValue", withFields("A: " + std::string(9000, 'x') + "\r\n"), 431},
        Case{"LongestName", withFields(std::string(256, 'n') + ": x\r\n"), 200},
        Case{"TooLongName", withFields(std::string(257, 'n') + ": x\r\n"), 431},
        Case{"HundredFields", manyFields(100), 200}, Case{"M19HundredAndOne", manyFields(101), 431},
        Case{"TwoContentTypes", withFields("Content-Type: a/b\r\nContent-Type: c/d\r\n"), 400},
        Case{"TwoAuthorizations", withFields("Authorization: a\r\nauthorization: b\r\n"), 400},
        Case{"M25Expect", withFields("Expect: 100-Continue\r\nContent-Length: 1\r\n"), 200},
        Case{"M26UnknownExpectation", withFields("Expect: something-else\r\n"), 417}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Host, JudgeRequestHead,
    testing::Values(Case{"M13Missing", "GET / HTTP/1.1\r\n\r\n", 400},
                    Case{"M13Two", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
                    Case{"M13List", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400},
                    Case{"Empty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
                    Case{"WithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
                    Case{"WithUser", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
                    Case{"BadPort", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
                    Case{"Port", "GET / HTTP/1.1\r\nHost: a:8080\r\n\r\n", 200},
                    Case{"Ipv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200},
                    Case{"OpenBracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
                    Case{"MissingBesideAbsoluteForm", "GET http://a/ HTTP/1.1\r\n\r\n", 400},
                    Case{"M12MissingInHttp10", "GET / HTTP/1.0\r\n\r\n", 200}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Framing, JudgeRequestHead,
    testing::Values(
        Case{"S01Both", withFields("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"S02TwoLengths", withFields("Content-Length: 3\r\nContent-Length: 5\r\n"), 400},
        Case{"SameLengthTwice", withFields("Content-Length: 3\r\nContent-Length: 3\r\n"), 400},
        Case{"S03LengthList", withFields("Content-Length: 5, 5\r\n"), 400},
        Case{"P5SignedLength", withFields("Content-Length: +5\r\n"), 400},
        Case{"P5NegativeLength", withFields("Content-Length: -1\r\n"), 400},
        Case{"P5GroupedLength", withFields("Content-Length: 1,000\r\n"), 400},
        Case{"P5EmptyLength", withFields("Content-Length:\r\n"), 400},
        Case{"P5HexLength", withFields("Content-Length: 0x5\r\n"), 400},
        Case{"P5WordLength", withFields("Content-Length: abc\r\n"), 400},
        Case{"EighteenDigits", withFields("Content-Length: 999999999999999999\r\n"), 200},
        Case{"NineteenDigits", withFields("Content-Length: 1000000000000000000\r\n"), 400},
        Case{"Chunked", withFields("Transfer-Encoding: Chunked\r\n"), 200},
        Case{"S05GzipChunked", withFields("Transfer-Encoding: gzip, chunked\r\n"), 501},
        Case{"S06Unknown", withFields("Transfer-Encoding: xchunked\r\n"), 400},
        Case{"S06ChunkedNotLast", withFields("Transfer-Encoding: chunked, identity\r\n"), 400},
        Case{"S06TwoLines",
             withFields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"EmptyCoding", withFields("Transfer-Encoding:\r\n"), 400},
        Case{"VerticalTabInCoding",
             withFields("Transfer-Encoding: \x0B"
                        "chunked\r\n"),
             400},
        Case{"S09CodingInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400}),
    nameOf);

TEST(RequestHead, TellsTheLength) {
  const auto head = headOf(withFields("Content-Length: 0042\r\n"));

  EXPECT_EQ(head.framing, BodyFraming::Length);
  EXPECT_EQ(head.contentLength, 42U);
  EXPECT_TRUE(head.hasBody());
}

TEST(RequestHead, S10HasNoBodyWithoutFraming) {
  EXPECT_FALSE(headOf(withFields("")).hasBody());
}

TEST(RequestHead, PersistsInHttp11) {
  EXPECT_TRUE(headOf(withFields("")).persists);
}

TEST(RequestHead, P15FindsCloseAmongOtherOptions) {
  EXPECT_FALSE(headOf(withFields("Connection: foo, Close\r\n")).persists);
}

TEST(RequestHead, M12NeverPersistsInHttp10) {
  const std::string bytes = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

  EXPECT_FALSE(headOf(bytes).persists);
}

TEST(RequestHead, ExpectsContinueOnlyForABody) {
  EXPECT_TRUE(headOf(withFields("Expect: 100-continue\r\nContent-Length: 1\r\n")).expectsContinue);
  EXPECT_FALSE(headOf(withFields("Expect: 100-continue\r\nContent-Length: 0\r\n")).expectsContinue);
}

TEST(RequestHead, IgnoresExpectationsOfHttp10) {
  const std::string bytes = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";

  EXPECT_FALSE(headOf(bytes).expectsContinue);
}

TEST(RequestHead, TakesTheAuthorityOfAnAbsoluteTarget) {
  const std::string bytes = withLine("GET HTTP://other.test:81?q=1 HTTP/1.1");
  const auto head = headOf(bytes);

  EXPECT_EQ(head.line.target, "/?q=1");
  EXPECT_EQ(head.line.authority, "other.test:81");
  ASSERT_EQ(head.fields.size(), 1U);
  EXPECT_EQ(head.fields.front().name, "Host");
  EXPECT_EQ(head.fields.front().value, "other.test:81");
}

TEST(RequestHead, CountsTheAuthorityOfAnAbsoluteTargetAsAHeader) {
  const HeadLimits limits{.fields = 1};
  const auto verdict = parseRequestHead("GET http://a/ HTTP/1.0\r\nX: y\r\n\r\n", limits);

  ASSERT_TRUE(std::holds_alternative<Refusal>(verdict));
  EXPECT_EQ(std::get<Refusal>(verdict).status, 431);
}

TEST(FindHeadEnd, WaitsForTheEmptyLine) {
  EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\r\nA: b\r\n", 0), std::nullopt);
  EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\r\n\r\nrest", 0), 18U);
}

TEST(FindHeadEnd, StopsAtABareLineFeed) {
  EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\nHost", 0), 15U);
}

TEST(FindHeadEnd, StopsAtWhatNoMethodBeginsWith) {
  EXPECT_EQ(findHeadEnd("\x16\x03\x01", 0), 1U);
}

TEST(FindHeadEnd, FindsAnEndThatCameInPieces) {
  EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\r\n\r\n", 17), 18U);
}

TEST(RefuseOversized, BlamesTheTargetWhileTheLineIsOpen) {
  EXPECT_EQ(refuseOversized("GET /aaaa").status, 414);
  EXPECT_EQ(refuseOversized("GET / HTTP/1.1\r\nA: b").status, 431);
}

}  // namespace
}  // namespace mediadock::http::guard
