#pragma once

/// \file
/// State of a plugin's provider that is shared by its guard and its streams.

#include "mediadock/storage_provider.h"
#include "storage/boundary/plugin_call.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace mediadock::storage {

/// How many changes through a plugin have begun and ended.
struct Changes {
  std::atomic<std::uint64_t> begun = 0;
  std::atomic<std::uint64_t> ended = 0;
};

/// One change, from construction to destruction.
class ChangeInFlight {
 public:
  explicit ChangeInFlight(Changes& changes)
      : changes_(changes),
        ended_(changes.ended),
        begun_(++changes.begun) {}

  ~ChangeInFlight() { ++changes_.ended; }

  ChangeInFlight(const ChangeInFlight&) = delete;
  ChangeInFlight& operator=(const ChangeInFlight&) = delete;
  ChangeInFlight(ChangeInFlight&&) = delete;
  ChangeInFlight& operator=(ChangeInFlight&&) = delete;

  /// Whether no other change has overlapped with this one so far.
  bool isAlone() const { return changes_.begun == begun_ && ended_ + 1 == begun_; }

 private:
  Changes& changes_;
  const std::uint64_t ended_;
  const std::uint64_t begun_;
};

struct PluginBoundary {
  const std::string name;
  const std::shared_ptr<IStorageProvider> provider;
  Changes changes;
  /// Whether a commit was verified to have done what it reported. Until then each one is verified.
  std::atomic<bool> isCommitProven = false;

  /// Whether a response about `got` is acceptable for a request about `asked`; see `isSpellingOf`.
  bool mayAnswerFor(const PluginCall& call, const StoragePath& got, const StoragePath& asked) const;

  /// Checks an entry returned for `asked`; see `checkEntry`.
  void check(const PluginCall& call, Entry& entry, const StoragePath& asked) const;
};

}  // namespace mediadock::storage
