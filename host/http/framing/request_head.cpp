#include "http/framing/request_head.h"

#include "http/framing/characters.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace mediadock::http::guard {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto kLineEnd = "\r\n"sv;
constexpr Refusal kMalformedField{.status = 400, .detail = "A header is not well-formed."};
constexpr Refusal kTooManyFields{.status = 431, .detail = "There are too many headers."};

std::optional<Refusal> addField(std::string_view line, const HeadLimits& limits,
                                RequestHead& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !base::isToken(line.substr(0, colon))) {
    return kMalformedField;
  }
  const HeaderField field{line.substr(0, colon), base::trimmed(line.substr(colon + 1))};
  if (!isValue(field.value)) {
    return kMalformedField;
  }
  if (field.name.size() > limits.nameBytes || field.value.size() > limits.valueBytes) {
    return Refusal{.status = 431, .detail = "A header is too large."};
  }
  if (head.fields.size() == limits.fields) {
    return kTooManyFields;
  }
  head.fields.push_back(field);
  return std::nullopt;
}

/// Typical number for a browser.
constexpr std::size_t kOrdinaryFields = 16;

/// The value of a header that may occur only once.
struct Single {
  std::optional<std::string_view> value;
  bool isRepeated = false;
};

Single findSingle(const RequestHead& head, std::string_view name) {
  Single found;
  for (const auto& field : head.fields) {
    if (base::equalsIgnoringCase(field.name, name)) {
      found.isRepeated = found.value.has_value();
      found.value = field.value;
      if (found.isRepeated) {
        break;
      }
    }
  }
  return found;
}

std::optional<Refusal> checkHost(RequestHead& head) {
  const auto host = findSingle(head, "Host");
  if (host.isRepeated || (host.value && !isHostAndPort(*host.value))) {
    return Refusal{.status = 400, .detail = "The Host header is not valid."};
  }
  if (!host.value && head.line.isVersion11) {
    return Refusal{.status = 400, .detail = "The Host header is missing."};
  }
  if (!head.line.authority.empty()) {
    std::erase_if(head.fields, [](const HeaderField& field) {
      return base::equalsIgnoringCase(field.name, "Host");
    });
  }
  return std::nullopt;
}

/// Rejects duplicates of which Poco would use the first but a proxy in front of it might use the
/// last.
std::optional<Refusal> checkRepetition(const RequestHead& head) {
  for (const auto name : {"Authorization"sv, "Content-Type"sv, "Content-Length"sv}) {
    if (findSingle(head, name).isRepeated) {
      return Refusal{.status = 400, .detail = "A header that may occur once is repeated."};
    }
  }
  return std::nullopt;
}

std::optional<Refusal> checkTransferEncoding(const Single& coding, RequestHead& head) {
  constexpr auto kChunked = "chunked"sv;
  if (!head.line.isVersion11 || coding.isRepeated) {
    return Refusal{.status = 400, .detail = "The Transfer-Encoding header is not valid."};
  }
  const auto value = *coding.value;
  if (base::equalsIgnoringCase(value, kChunked)) {
    head.framing = BodyFraming::Chunked;
    return std::nullopt;
  }
  const auto comma = value.rfind(',');
  const auto last =
      comma == std::string_view::npos ? value : base::trimmed(value.substr(comma + 1));
  if (base::equalsIgnoringCase(last, kChunked)) {
    return Refusal{.status = 501, .detail = "The only transfer coding known here is chunked."};
  }
  // RFC 9112 §6.3: unless chunked is the final coding, the end of the body cannot be determined.
  return Refusal{.status = 400, .detail = "The Transfer-Encoding header is not valid."};
}

