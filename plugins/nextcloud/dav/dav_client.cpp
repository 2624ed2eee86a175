#include "dav/dav_client.h"

#include "dav/dav_urls.h"
#include "dav/status_error.h"
#include "dav/status_page.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>

namespace mediadock::nextcloud {
namespace {

/// One response of `/status.php` serves all requests that hit the same condition.
constexpr std::chrono::seconds kStatusAge{1};
constexpr std::chrono::seconds kStatusWait{5};

}  // namespace

/// Without `OCS-APIRequest` Nextcloud may require a CSRF token.
DavClient::DavClient(const DavSettings& settings, const http_client::TimeSource& time)
    : http_client::StorageClient(
          settings, {{"OCS-APIRequest", "true"}},
          [plain = settings.rootSegments.size()](const std::vector<std::string>& segments) {
            return rootDepth(segments, plain);
          },
          time),
      statusTarget_(statusPageTarget(settings)),
      time_(time) {}

http_client::Verdict DavClient::classify(http_client::HttpResponse& refusal,
                                         const http_client::CallLimits& limits) {
  auto told = readRefusal(refusal, limits);
  told.isInMaintenance = told.status == 503 ? askMaintenance(limits) : std::nullopt;
  return {conditionOf(told), toFailure(DavCall::Discover, told), isPassing(told)};
}

/// Single-flight, so that a busy server does not get one more request per refusal. Returns nullopt,
/// without waiting, while another query is in flight.
std::optional<bool> DavClient::askMaintenance(const http_client::CallLimits& limits) {
  const std::unique_lock lock(statusMutex_, std::try_to_lock);
  if (!lock) {
    return std::nullopt;
  }
  const auto now = time_.now();
  if (now < statusAskedAt_ + kStatusAge) {
    return isInMaintenance_;
  }
  isInMaintenance_.reset();
  const auto end = std::min(limits.waitEnd(), http_client::CallLimits::Clock::now() + kStatusWait);
  try {
    const http_client::CallLimits few({.deadline = end, .cancellation = limits.stopToken()}, {},
                                      kStatusWait);
    auto response = probe(
        {.method = "GET", .target = statusTarget_, .isRepeatable = true, .sendsCredentials = false},
        few);
    if (response.status() == 200) {
      isInMaintenance_ = readMaintenance(response.text(http_client::kMaxErrorBodyBytes, few));
    }
  } catch (const StorageError&) {
    // The refusal itself has to suffice.
    limits.check();
  }
  statusAskedAt_ = now;
  return isInMaintenance_;
}

}  // namespace mediadock::nextcloud
