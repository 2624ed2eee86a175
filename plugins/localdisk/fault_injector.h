#pragma once

/// \file
/// Delays calls and makes them fail, as the settings order.

#include "call.h"
#include "fault_settings.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace mediadock {

/// Safe to share between threads.
class FaultInjector {
 public:
  explicit FaultInjector(FaultSettings settings) : settings_(std::move(settings)) {}

  const FaultSettings& settings() const noexcept { return settings_; }

  /// To be asked at the start of each call: waits, ended early by cancellation, shutdown and
  /// deadline, and throws where a rule is due.
  void begin(const Call& call);

 private:
  void wait(const Call& call) const;
  std::uint64_t count(const std::string& operation);

  const FaultSettings settings_;
  std::mutex mutex_;
  /// Guarded by mutex_.
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace mediadock
