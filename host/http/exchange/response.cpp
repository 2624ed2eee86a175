#include "http/exchange/response.h"

#include "http/exchange/client_gone.h"
#include "http/exchange/transfer.h"
#include "http/syntax/http_date.h"
#include "http/syntax/http_status.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cstdio>
#include <memory>
#include <sys/socket.h>
#include <utility>

namespace mediadock::http {
namespace {

constexpr std::size_t kReadAtOnce = 256 * 1024;
/// Bodies up to this size are sent together with the head.
constexpr std::size_t kSmall = 64 * 1024;
/// Room for the lines of a head other than the endpoint's headers.
constexpr std::size_t kStatusAndFraming = 192;

}  // namespace

Response::Response(Poco::Net::StreamSocket socket, std::function<bool()> mayKeepAlive)
    : socket_(std::move(socket)),
      mayKeepAlive_(std::move(mayKeepAlive)) {}

void Response::send(std::string_view contentType, std::string_view body) {
  setHeader("Content-Type", contentType);
  begin(body.size());
  write(std::as_bytes(std::span(body)));
}

void Response::sendEmpty() {
  begin(0);
}

void Response::begin(std::uint64_t length) {
  head_ = head("Content-Length: " + std::to_string(length));
  bodyLeft_ = wantsBody() ? length : 0;
  if (bodyLeft_ == 0) {
    sendHead(0);
  }
}

void Response::write(std::span<const std::byte> bytes) {
  if (!wantsBody() || bytes.empty()) {
    return;
  }
  assert(bytes.size() <= bodyLeft_);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!head_.empty() && text.size() <= kSmall) {
    head_ += text;
    sendHead(0);
  } else {
    sendHead(MSG_MORE);
    sendAll(text, 0);
  }
  count(bytes.size());
}

void Response::writeFrom(IReadStream& stream, std::uint64_t length) {
  if (!wantsBody()) {
    return;
  }
  if (!head_.empty() && length <= kSmall) {
    writeWithHead(stream, static_cast<std::size_t>(length));
    return;
  }
  Transfer transfer(socket_, stream, length);
  write(transfer);
}

void Response::writeWithHead(IReadStream& stream, std::size_t length) {
  const std::size_t size = head_.size() + length;
  const auto packet = std::make_unique_for_overwrite<char[]>(size);
  const std::size_t filled = head_.copy(packet.get(), head_.size());
  readWhole(stream, std::as_writable_bytes(std::span(packet.get(), size).subspan(filled)));
  head_.clear();
  hasBegun_ = true;
  sendAll({packet.get(), size}, 0);
  count(length);
}

void Response::writeFile(const FileRegion& region) {
  if (wantsBody()) {
    Transfer transfer(socket_, region);
    write(transfer);
  }
}

void Response::write(Transfer& transfer) {
  while (!transfer.isDone()) {
    const auto bytes = transfer.next();
    if (!bytes.empty()) {
      write(bytes);
      continue;
    }
    sendHead(MSG_MORE);
    count(transfer.send());
  }
}

void Response::beginChunks() {
  assert(canSendChunks_);
  head_ = head("Transfer-Encoding: chunked");
  isUnended_ = wantsBody();
  sendHead(isUnended_ ? MSG_MORE : 0);
}

void Response::writeChunk(std::string_view bytes) {
  // An empty chunk would be the last one.
  if (!isUnended_ || bytes.empty()) {
    return;
  }
  std::array<char, 24> line{};
  const auto length = std::snprintf(line.data(), line.size(), "%zx\r\n", bytes.size());
  sendAll({line.data(), static_cast<std::size_t>(length)}, MSG_MORE);
  sendAll(bytes, MSG_MORE);
  sendAll("\r\n", 0);
  bodyBytes_ += bytes.size();
}

void Response::endChunks(std::string_view trailers) {
  if (isUnended_) {
    sendAll(std::string("0\r\n").append(trailers).append("\r\n"), 0);
    isUnended_ = false;
  }
}

void Response::beginUncounted() {
  if (canSendChunks_) {
    beginChunks();
    return;
  }
  endsConnection_ = true;
  head_ = head("");
  isUnended_ = wantsBody();
  sendHead(isUnended_ ? MSG_MORE : 0);
}

void Response::writeAllFrom(IReadStream& stream) {
  if (!isUnended_) {
    return;
  }
  const auto block = std::make_unique_for_overwrite<std::byte[]>(kReadAtOnce);
  while (const std::size_t got = stream.read({block.get(), kReadAtOnce})) {
    const std::string_view piece(reinterpret_cast<const char*>(block.get()), got);
    if (endsConnection_) {
      sendAll(piece, 0);
      bodyBytes_ += got;
    } else {
      writeChunk(piece);
    }
  }
  endsConnection_ ? void(isUnended_ = false) : endChunks();
}

void Response::abort() noexcept {
  isAborted_ = true;
  keepsAlive_ = false;
  socket_.reset();
}

std::string Response::head(std::string_view framing) {
  requireClient();
  assert(!hasBegun_);
  keepsAlive_ = mayKeepAlive_() && !endsConnection_;
  std::string text;
  text.reserve(kStatusAndFraming + standingHeaders_.text().size() + headers_.text().size());
  text.append("HTTP/1.1 ").append(std::to_string(status_)).append(" ");
  text.append(reasonPhrase(status_)).append("\r\nDate: ");
  text.append(
      formatHttpDate(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
  text.append("\r\n").append(standingHeaders_.text()).append(headers_.text());
  if (!isBodiless() && !framing.empty()) {
    text.append(framing).append("\r\n");
  }
  text.append(keepsAlive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return text;
}

void Response::requireClient() const {
  if (isGivenUp_) {
    throw ClientGone("its client was answered in its place");
  }
}

void Response::sendHead(int flags) {
  if (!head_.empty()) {
    const std::string bytes = std::exchange(head_, {});
    hasBegun_ = true;
    sendAll(bytes, flags);
  }
}

void Response::sendAll(std::string_view bytes, int flags) {
  requireClient();
  socket_.send(bytes, flags);
}

void Response::count(std::uint64_t bytes) {
  bodyBytes_ += bytes;
  bodyLeft_ -= bytes;
}

}  // namespace mediadock::http
