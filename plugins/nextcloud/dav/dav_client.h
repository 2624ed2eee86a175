#pragma once

/// \file
/// HTTP client for a WebDAV server; interprets its error responses.

#include "dav/dav_settings.h"
#include "http/client/storage_client.h"

#include <mutex>
#include <optional>
#include <string>

namespace mediadock {

class DavClient final : public StorageClient {
 public:
  explicit DavClient(const DavSettings& settings, const TimeSource& time = {});

 private:
  Verdict classify(HttpResponse& refusal, const CallLimits& limits) override;
  std::optional<bool> askMaintenance(const CallLimits& limits);

  std::string statusTarget_;
  TimeSource time_;
  std::mutex statusMutex_;
  // Guarded by statusMutex_.
  std::optional<bool> isInMaintenance_;
  CallLimits::Clock::time_point statusAskedAt_{};
};

}  // namespace mediadock
