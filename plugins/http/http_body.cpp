#include "http/http_body.h"

#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <algorithm>
#include <charconv>

namespace mediadock::http_client {
namespace {

constexpr std::size_t kMaxLineBytes = 8192;
constexpr int kMaxTrailers = 100;

[[noreturn]] void refuse(const std::string& why) {
  throw StorageError(StorageErrc::Protocol, "the storage's answer is badly framed: " + why);
}

[[noreturn]] void truncated() {
  throw StorageError({.code = StorageErrc::Truncated,
                      .message = "the storage's answer broke off",
                      .retry = Retry::Safe});
}

}  // namespace

HttpBody::HttpBody(const HttpHead& head, bool isHeadRequest) {
  const bool hasLength = head.has("Content-Length");
  const auto length = head.number("Content-Length");
  if (hasLength && !length) {
    refuse("Content-Length '" + head.field("Content-Length").substr(0, 40) + "'");
  }
  length_ = length;
  if (isHeadRequest || head.status < 200 || head.status == 204 || head.status == 304) {
    isAtEnd_ = true;
  } else if (head.has("Transfer-Encoding")) {
    if (Poco::icompare(head.field("Transfer-Encoding"), "chunked") != 0 || hasLength) {
      refuse("Transfer-Encoding '" + head.field("Transfer-Encoding").substr(0, 40) + "'");
    }
    framing_ = Framing::Chunked;
  } else if (hasLength) {
    left_ = *length;
    isAtEnd_ = left_ == 0;
  } else {
    framing_ = Framing::UntilClose;
  }
}

std::string HttpBody::readLine(HttpSession& session, const CallLimits& limits) const {
  for (;;) {
    const auto text = session.buffered();
    if (const auto end = text.find("\r\n"); end != std::string_view::npos) {
      std::string line(text.substr(0, end));
      session.consume(end + 2);
      return line;
    }
    if (text.size() > kMaxLineBytes) {
      refuse("a chunk's head is too long");
    }
    if (!session.fill(limits)) {
      truncated();
    }
  }
}

void HttpBody::readChunkSize(HttpSession& session, const CallLimits& limits) {
  if (trailers_) {
    skipTrailers(session, limits);
    return;
  }
  if (isLineEndDue_ && !readLine(session, limits).empty()) {
    refuse("a chunk is longer than it says");
  }
  isLineEndDue_ = false;
  const auto line = readLine(session, limits);
  const auto* end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, left_, 16);
  if (error != std::errc() || (stop != end && *stop != ';' && *stop != ' ')) {
    refuse("a chunk's size");
  }
  isLineEndDue_ = left_ > 0;
  if (left_ == 0) {
    trailers_ = 0;
    skipTrailers(session, limits);
  }
}

void HttpBody::skipTrailers(HttpSession& session, const CallLimits& limits) {
  for (; *trailers_ < kMaxTrailers; ++*trailers_) {
    if (readLine(session, limits).empty()) {
      isAtEnd_ = true;
      return;
    }
  }
  refuse("too many trailers");
}

std::size_t HttpBody::read(HttpSession& session, std::span<std::byte> bytes,
                           const CallLimits& limits) {
  if (!isAtEnd_ && framing_ == Framing::Chunked && left_ == 0) {
    readChunkSize(session, limits);
  }
  if (isAtEnd_ || bytes.empty()) {
    return 0;
  }
  if (framing_ == Framing::UntilClose) {
    const auto count = session.receive(bytes, limits);
    isAtEnd_ = count == 0;
    return count;
  }
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_));
  return countOff(session.receive(bytes.first(most), limits));
}

std::optional<std::size_t> HttpBody::splice(HttpSession& session, int pipe, std::size_t most,
                                            const CallLimits& limits) {
  if (isAtEnd_ || framing_ == Framing::UntilClose || left_ == 0) {
    return std::nullopt;
  }
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(most, left_));
  const auto moved = session.splice(pipe, wanted, limits);
  return moved ? std::optional(countOff(*moved)) : std::nullopt;
}

std::size_t HttpBody::countOff(std::size_t received) {
  if (received == 0) {
    truncated();
  }
  left_ -= received;
  isAtEnd_ = left_ == 0 && framing_ == Framing::Length;
  return received;
}

}  // namespace mediadock::http_client
