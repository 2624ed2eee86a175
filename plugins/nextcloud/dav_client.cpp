#include "dav_client.h"

#include "answer_head.h"
#include "dav_upload.h"
#include "mediadock/storage_error.h"
#include "redirect.h"
#include "status_error.h"
#include "status_page.h"
#include "tls_context.h"

#include <algorithm>
#include <array>

namespace mediadock {
namespace {

constexpr std::size_t kMaxDrainBytes = 65536;
constexpr int kMaxRedirects = 5;
/// One answer of `/status.php` serves all that meet the same trouble.
constexpr std::chrono::seconds kStatusAge{1};
constexpr std::chrono::seconds kStatusWait{5};

DavResponse readResponse(std::unique_ptr<SessionLease> lease, TrafficTicket& ticket,
                         const DavRequest& request, const CallLimits& limits) {
  auto head = readHead(lease->session(), limits);
  const auto encoding = head.field("Content-Encoding");
  if (!encoding.empty() && encoding != "identity" && !(request.takesGzip && encoding == "gzip")) {
    throw StorageError(StorageErrc::Protocol,
                       "the storage, or a proxy before it, sends a Content-Encoding unasked");
  }
  return {std::move(lease), std::move(ticket), std::move(head), request.method == "HEAD"};
}

/// What a failure means that came after the request was sent.
[[noreturn]] void rethrowAsUnknown(const StorageError& error) {
  auto failure = error.failure();
  failure.retry = Retry::OutcomeUnknown;
  throw StorageError(std::move(failure));
}

}  // namespace

DavResponse::DavResponse(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, HttpHead head,
                         bool isHeadRequest)
    : lease_(std::move(lease)),
      ticket_(std::move(ticket)),
      head_(std::move(head)),
      body_(head_, isHeadRequest),
      gzip_(head_.field("Content-Encoding") == "gzip" ? std::make_unique<GzipReader>() : nullptr) {}

DavResponse::~DavResponse() {
  giveBack();
}

void DavResponse::giveBack() noexcept {
  if (lease_ && body_.isAtEnd() && !body_.endsConnection() && head_.keepsConnection() &&
      lease_->session().buffered().empty()) {
    lease_->keep();
  }
  lease_.reset();
  ticket_.reset();
}

void DavResponse::hold(const CallLimits& limits) {
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
    // The status is known; a body that breaks off must not hide it.
    if (error.code() == StorageErrc::Cancelled) {
      throw;
    }
  }
  giveBack();
  held_ = std::move(body);
}

std::size_t DavResponse::read(std::span<std::byte> bytes, const CallLimits& limits) {
  if (held_) {
    const auto count = std::min(bytes.size(), held_->size());
    std::copy_n(reinterpret_cast<const std::byte*>(held_->data()), count, bytes.begin());
    held_->erase(0, count);
    return count;
  }
  const auto readBody = [&](std::span<std::byte> raw) {
    return body_.read(lease_->session(), raw, limits);
  };
  return gzip_ ? gzip_->read(bytes, readBody) : readBody(bytes);
}

bool DavResponse::awaitMore(CallLimits::Clock::time_point until, const CallLimits& limits) const {
  return held_ || body_.isAtEnd() || lease_->session().awaitBytes(until, limits);
}

std::optional<std::size_t> DavResponse::splice(int pipe, std::size_t most,
                                               const CallLimits& limits) {
  return held_ || gzip_ ? std::nullopt : body_.splice(lease_->session(), pipe, most, limits);
}