std::optional<Refusal> checkFraming(RequestHead& head) {
  constexpr std::size_t kMostDigits = 18;
  const auto length = findSingle(head, "Content-Length").value;
  const auto coding = findSingle(head, "Transfer-Encoding");
  if (coding.value && length) {
    return Refusal{.status = 400,
                   .detail = "Content-Length and Transfer-Encoding exclude each other."};
  }
  if (coding.value) {
    return checkTransferEncoding(coding, head);
  }
  if (!length) {
    return std::nullopt;
  }
  if (length->empty() || length->size() > kMostDigits ||
      !std::all_of(length->begin(), length->end(), isDigit)) {
    return Refusal{.status = 400, .detail = "The Content-Length header is not valid."};
  }
  std::from_chars(length->data(), length->data() + length->size(), head.contentLength);
  head.framing = BodyFraming::Length;
  return std::nullopt;
}

bool hasListItem(std::string_view list, std::string_view wanted) {
  while (true) {
    const auto comma = std::min(list.find(','), list.size());
    if (base::equalsIgnoringCase(base::trimmed(list.substr(0, comma)), wanted)) {
      return true;
    }
    if (comma == list.size()) {
      return false;
    }
    list.remove_prefix(comma + 1);
  }
}

std::optional<Refusal> checkConnection(RequestHead& head) {
  head.persists = head.line.isVersion11;
  bool expects = false;
  for (const auto& field : head.fields) {
    if (base::equalsIgnoringCase(field.name, "Connection") && hasListItem(field.value, "close")) {
      head.persists = false;
    }
    if (base::equalsIgnoringCase(field.name, "Expect") && head.line.isVersion11) {
      if (!base::equalsIgnoringCase(field.value, "100-continue")) {
        return Refusal{.status = 417, .detail = "The expectation is not known."};
      }
      expects = true;
    }
  }
  // RFC 9110 §10.1.1: no body, nothing to wait for; ignored from HTTP/1.0 clients.
  head.expectsContinue = expects && head.hasBody();
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> findHeadEnd(std::string_view bytes, std::size_t from) noexcept {
  if (bytes.empty()) {
    return std::nullopt;
  }
  if (!base::isTokenCharacter(bytes.front())) {
    return 1;
  }
  for (auto at = bytes.find('\n', from); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    const bool isBare = at == 0 || bytes[at - 1] != '\r';
    if (isBare || (at >= 3 && bytes.substr(at - 3, 2) == kLineEnd)) {
      return at + 1;
    }
  }
  return std::nullopt;
}

std::variant<RequestHead, Refusal> parseRequestHead(std::string_view bytes,
                                                    const HeadLimits& limits) {
  auto end = bytes.find(kLineEnd);
  if (!bytes.ends_with("\r\n\r\n")) {
    return Refusal{.status = 400, .detail = "A line of the head does not end with CR and LF."};
  }
  auto line = parseRequestLine(bytes.substr(0, end), limits);
  if (const auto* refusal = std::get_if<Refusal>(&line)) {
    return *refusal;
  }
  RequestHead head{.line = std::get<RequestLine>(std::move(line))};
  head.fields.reserve(kOrdinaryFields);
  for (bytes.remove_prefix(end + 2); bytes != kLineEnd; bytes.remove_prefix(end + 2)) {
    end = bytes.find(kLineEnd);
    if (end == std::string_view::npos) {
      return kMalformedField;
    }
    if (const auto refusal = addField(bytes.substr(0, end), limits, head)) {
      return *refusal;
    }
  }
  for (const auto check : {checkHost, checkFraming, checkConnection}) {
    if (const auto refusal = check(head)) {
      return *refusal;
    }
  }
  if (const auto refusal = checkRepetition(head)) {
    return *refusal;
  }
  if (!head.line.authority.empty()) {
    if (head.fields.size() == limits.fields) {
      return kTooManyFields;
    }
    head.fields.push_back({"Host", head.line.authority});
  }
  return head;
}

Refusal refuseOversized(std::string_view bytes) noexcept {
  if (bytes.find(kLineEnd) == std::string_view::npos) {
    return {.status = 414, .detail = "The request target is too long."};
  }
  return {.status = 431, .detail = "The headers are too large."};
}

}  // namespace mediadock::http::guard
