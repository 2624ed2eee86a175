#include "http/connection/client_channel.h"

#include "http/connection/poll_wait.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <linux/sockios.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <utility>

namespace mediadock::http::guard {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBlock = 16384;
constexpr std::uint64_t kMostPerSendfile = 1U << 30U;
/// How often the client's progress is checked while the send buffer is full.
constexpr std::chrono::milliseconds kLook{250};

short eventOf(Attempt::Outcome outcome) noexcept {
  return outcome == Attempt::Outcome::WouldSend ? POLLOUT : POLLIN;
}

/// Bytes in the send buffer that the client has not acknowledged yet.
std::uint64_t unacknowledged(int descriptor) noexcept {
  int bytes = 0;
  ::ioctl(descriptor, SIOCOUTQ, &bytes);
  return static_cast<std::uint64_t>(std::max(bytes, 0));
}

[[noreturn]] void failSendfile(int error) {
  if (error == EPIPE || error == ECONNRESET || error == ETIMEDOUT) {
    throw Poco::Net::ConnectionResetException("the client broke the connection", error);
  }
  throw Poco::ReadFileException("the file cannot be sent", error);
}

TransferWatch::Duration remainingOf(const TransferWatch& watch) {
  const auto left = watch.left();
  if (left <= TransferWatch::Duration(0)) {
    throw Poco::TimeoutException("the client is too slow");
  }
  return left;
}

}  // namespace

ClientChannel::ClientChannel(std::unique_ptr<IByteTransport> transport, int descriptor,
                             const TransferTimeouts& sending)
    : transport_(std::move(transport)),
      descriptor_(descriptor),
      sendingWatch_(sending) {}

std::string_view ClientChannel::buffered() const noexcept {
  return {storage_.data() + begin_, end_ - begin_};
}

void ClientChannel::consume(std::size_t bytes) noexcept {
  begin_ += bytes;
  if (begin_ == end_) {
    begin_ = end_ = 0;
  }
}

void ClientChannel::shrink() noexcept {
  if (begin_ == end_) {
    std::vector<char>().swap(storage_);
    begin_ = end_ = 0;
  }
}

bool ClientChannel::awaitBytes(std::chrono::nanoseconds limit) {
  return begin_ < end_ || transport_->holdsBytes() || awaitReady(descriptor_, POLLIN, limit);
}

bool ClientChannel::fill(TransferWatch& watch) {
  if (end_ == storage_.size()) {
    if (begin_ > 0) {
      std::copy(storage_.begin() + static_cast<std::ptrdiff_t>(begin_),
                storage_.begin() + static_cast<std::ptrdiff_t>(end_), storage_.begin());
      end_ -= begin_;
      begin_ = 0;
    } else {
      storage_.resize(storage_.size() + kBlock);
    }
  }
  const std::size_t got = receiveNow(std::span(storage_).subspan(end_), watch);
  end_ += got;
  return got > 0;
}

std::size_t ClientChannel::receive(std::span<char> buffer, TransferWatch& watch) {
  if (begin_ == end_) {
    if (buffer.size() >= kBlock) {
      return receiveNow(buffer, watch);
    }
    if (!fill(watch)) {
      return 0;
    }
  }
  const auto piece = buffered().substr(0, buffer.size());
  std::copy(piece.begin(), piece.end(), buffer.begin());
  consume(piece.size());
  return piece.size();
}

void ClientChannel::send(std::string_view bytes, int flags) {
  send(bytes, flags, sendingWatch_);
}

void ClientChannel::send(std::string_view bytes, int flags, TransferWatch& watch) {
  requireSending();
  canSend_ = false;
  while (!bytes.empty()) {
    const Attempt attempt = transport_->send(bytes, flags);
    if (attempt.outcome == Attempt::Outcome::Moved) {
      bytes.remove_prefix(attempt.bytes);
    } else if (attempt.outcome == Attempt::Outcome::Ended) {
      throw Poco::Net::ConnectionResetException("the client has left");
    } else {
      waitToSend(eventOf(attempt.outcome), watch);
    }
  }
  canSend_ = true;
}

std::uint64_t ClientChannel::sendFile(int file, std::uint64_t offset, std::uint64_t bytes) {
  requireSending();
  canSend_ = false;
  auto position = static_cast<off_t>(offset);
  std::uint64_t left = bytes;
  while (left > 0) {
    const auto sent = ::sendfile(descriptor_, file, &position,
                                 static_cast<std::size_t>(std::min(left, kMostPerSendfile)));
    if (sent > 0) {
      left -= static_cast<std::uint64_t>(sent);
    } else if (sent == 0) {
      break;
    } else if (errno == EAGAIN) {
      waitToSend(POLLOUT, sendingWatch_);
    } else if (errno != EINTR) {
      failSendfile(errno);
    }
  }
  canSend_ = true;
  return bytes - left;
}

void ClientChannel::sendPipe(int pipe, std::uint64_t bytes) {
  requireSending();
  canSend_ = false;
  while (bytes > 0) {
    const auto moved =
        ::splice(pipe, nullptr, descriptor_, nullptr, bytes, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    if (moved > 0) {
      bytes -= static_cast<std::uint64_t>(moved);
    } else if (moved < 0 && errno == EAGAIN) {
      waitToSend(POLLOUT, sendingWatch_);
    } else if (moved == 0 || errno != EINTR) {
      throw Poco::Net::ConnectionResetException("the client broke the connection", errno);
    }
  }
  canSend_ = true;
}

void ClientChannel::endSending() noexcept {
  canSend_ = false;
  transport_->endSending();
}

void ClientChannel::requireSending() const {
  if (!canSend_) {
    throw Poco::Net::ConnectionAbortedException("nothing more can be sent to this client");
  }
}

std::size_t ClientChannel::receiveNow(std::span<char> buffer, TransferWatch& watch) {
  while (true) {
    const Attempt attempt = transport_->receive(buffer);
    if (attempt.outcome == Attempt::Outcome::Moved) {
      watch.note(TransferWatch::Duration(0), attempt.bytes);
      return attempt.bytes;
    }
    if (attempt.outcome == Attempt::Outcome::Ended) {
      return 0;
    }
    waitToReceive(eventOf(attempt.outcome), watch);
  }
}

void ClientChannel::waitToReceive(short events, TransferWatch& watch) {
  const auto limit = remainingOf(watch);
  const auto start = Clock::now();
  awaitReady(descriptor_, events, limit);
  watch.note(Clock::now() - start, 0);
}

void ClientChannel::waitToSend(short events, TransferWatch& watch) {
  // The kernel reports the socket writable only once a good part of a buffer of megabytes is free,
  // which may take a slow reader minutes. Acknowledged bytes show that it is reading.
  const auto limit = std::min<TransferWatch::Duration>(remainingOf(watch), kLook);
  const auto before = unacknowledged(descriptor_);
  const auto start = Clock::now();
  awaitReady(descriptor_, events, limit);
  const auto after = unacknowledged(descriptor_);
  watch.note(Clock::now() - start, before > after ? before - after : 0);
}

}  // namespace mediadock::http::guard
