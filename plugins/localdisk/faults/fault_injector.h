#pragma once

/// \file
/// Injects faults for tests: slow calls, failing calls, and limits.

#include "calls/call.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::localdisk {

/// Makes one call, or every call, of an operation fail.
struct FaultRule {
  /// A provider call, or `read`, `write`, `commit` of a stream.
  std::string operation;
  /// Counted from 1 over the provider's life; absent: every call.
  std::optional<std::uint64_t> number;
  StorageErrc code = StorageErrc::Internal;

  friend bool operator==(const FaultRule&, const FaultRule&) = default;
};

struct FaultSettings {
  /// Delay before each call, including those of streams.
  std::chrono::milliseconds latency{0};
  std::vector<FaultRule> rules;
  /// Capacity: the total size of all files, including unfinished ones.
  std::optional<std::uint64_t> capacityBytes;
  /// A longer read stream fails with `Truncated` at this point.
  std::optional<std::uint64_t> cutReadAfterBytes;
  /// A longer write stream fails with `Connection` at this point.
  std::optional<std::uint64_t> cutWriteAfterBytes;

  bool isAny() const noexcept {
    return latency.count() > 0 || !rules.empty() || capacityBytes || cutReadAfterBytes ||
           cutWriteAfterBytes;
  }
};

/// Parses rules such as `openRead:3:unavailable,list:*:timeout`; an empty text has no rules.
/// \throws StorageError `ConfigInvalid` naming `key`.
std::vector<FaultRule> parseFaultRules(std::string_view key, std::string_view text);

/// Delays calls and makes them fail according to the settings. Thread-safe.
class FaultInjector {
 public:
  explicit FaultInjector(FaultSettings settings) : settings_(std::move(settings)) {}

  const FaultSettings& settings() const noexcept { return settings_; }

  /// Call at the start of each operation: waits for the latency (cancellation, shutdown and
  /// deadline end the wait early), and throws if a rule applies.
  void begin(const Call& call);

 private:
  void wait(const Call& call) const;
  std::uint64_t count(const std::string& operation);

  const FaultSettings settings_;
  std::mutex mutex_;
  /// Guarded by mutex_.
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace mediadock::localdisk
