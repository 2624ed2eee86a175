/// \file
/// Input: bytes as a client sends them. What is admitted as a head is harmless, and its body ends
/// at the same place for the guard, for Poco, and for the guard again.

#include "fuzz/fuzz_target.h"
#include "http/framing/characters.h"
#include "http/framing/framing_head.h"
#include "http/framing/request_head.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <variant>

namespace mediadock::fuzz {
namespace {

using http::guard::BodyFraming;
using http::guard::HeadLimits;
using http::guard::RequestHead;

/// Small enough for inputs to pass them.
constexpr HeadLimits kTight{
    .methodBytes = 8, .targetBytes = 48, .fields = 4, .nameBytes = 16, .valueBytes = 48};

std::optional<std::size_t> findHeadEndByteByByte(std::string_view input) {
  for (std::size_t known = 1; known <= input.size(); ++known) {
    if (const auto end = http::guard::findHeadEnd(input.substr(0, known), known - 1)) {
      return end;
    }
  }
  return std::nullopt;
}

void requireLimits(const RequestHead& head, const HeadLimits& limits) {
  require(head.line.method.size() <= limits.methodBytes, "a method keeps its limit");
  require(head.line.target.size() <= limits.targetBytes + 1, "a target keeps its limit");
  require(head.fields.size() <= limits.fields, "headers keep their number");
  for (const auto& field : head.fields) {
    require(field.name.size() <= limits.nameBytes, "a name keeps its limit");
    require(field.value.size() <= limits.valueBytes, "a value keeps its limit");
    require(base::isToken(field.name) && http::guard::isValue(field.value), "a header is harmless");
  }
}

void requirePocoReads(const RequestHead& head, const std::string& framing) {
  std::istringstream in(framing);
  Poco::Net::HTTPRequest request;
  try {
    request.read(in);
  } catch (const Poco::Exception& error) {
    require(false, error.displayText().c_str());
  }
  require(in.get() == std::char_traits<char>::eof(), "Poco finds the end of the head");
  require(request.getMethod() == head.line.method, "Poco reads the method");
  require(request.getChunkedTransferEncoding() == (head.framing == BodyFraming::Chunked),
          "Poco knows a chunked body");
  require(request.hasContentLength() == (head.framing == BodyFraming::Length),
          "Poco knows a counted body");
  require(!request.hasContentLength() ||
              static_cast<std::uint64_t>(request.getContentLength64()) == head.contentLength,
          "Poco counts the same");
  require(request.getKeepAlive() == head.persists, "Poco keeps the connection alike");
  require(request.getExpectContinue() == head.expectsContinue, "Poco knows who waits");
}

void requireSameAgain(const RequestHead& head, std::string framing) {
  require(http::guard::findHeadEnd(framing, 0) == framing.size(),
          "a framing head ends where it ends");
  // Poco does not miss it.
  framing.insert(framing.size() - 2, "Host: a\r\n");
  const auto verdict = http::guard::parseRequestHead(framing, HeadLimits{});
  const auto* const again = std::get_if<RequestHead>(&verdict);
  require(again != nullptr, "a framing head is admitted");
  require(
      again->line.method == head.line.method && again->line.isVersion11 == head.line.isVersion11,
      "method and version stay");
  require(again->framing == head.framing && again->contentLength == head.contentLength,
          "the framing stays");
  require(again->persists == head.persists && again->expectsContinue == head.expectsContinue,
          "the connection stays");
}

}  // namespace

void tryInput(std::string_view input) {
  const auto end = http::guard::findHeadEnd(input, 0);
  require(end == findHeadEndByteByByte(input), "a head ends alike however it arrives");
  http::guard::refuseOversized(input);
  if (!end) {
    return;
  }
  const std::string_view bytes = input.substr(0, *end);
  const auto tight = http::guard::parseRequestHead(bytes, kTight);
  const auto verdict = http::guard::parseRequestHead(bytes, HeadLimits{});
  if (const auto* const head = std::get_if<RequestHead>(&tight)) {
    requireLimits(*head, kTight);
    require(std::holds_alternative<RequestHead>(verdict), "wider limits admit as much");
  }
  if (const auto* const head = std::get_if<RequestHead>(&verdict)) {
    requireLimits(*head, HeadLimits{});
    const std::string framing = http::guard::writeFramingHead(*head);
    requirePocoReads(*head, framing);
    requireSameAgain(*head, framing);
  }
}

}  // namespace mediadock::fuzz
