#include "http/exchange/request_body.h"

#include "http/exchange/client_gone.h"
#include "http/framing/guard_settings.h"
#include "http/syntax/problem_exception.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <istream>

namespace mediadock::http {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr const char* kBrokenOff = "the body of the request broke off";

/// A slow client's bytes are passed to the storage in pieces of at least this size, so that the
/// storage does not time out while a larger buffer fills.
constexpr std::size_t kEnough = 65536;
constexpr std::chrono::milliseconds kTimeout{100};

[[noreturn]] void giveUp(Poco::Net::HTTPServerRequestImpl& request) {
  const auto* const cause = request.session().networkException();
  throw ClientGone(cause != nullptr ? cause->displayText() : kBrokenOff);
}

void sendContinue(Poco::Net::StreamSocket& socket) {
  try {
    socket.sendBytes(kContinue.data(), static_cast<int>(kContinue.size()));
  } catch (const Poco::Exception& error) {
    throw ClientGone(error.displayText());
  }
}

}  // namespace

RequestBody::RequestBody(Poco::Net::HTTPServerRequestImpl& request)
    : request_(request),
      isAnnounced_(request.hasContentLength() || request.getChunkedTransferEncoding()),
      owesContinue_(request.getExpectContinue()) {
  if (request.hasContentLength()) {
    length_ = static_cast<std::uint64_t>(request.getContentLength64());
  }
}

void RequestBody::setLimit(std::uint64_t limit) {
  limit_ = limit;
  if (length_.value_or(0) > limit) {
    throw ProblemException(413, "the body is larger than " + std::to_string(limit) + " bytes");
  }
}

void RequestBody::sendOwedContinue() {
  if (owesContinue_) {
    owesContinue_ = false;
    sendContinue(request_.socket());
  }
}

std::size_t RequestBody::count(std::size_t got) {
  consumed_ += got;
  if (consumed_ > limit_) {
    throw ProblemException(413, "the body is larger than " + std::to_string(limit_) + " bytes");
  }
  return got;
}

std::size_t RequestBody::read(std::span<std::byte> buffer) {
  if (!length_) {
    return readStream(buffer);
  }
  const auto start = std::chrono::steady_clock::now();
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::size_t got = receive(buffer.subspan(filled));
    filled += got;
    const bool isSlow = std::chrono::steady_clock::now() - start > kTimeout;
    if (got == 0 || (filled >= kEnough && isSlow)) {
      break;
    }
  }
  return filled;
}

std::size_t RequestBody::readSome(std::span<std::byte> buffer) {
  // Poco would read a body without a length until the connection closes.
  if (!isAnnounced_) {
    return 0;
  }
  return length_ ? receive(buffer) : readSomeOfStream(buffer);
}

/// Bypasses Poco's stream, which copies twice, in pieces of 4 KiB.
std::size_t RequestBody::receive(std::span<std::byte> buffer) {
  constexpr std::uint64_t kMost = 1U << 30U;
  const auto wanted = std::min({std::uint64_t{buffer.size()}, *length_ - consumed_, kMost});
  if (wanted == 0) {
    return 0;
  }
  sendOwedContinue();
  try {
    const int got = request_.socket().receiveBytes(buffer.data(), static_cast<int>(wanted));
    if (got > 0) {
      return count(static_cast<std::size_t>(got));
    }
  } catch (const Poco::Exception& error) {
    throw ClientGone(error.displayText());
  }
  throw ClientGone(kBrokenOff);
}

std::size_t RequestBody::readStream(std::span<std::byte> buffer) {
  sendOwedContinue();
  std::istream& stream = request_.stream();
  stream.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
  if (stream.bad()) {
    giveUp(request_);
  }
  return count(static_cast<std::size_t>(stream.gcount()));
}

std::size_t RequestBody::readSomeOfStream(std::span<std::byte> buffer) {
  sendOwedContinue();
  std::istream& stream = request_.stream();
  const bool isAtEnd = stream.peek() == std::istream::traits_type::eof();
  if (stream.bad()) {
    giveUp(request_);
  }
  if (isAtEnd) {
    return 0;
  }
  return count(static_cast<std::size_t>(stream.readsome(
      reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()))));
}

std::string RequestBody::readAll(std::uint64_t limit) {
  setLimit(std::min(limit, limit_));
  std::string text;
  std::array<char, 4096> piece{};
  while (const std::size_t got = read(std::as_writable_bytes(std::span(piece)))) {
    text.append(piece.data(), got);
  }
  return text;
}

bool RequestBody::canBeFollowed() const noexcept {
  const std::uint64_t left = std::max(length_.value_or(0), consumed_) - consumed_;
  return !owesContinue_ && left <= guard::GuardSettings{}.drainBytes;
}

}  // namespace mediadock::http
