#pragma once

/// \file
/// The faults that a test orders: slow calls, failing calls, and limits.

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

namespace mediadock {

/// One call, or every call, of an operation fails.
struct FaultRule {
  /// A provider call, or `read`, `write`, `commit` of a stream.
  std::string operation;
  /// Counted from 1 over the provider's life; absent: every call.
  std::optional<std::uint64_t> number;
  StorageErrc code = StorageErrc::Internal;

  friend bool operator==(const FaultRule&, const FaultRule&) = default;
};

struct FaultSettings {
  /// Before each call, those of streams included.
  std::chrono::milliseconds latency{0};
  std::vector<FaultRule> rules;
  /// The sum of all files' sizes, unfinished ones included, that the store takes.
  std::optional<std::uint64_t> capacityBytes;
  /// A read stream that has more ends with `Truncated` there.
  std::optional<std::uint64_t> cutReadAfterBytes;
  /// A write stream that is given more ends with `Connection` there.
  std::optional<std::uint64_t> cutWriteAfterBytes;

  bool isAny() const noexcept {
    return latency.count() > 0 || !rules.empty() || capacityBytes || cutReadAfterBytes ||
           cutWriteAfterBytes;
  }
};

/// Parses rules such as `openRead:3:unavailable,list:*:timeout`; empty text is no rule.
/// \throws StorageError `ConfigInvalid` naming `key`.
std::vector<FaultRule> parseFaultRules(std::string_view key, std::string_view text);

/// Delays calls and makes them fail, as the settings order. Safe to share between threads.
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
