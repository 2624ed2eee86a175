#include "http/client/http_response.h"

#include "http/redirect.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mediadock::http_client {
namespace {

constexpr std::size_t kMaxHeadBytes = 65536;
constexpr int kMaxInterimAnswers = 20;
constexpr std::size_t kMaxDrainBytes = 65536;

std::string_view awaitHead(HttpSession& session, const CallLimits& limits) {
  for (;;) {
    const auto text = session.buffered();
    if (const auto end = text.find("\r\n\r\n"); end != std::string_view::npos) {
      return text.substr(0, end);
    }
    if (text.size() > kMaxHeadBytes) {
      throw StorageError(StorageErrc::Protocol, "the head of the storage's answer is too long");
    }
    if (!session.fill(limits)) {
      throw StorageError({.code = StorageErrc::Connection,
                          .message = "the storage closed the connection without an answer",
                          .retry = Retry::Safe});
    }
  }
}

}  // namespace

HttpHead readHead(HttpSession& session, const CallLimits& limits) {
  for (int i = 0; i < kMaxInterimAnswers; ++i) {
    const auto text = awaitHead(session, limits);
    auto head = parseHttpHead(text);
    session.consume(text.size() + 4);
    if (head.status == 101) {
      throw StorageError(StorageErrc::Protocol, "the storage switches protocols unasked");
    }
    if (head.status >= 200) {
      return head;
    }
    limits.progress();
  }
  throw StorageError(StorageErrc::Protocol, "the storage never comes to an answer");
}

HttpResponse::HttpResponse(std::unique_ptr<SessionLease> lease, ConcurrencyPermit permit,
                           HttpHead head, bool isHeadRequest)
    : lease_(std::move(lease)),
      permit_(std::move(permit)),
      head_(std::move(head)),
      body_(head_, isHeadRequest),
      gzip_(head_.field("Content-Encoding") == "gzip" ? std::make_unique<GzipReader>() : nullptr) {}

HttpResponse::~HttpResponse() {
  giveBack();
}

void HttpResponse::giveBack() noexcept {
  if (lease_ && body_.isAtEnd() && !body_.endsConnection() && head_.keepsConnection() &&
      lease_->session().buffered().empty()) {
    lease_->keep();
  }
  lease_.reset();
  permit_.reset();
}

void HttpResponse::bufferErrorBody(const CallLimits& limits) {
  std::string body;
  std::array<std::byte, 4096> block{};
  try {
    while (body.size() < kMaxErrorBodyBytes) {
      const auto count = read(block, limits);
      if (count == 0) {
        break;
      }
      body.append(reinterpret_cast<const char*>(block.data()), count);
    }
  } catch (const StorageError& error) {
    // The status is known; an incomplete body must not hide it.
    if (error.code() == StorageErrc::Cancelled) {
      throw;
    }
  }
  giveBack();
  errorBody_ = std::move(body);
}

std::size_t HttpResponse::read(std::span<std::byte> bytes, const CallLimits& limits) {
  if (errorBody_) {
    const auto count = std::min(bytes.size(), errorBody_->size());
    std::copy_n(reinterpret_cast<const std::byte*>(errorBody_->data()), count, bytes.begin());
    errorBody_->erase(0, count);
    return count;
  }
  const auto readBody = [&](std::span<std::byte> raw) {
    return body_.read(lease_->session(), raw, limits);
  };
  return gzip_ ? gzip_->read(bytes, readBody) : readBody(bytes);
}

bool HttpResponse::awaitMore(CallLimits::Clock::time_point until, const CallLimits& limits) const {
  return errorBody_ || body_.isAtEnd() || lease_->session().awaitBytes(until, limits);
}

std::optional<std::size_t> HttpResponse::splice(int pipe, std::size_t most,
                                                const CallLimits& limits) {
  return errorBody_ || gzip_ ? std::nullopt : body_.splice(lease_->session(), pipe, most, limits);
}

std::string HttpResponse::text(std::size_t maxBytes, const CallLimits& limits) {
  if (errorBody_) {
    return errorBody_->substr(0, maxBytes);
  }
  std::string result;
  std::array<std::byte, 4096> block{};
  while (result.size() < maxBytes) {
    const auto count = read(block, limits);
    if (count == 0) {
      break;
    }
    result.append(reinterpret_cast<const char*>(block.data()), count);
  }
  result.resize(std::min(result.size(), maxBytes));
  return result;
}

void HttpResponse::drain(const CallLimits& limits) noexcept {
  try {
    text(kMaxDrainBytes, limits);
  } catch (const std::exception&) {
    // The connection is closed in this case; nothing else is needed.
  }
}

bool HttpResponse::isSlashRedirect(const std::string& target, const Origin& origin) const {
  return redirectTarget(head_, origin) == target + "/";
}

}  // namespace mediadock::http_client
