#include "http/connection/body_feed.h"

#include "http/connection/client_channel.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace mediadock::http::guard {
namespace {

/// Poco parses a chunk size into 32 bits.
constexpr std::uint64_t kLargestChunk = 1U << 30U;

[[noreturn]] void refuseEarlyEnd() {
  throw BrokenBody({.status = 400, .detail = "The body ended before its end."});
}

void appendHex(std::uint64_t value, std::string& out) {
  constexpr int kHexadecimal = 16;
  std::array<char, 16> digits{};
  const auto result =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, kHexadecimal);
  out.append(digits.data(), result.ptr);
}

}  // namespace

BodyFeed::BodyFeed(const RequestHead& head)
    : isChunked_(head.framing == BodyFraming::Chunked),
      isWhole_(!head.hasBody()),
      dataLeft_(isChunked_ ? 0 : head.contentLength) {}

std::size_t BodyFeed::read(ClientChannel& channel, std::span<char> buffer, TransferWatch& watch) {
  if (isWhole_ || buffer.empty()) {
    return 0;
  }
  if (isChunked_ && dataLeft_ == 0 && framing_.empty()) {
    findChunk(channel, watch);
  }
  return framing_.empty() ? readData(channel, buffer, watch) : readFraming(buffer);
}

std::size_t BodyFeed::readData(ClientChannel& channel, std::span<char> buffer,
                               TransferWatch& watch) {
  const auto most = std::min<std::uint64_t>(buffer.size(), dataLeft_);
  const std::size_t got = channel.receive(buffer.first(most), watch);
  if (got == 0) {
    refuseEarlyEnd();
  }
  dataLeft_ -= got;
  if (isChunked_) {
    chunks_.take(got);
  } else {
    isWhole_ = dataLeft_ == 0;
  }
  return got;
}

std::size_t BodyFeed::readFraming(std::span<char> buffer) {
  const auto size = std::min(buffer.size(), framing_.size());
  std::copy_n(framing_.begin(), size, buffer.begin());
  framing_.erase(0, size);
  isWhole_ = framing_.empty() && sawLastChunk_;
  return size;
}

void BodyFeed::findChunk(ClientChannel& channel, TransferWatch& watch) {
  auto status = ChunkedBody::Status::NeedMore;
  while (status == ChunkedBody::Status::NeedMore) {
    if (channel.buffered().empty() && !channel.fill(watch)) {
      refuseEarlyEnd();
    }
    std::size_t consumed = 0;
    status = chunks_.next(channel.buffered(), consumed);
    channel.consume(consumed);
  }
  if (status == ChunkedBody::Status::Malformed) {
    throw BrokenBody({.status = 400, .detail = "The chunked body is not well-formed."});
  }
  framing_ = isFirstChunk_ ? "" : "\r\n";
  isFirstChunk_ = false;
  if (status == ChunkedBody::Status::End) {
    sawLastChunk_ = true;
    framing_ += "0\r\n\r\n";
    return;
  }
  dataLeft_ = std::min(chunks_.remaining(), kLargestChunk);
  appendHex(dataLeft_, framing_);
  framing_ += "\r\n";
}

}  // namespace mediadock::http::guard
