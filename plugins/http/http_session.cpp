#include "http/http_session.h"

#include "mediadock/storage_error.h"

#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace mediadock::http_client {
namespace {

using Poco::Net::SecureStreamSocket;

constexpr std::size_t kBufferBytes = 32768;
constexpr std::size_t kMaxStepBytes = 1U << 20U;

[[noreturn]] void fail(StorageErrc code, const std::string& message) {
  throw StorageError({.code = code, .message = message, .retry = Retry::Safe});
}

/// Poco distinguishes TLS failures by exception type, not by error code.
[[noreturn]] void failTls(const Poco::Exception& error) {
  fail(StorageErrc::Tls, "the server's TLS cannot be trusted or used: " + error.displayText());
}

Poco::Net::HostEntry::AddressList resolve(const std::string& host) {
  // Poco would do a reverse lookup of an IP address, which is not needed and may take long.
  if (Poco::Net::IPAddress literal; Poco::Net::IPAddress::tryParse(host, literal)) {
    return {literal};
  }
  try {
    return Poco::Net::DNS::resolve(host).addresses();
  } catch (const Poco::Exception& error) {
    fail(StorageErrc::Connection, "cannot resolve the host '" + host + "': " + error.displayText());
  }
}

}  // namespace

HttpSession::HttpSession(Origin origin, Poco::Net::Context::Ptr tls,
                         Poco::Net::Session::Ptr resumed)
    : origin_(std::move(origin)),
      tls_(std::move(tls)),
      resumed_(std::move(resumed)) {}

/// Returns false if `end` comes first.
bool HttpSession::awaitReady(short events, CallLimits::Clock::time_point end,
                             const CallLimits& limits) const {
  for (;;) {
    limits.check();
    if (isInterrupted_) {
      fail(StorageErrc::Cancelled, "the call was cancelled");
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - CallLimits::Clock::now());
    constexpr std::chrono::milliseconds kLongest{1000};
    const auto wait = std::clamp(left, std::chrono::milliseconds(0), kLongest);
    pollfd wanted{descriptor_, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(wait.count()));
    if (ready > 0) {
      limits.check();
      return true;
    }
    if (ready < 0 && errno != EINTR) {
      fail(StorageErrc::Connection, std::string("poll: ") + std::strerror(errno));
    }
    if (left.count() <= 0) {
      return false;
    }
  }
}

void HttpSession::await(short events, CallLimits::Clock::time_point end,
                        const CallLimits& limits) const {
  if (!awaitReady(events, end, limits)) {
    fail(StorageErrc::Timeout, "the storage did not answer in time");
  }
}

bool HttpSession::awaitBytes(CallLimits::Clock::time_point until, const CallLimits& limits) const {
  return !buffered().empty() || (secure_ && secure_->available() > 0) ||
         awaitReady(POLLIN, until, limits);
}

void HttpSession::connectTo(const Poco::Net::SocketAddress& address,
                            CallLimits::Clock::time_point end, const CallLimits& limits) {
  {
    const std::lock_guard lock(descriptorMutex_);
    secure_.reset();
    socket_ = Poco::Net::StreamSocket(address.family());
    descriptor_ = socket_.impl()->sockfd();
  }
  socket_.connectNB(address);
  await(POLLOUT, end, limits);
  if (const int error = socket_.impl()->socketError(); error != 0) {
    fail(StorageErrc::Connection,
         "cannot connect to " + origin_.authority() + ": " + std::strerror(error));
  }
  socket_.setBlocking(false);
  socket_.setNoDelay(true);
}

void HttpSession::connect(std::chrono::milliseconds timeout, const CallLimits& limits) {
  const auto addresses = resolve(origin_.host);
  std::optional<StorageError> last;
  for (const auto& address : addresses) {
    const auto end = std::min(limits.waitEnd(), CallLimits::Clock::now() + timeout);
    try {
      connectTo(Poco::Net::SocketAddress(address, origin_.port), end, limits);
      if (origin_.isTls) {
        shakeHands(end, limits);
      }
      return;
    } catch (const Poco::Exception& error) {
      last = StorageError(
          {.code = StorageErrc::Connection,
           .message = "cannot connect to " + origin_.authority() + ": " + error.displayText(),
           .retry = Retry::Safe});
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Connection && error.code() != StorageErrc::Timeout) {
        throw;
      }
      limits.check();
      last = error;
    }
  }
  if (last) {
    throw StorageError(*last);
  }
  fail(StorageErrc::Connection, "the host '" + origin_.host + "' has no address");
}

