#pragma once

/// \file
/// HTTP client for a WebDAV server; interprets its error responses.

#include "dav/dav_settings.h"
#include "http/client/storage_client.h"

#include <mutex>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

class DavClient final : public http_client::StorageClient {
 public:
  explicit DavClient(const DavSettings& settings, const http_client::TimeSource& time = {});

 private:
  http_client::Verdict classify(http_client::HttpResponse& refusal,
                                const http_client::CallLimits& limits) override;
  std::optional<bool> askMaintenance(const http_client::CallLimits& limits);

  std::string statusTarget_;
  http_client::TimeSource time_;
  std::mutex statusMutex_;
  // Guarded by statusMutex_.
  std::optional<bool> isInMaintenance_;
  http_client::CallLimits::Clock::time_point statusAskedAt_{};
};

}  // namespace mediadock::nextcloud
