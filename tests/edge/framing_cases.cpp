#include "edge/framing_cases.h"

#include <sstream>
#include <utility>

namespace mediadock {
namespace {

constexpr const char* kNoEnd =
    "RFC 9112 6.3: where chunked is not last, nobody can tell where the body ends.";
constexpr const char* kTab =
    "RFC 9110 5.5: tabs around a value are no part of it; nginx takes them for one.";
constexpr const char* kChunkLine =
    "RFC 9112 7.1: a chunk is a size of sane length, an extension, and CRLF.";
constexpr const char* kTrailer =
    "RFC 9112 7.1.2: a trailer is a header; nginx does not look at it.";
constexpr const char* kConnect =
    "The method is known and not allowed; nginx does not parse its target.";
constexpr const char* kHost =
    "RFC 9112 3.2: a host is one name; whoever is asked for two may be two.";
constexpr const char* kOld = "Connections of HTTP/1.0 end behind each answer.";
constexpr const char* kNoColon =
    "RFC 9112 5.1: a header has a colon; nginx passes over lines without one.";
constexpr const char* kExpect =
    "RFC 9110 10.1.1: an expectation that nobody knows may be answered 417.";
constexpr const char* kLineFeed =
    "RFC 9112 2.2 allows LF for CRLF to be taken; requests were smuggled with it.";
constexpr const char* kLine =
    "RFC 9112 3: a request line is three words with one space between them.";
constexpr const char* kTarget = "RFC 9112 3.2: a target is a URI without fragment, in ASCII.";
constexpr const char* kMethod =
    "RFC 9110 9.1: a method is a token, and a small one is another method: 405.";
constexpr const char* kVersion =
    "No other version than 1.1 and 1.0 is spoken; nginx takes any 1.x for 1.1.";
constexpr const char* kPreface = "The version is judged first, and it is none of ours.";

FramingCase same(std::string name, std::string request, const std::string& answers) {
  return {std::move(name), std::move(request), answers, answers, ""};
}

std::string hexadecimal(std::size_t number) {
  std::ostringstream out;
  out << std::hex << number;
  return out.str();
}

std::vector<FramingCase> makeCases() {
  const std::string post = "POST /healthz HTTP/1.1\r\nHost: h\r\n";
  const std::string get = "GET /healthz HTTP/1.1\r\nHost: h\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string smuggled =
      "GET /api/crm/storage/file?path=smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
  return {
      same("S01LengthAndChunked",
           post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
      same("S01ChunkedAndLength",
           post + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX", "400"),
      same("S01ChunkedAndNoLength",
           post + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
      same("S02TwoLengths", post + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", "400"),
      same("S02SameLengthTwice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
           "400"),
      same("S03List", post + "Content-Length: 5, 5\r\n\r\nabcde", "400"),
      same("S03Plus", post + "Content-Length: +5\r\n\r\nabcde", "400"),
      same("S03Minus", post + "Content-Length: -5\r\n\r\nabcde", "400"),
      same("S03Hexadecimal", post + "Content-Length: 0x5\r\n\r\nabcde", "400"),
      same("S03Empty", post + "Content-Length: \r\n\r\n", "400"),
      same("S03LeadingZeros", post + "Content-Length: 005\r\n\r\nabcde", "405 200"),
      same("S03Overflow", post + "Content-Length: 18446744073709551621\r\n\r\nabcde", "400"),
      same("S03SpaceWithin", post + "Content-Length: 5 5\r\n\r\nabcde", "400"),
      same("S05GzipChunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"),
      {"S06Unknown", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400", "501", kNoEnd},
      {"S06IdentityBehind", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "400",
       "501", kNoEnd},
      {"S06IdentityAlone", post + "Transfer-Encoding: identity\r\n\r\n", "400", "501", kNoEnd},
      same("S06TwoLines",
           post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "400"),
      same("S06ChunkedTwice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "501"),
      {"S06Empty", post + "Transfer-Encoding: \r\n\r\n", "400", "501", kNoEnd},
      {"S06Parameter", post + "Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n", "400", "501",
       kNoEnd},
      {"S06VerticalTab",
       post + "Transfer-Encoding: \x0B"
              "chunked\r\n\r\n0\r\n\r\n",
       "400", "501", kNoEnd},
      same("S06Capitals", post + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", "405 200"),
      {"S06Tab", post + "Transfer-Encoding:\tchunked\t\r\n\r\n0\r\n\r\n", "405 200", "501", kTab},
      same("S07SpaceBeforeColon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400"),
      same("S07LengthBeforeColon", post + "Content-Length : 5\r\n\r\nabcde", "400"),
      same("S07LeadingSpace",
           "POST /healthz HTTP/1.1\r\n Transfer-Encoding: chunked\r\nHost: h\r\n\r\n0\r\n\r\n",
           "400"),
      same("S07Underscore", post + "Transfer_Encoding: chunked\r\n\r\n", "405 200"),
      same("S09OldVersion",
           "POST /healthz HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "400"),
      same("S10NoFraming", post + "\r\n", "405 200"),
      same("S11Minus", chunked + "-3\r\nabc\r\n0\r\n\r\n", "405"),
      same("S11Plus", chunked + "+3\r\nabc\r\n0\r\n\r\n", "405"),
      same("S11Prefix", chunked + "0x3\r\nabc\r\n0\r\n\r\n", "405"),
      same("S11NoNumber", chunked + "zz\r\nabc\r\n0\r\n\r\n", "405"),
      {"S11SeventeenDigits", chunked + "00000000000000003\r\nabc\r\n0\r\n\r\n", "405", "405 200",
       kChunkLine},
      same("S11Overflow", chunked + "10000000000000003\r\nabc\r\n0\r\n\r\n", "405"),
      same("S11SpaceBefore", chunked + " 3\r\nabc\r\n0\r\n\r\n", "405"),
      {"S11SpaceBehind", chunked + "3 \r\nabc\r\n0\r\n\r\n", "405", "405 200", kChunkLine},
      {"S11LineFeed", chunked + "3\nabc\r\n0\r\n\r\n", "405", "405 200", kChunkLine},
      {"S11LineFeedAtTheEnd", chunked + "3\r\nabc\r\n0\n\n", "405", "405 200", kChunkLine},
      same("S11DataTooLong", chunked + "3\r\nabcd\r\n0\r\n\r\n", "405"),
      same("S11NoLineEndBehindData", chunked + "3\r\nabc0\r\n\r\n", "405"),
      same("S11Extension", chunked + "3;a=\"b\"\r\nabc\r\n0\r\n\r\n", "405 200"),
      {"S11LineFeedInExtension", chunked + "3;a\nabc\r\n0\r\n\r\n", "405", "405 200", kChunkLine},
      same("S11CarriageReturnInExtension", chunked + "3;a\rb\r\nabc\r\n0\r\n\r\n", "405"),
      same("S14Trailers", chunked + "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n", "405 200"),
      same("S14LengthAsTrailer", chunked + "0\r\nContent-Length: 50\r\n\r\n", "405 200"),
      {"S14MalformedTrailer", chunked + "0\r\nno colon\r\n\r\n", "405", "405 200", kTrailer},
      same("S15Cut", post + "Content-Length: 500\r\n\r\nabcde", "405"),
      same("S15CutChunk", chunked + "500\r\nabcde", "405"),
      same("S17CarriageReturn", get + "X-A: a\rX-B: b\r\n\r\n", "400"),
      same("S17Nul", get + std::string("X-A: a\0b\r\n\r\n", 13), "400"),
      same("S17HighBytes", get + "X-A: \xC3\xA9\r\n\r\n", "200 200"),
      {"M09Connect", "CONNECT host:443 HTTP/1.1\r\nHost: host:443\r\n\r\n", "405", "400", kConnect},
      same("M13NoHost", "GET /healthz HTTP/1.1\r\n\r\n", "400"),
      same("M13TwoHosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
      {"M13HostList", "GET /healthz HTTP/1.1\r\nHost: a,b\r\n\r\n", "400", "200 200", kHost},
      same("M13HostWithPath", "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", "400"),
      same("M13AbsoluteForm", "GET http://other/healthz HTTP/1.1\r\nHost: h\r\n\r\n", "200 200"),
      same("M17BodyLikeARequest",
           post + "Content-Length: " + std::to_string(smuggled.size()) + "\r\n\r\n" + smuggled,
           "405 200"),
      same("M17ChunkLikeARequest",
           chunked + hexadecimal(smuggled.size()) + "\r\n" + smuggled + "\r\n0\r\n\r\n", "405 200"),
      same("M17BodyOfGet", get + "Content-Length: 5\r\n\r\nabcde", "200 200"),
      same("M17ChunkedBodyOfGet", get + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
           "200 200"),
      {"M12OldVersionKeepsAlive",
       "GET /healthz HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n", "200", "200 200",
       kOld},
      {"M21ShortLine", get + "x\n\r\n", "400", "200 200", kNoColon},
      {"M21ShortLineAndEnd", get + "x\r\n\r\n", "400", "200 200", kNoColon},
      same("M22Fold", get + "X-A: a\r\n b\r\n\r\n", "400"),
      same("M22FoldedCoding", post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", "400"),
      {"M26UnknownExpectation", post + "Expect: something-else\r\nContent-Length: 5\r\n\r\nabcde",
       "417", "405 200", kExpect},
      {"LineFeeds", "GET /healthz HTTP/1.1\nHost: h\n\n", "400", "200 200", kLineFeed},
      same("EmptyLineBefore", "\r\n" + get + "\r\n", "200 200"),
      same("SpaceBefore", " GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "400"),
      {"TwoSpaces", "GET  /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "400", "200 200", kLine},
      same("SpaceInTarget", "GET /health z HTTP/1.1\r\nHost: h\r\n\r\n", "400"),
      {"Fragment", "GET /healthz#a HTTP/1.1\r\nHost: h\r\n\r\n", "400", "200 200", kTarget},
      same("ControlCharacterInTarget", "GET /healthz?\x01 HTTP/1.1\r\nHost: h\r\n\r\n", "400"),
      {"HighByteInTarget", "GET /healthz?\xC3\xA9 HTTP/1.1\r\nHost: h\r\n\r\n", "400", "200 200",
       kTarget},
      {"SmallMethod", "get /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "405 200", "400", kMethod},
      {"NextMinorVersion", "GET /healthz HTTP/1.2\r\nHost: h\r\n\r\n", "505", "200 200", kVersion},
      same("SecondVersion", "GET /healthz HTTP/2.0\r\nHost: h\r\n\r\n", "505"),
      {"SecondVersionPreface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505", "400", kPreface},
      {"LongVersion", "GET /healthz HTTP/1.10\r\nHost: h\r\n\r\n", "400", "200 200", kVersion},
      same("LengthNamedInConnection",
           post + "Connection: Content-Length\r\nContent-Length: 5\r\n\r\nabcde", "405 200"),
      same("Upgrade",
           get + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                 "AAMAAABk\r\n\r\n",
           "200 200"),
      same("EmptyName", get + ": a\r\n\r\n", "400"),
      same("NameWithSpace", get + "X A: a\r\n\r\n", "400"),
      same("CloseAndMore", get + "Connection: close\r\n\r\n", "200"),
  };
}

}  // namespace

const std::vector<FramingCase>& framingCases() {
  static const std::vector<FramingCase> kCases = makeCases();
  return kCases;
}

}  // namespace mediadock