std::string DavResponse::text(std::size_t maxBytes, const CallLimits& limits) {
  if (held_) {
    return held_->substr(0, maxBytes);
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

void DavResponse::drain(const CallLimits& limits) noexcept {
  try {
    text(kMaxDrainBytes, limits);
  } catch (const std::exception&) {
    // The connection is closed then, which is all that is needed.
  }
}

bool DavResponse::isSlashRedirect(const std::string& target, const Origin& origin) const {
  return redirectTarget(head_, origin) == target + "/";
}

DavClient::DavClient(const NextcloudSettings& settings, const TimeSource& time)
    : origin_(settings.origin),
      authorization_(basicAuthorization(settings)),
      statusTarget_(statusPageTarget(settings)),
      retries_(settings.retries),
      time_(time),
      latch_(time),
      breaker_(settings.rootSegments.size(), time),
      traffic_(settings.maxConnections, time),
      patience_(time),
      pool_(settings, settings.origin.isTls ? makeTlsContext(settings) : nullptr) {}

DavResponse DavClient::send(const DavRequest& request, std::string_view body, TrafficTicket& ticket,
                            const CallLimits& limits) {
  const auto head = makeHead(request, body.size(), origin_, authorization_, limits.requestId());
  for (bool fresh = false;; fresh = true) {
    auto lease = pool_.acquire(fresh, limits);
    auto& session = lease->session();
    const bool mayRepeat = request.isRepeatable && lease->isReused();
    bool isSent = false;
    try {
      try {
        // A small body travels with its head, in one packet.
        const bool isSmall = body.size() <= 16384;
        session.send(isSmall ? head + std::string(body) : head, limits);
        session.send(isSmall ? std::string_view() : body, limits);
        isSent = true;
      } catch (const StorageError& error) {
        // A server may refuse a body early, answer, and close.
        if (error.code() != StorageErrc::Connection || mayRepeat) {
          throw;
        }
      }
      return readResponse(std::move(lease), ticket, request, limits);
    } catch (const StorageError& error) {
      if (mayRepeat && error.code() == StorageErrc::Connection) {
        continue;
      }
      if (isSent && !request.isRepeatable) {
        rethrowAsUnknown(error);
      }
      throw;
    }
  }
}

DavClient::Way DavClient::enter(const DavRequest& request, const CallLimits& limits) {
  limits.progress();
  patience_.await(limits);
  std::optional<Passage> login;
  if (request.sendsCredentials) {
    login.emplace(latch_.enter(limits));
  } else {
    latch_.check();
  }
  auto health = breaker_.enter(request.target, limits);
  auto ticket = traffic_.enter(limits);
  limits.progress();
  return {std::move(login), std::move(health), std::move(ticket)};
}

DavResponse DavClient::exchangeOnce(const DavRequest& request, std::string_view body,
                                    const CallLimits& limits) {
  auto way = enter(request, limits);
  const auto since = way.ticket.since();
  try {
    auto response = send(request, body, way.ticket, limits);
    learn(response, way, since, limits);
    return response;
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::Connection || error.code() == StorageErrc::Timeout) {
      breaker_.learn(way.health, Trouble::Gateway, error.failure());
    }
    throw;
  }
}

void DavClient::learn(DavResponse& response, Way& way, CallLimits::Clock::time_point since,
                      const CallLimits& limits) {
  auto trouble = Trouble::None;
  StorageFailure failure;
  if (response.status() >= 300 && response.status() != 304) {
    response.hold(limits);
    response.isInMaintenance_ = response.status() == 503 ? askMaintenance(limits) : std::nullopt;
    const auto refusal = readRefusal(response, limits);
    trouble = troubleOf(refusal);
    failure = toFailure(DavCall::Discover, refusal);
  }
  if (way.login) {
    LoginLatch::learn(*way.login, trouble, failure);
  }
  breaker_.learn(way.health, trouble, failure);
  if (trouble == Trouble::Throttled || trouble == Trouble::Overload) {
    traffic_.lower(since);
    patience_.rest(failure.retryAfter.value_or(std::chrono::seconds(0)), failure);
  }
}

/// Asked for all at once, lest a busy server is asked once more by each that it refused; nobody
/// waits for another's asking.
std::optional<bool> DavClient::askMaintenance(const CallLimits& limits) {
  const std::unique_lock lock(statusMutex_, std::try_to_lock);
  if (!lock) {
    return std::nullopt;
  }
  const auto now = time_.now();
  if (now < statusAskedAt_ + kStatusAge) {
    return isInMaintenance_;
  }
  isInMaintenance_.reset();
  const auto end = std::min(limits.waitEnd(), CallLimits::Clock::now() + kStatusWait);
  try {
    const CallLimits few({.deadline = end, .cancellation = limits.stopToken()}, {}, kStatusWait);
    TrafficTicket ticket = traffic_.enter(few);
    auto response = send(
        {.method = "GET", .target = statusTarget_, .isRepeatable = true, .sendsCredentials = false},
        {}, ticket, few);
    if (response.status() == 200) {
      isInMaintenance_ = readMaintenance(response.text(kMaxErrorBodyBytes, few));
    }
  } catch (const StorageError&) {
    // Then the refusal's own words have to do.
    limits.check();
  }
  statusAskedAt_ = now;
  return isInMaintenance_;
}

/// Up to five redirects of a read; a change is never sent to where it was not meant to go.
DavResponse DavClient::follow(DavRequest request, std::string_view body, const CallLimits& limits) {
  for (int hop = 0;; ++hop) {
    auto response = exchangeOnce(request, body, limits);
    auto target = redirectTarget(response.head(), origin_);
    const bool isFollowed = hop < kMaxRedirects && target && isRead(request) &&
                            (request.followsSlash || *target != request.target + "/");
    if (!isFollowed) {
      return response;
    }
    request.target = std::move(*target);
  }
}

bool DavClient::maySendAgain(const DavRequest& request, DavResponse& response,
                             const CallLimits& limits) {
  if (response.status() < 400) {
    return false;
  }
  const auto refusal = readRefusal(response, limits);
  const auto rest = parseRetryAfter(refusal.retryAfter, std::chrono::system_clock::now());
  // What cannot be read today cannot be read in a moment either; a change may meet another's.
  const bool mayPass = isPassing(refusal) || (refusal.status == 500 && !isRead(request));
  return mayPass && (!rest || *rest <= Patience::kLongestRest);
}

DavResponse DavClient::exchange(const DavRequest& request, std::string_view body,
                                const CallLimits& limits) {
  for (unsigned attempt = 0;; ++attempt) {
    const auto pause = patience_.pause(attempt);
    const auto mayWait = [&] {
      return request.isRepeatable && attempt < retries_ &&
             CallLimits::Clock::now() + pause < limits.waitEnd();
    };
    try {
      auto response = follow(request, body, limits);
      if (!mayWait() || !maySendAgain(request, response, limits)) {
        return response;
      }
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Connection || !mayWait()) {
        throw;
      }
    }
    limits.pause(pause);
  }
}

DavUpload DavClient::startUpload(const DavRequest& request, std::uint64_t size,
                                 const CallLimits& limits) {
  auto way = enter(request, limits);
  auto lease = pool_.acquire(true, limits);
  lease->session().send(makeHead(request, size, origin_, authorization_, limits.requestId()),
                        limits);
  return {std::move(lease), std::move(way.ticket), size};
}

}  // namespace mediadock