void HttpSession::shakeHands(CallLimits::Clock::time_point end, const CallLimits& limits) {
  try {
    secure_ = resumed_ ? SecureStreamSocket::attach(socket_, origin_.host, tls_, resumed_)
                       : SecureStreamSocket::attach(socket_, origin_.host, tls_);
    for (;;) {
      const int state = secure_->completeHandshake();
      if (state == SecureStreamSocket::ERR_SSL_WANT_READ) {
        await(POLLIN, end, limits);
      } else if (state == SecureStreamSocket::ERR_SSL_WANT_WRITE) {
        await(POLLOUT, end, limits);
      } else if (state > 0) {
        break;
      } else {
        fail(StorageErrc::Tls, "the server ended the TLS handshake");
      }
    }
    secure_->verifyPeerCertificate();
  } catch (const Poco::Exception& error) {
    failTls(error);
  }
}

void HttpSession::send(std::string_view bytes, const CallLimits& limits) {
  isAnswerDue_ = true;
  limits.progress();
  while (!bytes.empty()) {
    const auto end = limits.waitEnd();
    limits.check();
    const auto sent = sendSome(bytes.substr(0, kMaxStepBytes), limits);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      limits.progress();
    } else {
      const bool wantsRead = secure_ && sent == SecureStreamSocket::ERR_SSL_WANT_READ;
      await(wantsRead ? POLLIN : POLLOUT, end, limits);
    }
  }
}

/// Returns 0 or less if nothing can be sent now.
int HttpSession::sendSome(std::string_view bytes, const CallLimits& limits) {
  const int size = static_cast<int>(bytes.size());
  std::string cause;
  try {
    if (secure_) {
      return secure_->sendBytes(bytes.data(), size);
    }
    // Poco's socket reports a full send buffer as a timeout.
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0 || errno == EAGAIN || errno == EINTR) {
      return static_cast<int>(sent);
    }
    cause = std::strerror(errno);
  } catch (const Poco::Exception& error) {
    cause = error.displayText();
  }
  limits.check();
  fail(StorageErrc::Connection, "the connection broke while sending: " + cause);
}

std::size_t HttpSession::receiveSome(char* bytes, std::size_t size, const CallLimits& limits) {
  const auto end = limits.waitEnd();
  if (std::exchange(isAnswerDue_, false) && !secure_) {
    await(POLLIN, end, limits);
  }
  for (;;) {
    int received = 0;
    try {
      limits.check();
      const int most = static_cast<int>(std::min(size, kMaxStepBytes));
      received = secure_ ? secure_->receiveBytes(bytes, most) : socket_.receiveBytes(bytes, most);
    } catch (const Poco::Exception& error) {
      // Over TLS, an end without close_notify is caught here: it may be a truncation.
      limits.check();
      fail(StorageErrc::Connection, "the connection broke while reading: " + error.displayText());
    }
    if (received >= 0) {
      limits.check();
      return static_cast<std::size_t>(received);
    }
    const bool wantsWrite = secure_ && received == SecureStreamSocket::ERR_SSL_WANT_WRITE;
    await(wantsWrite ? POLLOUT : POLLIN, end, limits);
  }
}

bool HttpSession::fill(const CallLimits& limits) {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  buffer_.resize(std::max(buffer_.size(), end_ + kBufferBytes));
  const auto received = receiveSome(buffer_.data() + end_, kBufferBytes, limits);
  end_ += received;
  return received > 0;
}

std::string_view HttpSession::buffered() const noexcept {
  return {buffer_.data() + begin_, end_ - begin_};
}

std::size_t HttpSession::receive(std::span<std::byte> bytes, const CallLimits& limits) {
  if (buffered().empty()) {
    return receiveSome(reinterpret_cast<char*>(bytes.data()), bytes.size(), limits);
  }
  const auto count = std::min(bytes.size(), buffered().size());
  std::memcpy(bytes.data(), buffered().data(), count);
  consume(count);
  return count;
}

std::optional<std::size_t> HttpSession::splice(int pipe, std::size_t most,
                                               const CallLimits& limits) {
  if (secure_ || !buffered().empty()) {
    return std::nullopt;
  }
  const auto end = limits.waitEnd();
  for (;;) {
    limits.check();
    const auto moved = ::splice(descriptor_, nullptr, pipe, nullptr, std::min(most, kMaxStepBytes),
                                SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    if (moved >= 0) {
      // An interrupted call looks like the end of the connection.
      limits.check();
      return static_cast<std::size_t>(moved);
    }
    if (errno == EAGAIN) {
      await(POLLIN, end, limits);
    } else if (errno != EINTR) {
      const std::string cause = std::strerror(errno);
      limits.check();
      fail(StorageErrc::Connection, "the connection broke while reading: " + cause);
    }
  }
}

void HttpSession::interrupt() noexcept {
  isInterrupted_ = true;
  const std::lock_guard lock(descriptorMutex_);
  if (descriptor_ >= 0) {
    ::shutdown(descriptor_, SHUT_RDWR);
  }
}

Poco::Net::Session::Ptr HttpSession::tlsSession() {
  return secure_ ? secure_->currentSession() : nullptr;
}

bool HttpSession::isQuiet() const {
  pollfd wanted{descriptor_, POLLIN, 0};
  return buffered().empty() && ::poll(&wanted, 1, 0) == 0;
}

}  // namespace mediadock::http_client
