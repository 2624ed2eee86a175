#include "http/response.h"

#include "http/client_gone.h"
#include "http/connection_guard/guarded_stream_socket_impl.h"
#include "http/http_date.h"
#include "http/http_status.h"
#include "http/transfer_pipe.h"
#include "mediadock/storage_error.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cstdio>
#include <memory>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock {
namespace {

constexpr std::size_t kBlock = 256 * 1024;
/// What is no larger leaves in one piece with the head.
constexpr std::size_t kSmall = 64 * 1024;
/// Room for the lines of a head that are no headers of its endpoint's.
constexpr std::size_t kStatusAndFraming = 192;
/// Less is not worth a pipe.
constexpr std::uint64_t kLeastToMove = 256 * 1024;
constexpr std::size_t kMostPerSend = 1U << 30U;
/// So that it is known about how far an answer came that breaks off.
constexpr std::uint64_t kMostPerSendfile = 4U << 20U;

template <typename Call>
auto sendOrLeave(Call call) {
  try {
    return call();
  } catch (const Poco::Net::NetException& error) {
    throw ClientGone(error.displayText());
  } catch (const Poco::TimeoutException& error) {
    throw ClientGone(error.displayText());
  }
}

/// Null where the process has no descriptor left: its bytes can be copied still.
std::unique_ptr<TransferPipe> makePipe() {
  try {
    return std::make_unique<TransferPipe>();
  } catch (const std::system_error&) {
    return nullptr;
  }
}

void requireSome(std::size_t got) {
  if (got == 0) {
    throw StorageError(StorageErrc::Truncated, "the file ended before its length");
  }
}

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
  const auto region = stream.file();
  if (region && region->length >= length && canSendFiles()) {
    writeFile({region->descriptor, region->offset, length});
    return;
  }
  const auto pipe = length >= kLeastToMove && canSendFiles() ? makePipe() : nullptr;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(length, kBlock));
  const auto block = std::make_unique_for_overwrite<std::byte[]>(size);
  while (length > 0) {
    if (pipe) {
      length -= moveSome(stream, *pipe, length);
    }
    if (length > 0) {
      length -= copySome(stream, std::span(block.get(), size), length);
    }
  }
}

void Response::writeWithHead(IReadStream& stream, std::size_t length) {
  const std::size_t size = head_.size() + length;
  const auto packet = std::make_unique_for_overwrite<char[]>(size);
  std::size_t filled = head_.copy(packet.get(), head_.size());
  while (filled < size) {
    const std::size_t got =
        stream.read(std::as_writable_bytes(std::span(packet.get(), size).subspan(filled)));
    requireSome(got);
    filled += got;
  }
  head_.clear();
  hasBegun_ = true;
  sendAll({packet.get(), size}, 0);
  count(length);
}

/// Moves at most `most` bytes, until the stream can only be read. Returns how many.
std::uint64_t Response::moveSome(IReadStream& stream, const TransferPipe& pipe,
                                 std::uint64_t most) {
  std::uint64_t done = 0;
  while (done < most) {
    const auto wanted = std::min<std::uint64_t>(most - done, pipe.capacity());
    const auto moved = stream.splice(pipe.writeEnd(), static_cast<std::size_t>(wanted));
    if (!moved) {
      break;
    }
    requireSome(*moved);
    sendHead(MSG_MORE);
    sendOrLeave([&] { plainSocket().sendPipe(pipe.readEnd(), *moved); });
    count(*moved);
    done += *moved;
  }
  return done;
}

/// Copies at most `most` bytes through `block`. Returns how many.
std::uint64_t Response::copySome(IReadStream& stream, std::span<std::byte> block,
                                 std::uint64_t most) {
  const auto piece =
      block.first(static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), most)));
  const std::size_t got = stream.read(piece);
  requireSome(got);
  write(piece.first(got));
  return got;
}

void Response::writeFile(const FileRegion& region) {
  if (!wantsBody()) {
    return;
  }
  sendHead(MSG_MORE);
  std::uint64_t done = 0;
  while (done < region.length) {
    const std::uint64_t wanted = std::min(region.length - done, kMostPerSendfile);
    const std::uint64_t sent = sendOrLeave(
        [&] { return plainSocket().sendFile(region.descriptor, region.offset + done, wanted); });
    count(sent);
    done += sent;
    if (sent < wanted) {
      throw StorageError(StorageErrc::Truncated, "the file became shorter while it was sent");
    }
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
  const auto block = std::make_unique_for_overwrite<std::byte[]>(kBlock);
  while (const std::size_t got = stream.read({block.get(), kBlock})) {
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
  try {
    socket_.setLinger(true, 0);
  } catch (const Poco::Exception&) {
    // The connection is gone already.
  }
  // Not the socket's own shutdown, which over TLS would say that all was sent.
  ::shutdown(socket_.impl()->sockfd(), SHUT_RDWR);
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
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, kMostPerSend);
    // A guarded socket sends all or throws.
    sendOrLeave(
        [&] { return socket_.sendBytes(piece.data(), static_cast<int>(piece.size()), flags); });
    bytes.remove_prefix(piece.size());
  }
}

/// Nothing but guarded sockets comes here.
guard::GuardedStreamSocketImpl& Response::plainSocket() {
  return dynamic_cast<guard::GuardedStreamSocketImpl&>(*socket_.impl());
}

void Response::count(std::uint64_t bytes) {
  bodyBytes_ += bytes;
  bodyLeft_ -= bytes;
}

}  // namespace mediadock
