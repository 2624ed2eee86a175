#pragma once

/// \file
/// The trouble that a test can order.

#include "mediadock/storage_error.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
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

}  // namespace mediadock
