#pragma once

/// \file
/// The locks that running transfers hold on files.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace mediadock::scripted {

/// Shared locks of readers and exclusive locks of writers, by tree path. Thread-safe; locks may
/// outlive the table.
class LockTable final {
 public:
  /// Held as long as it lives.
  using Lock = std::shared_ptr<void>;

  /// Null if anybody else has a lock on `path`.
  Lock tryExclusive(const std::string& path);

  /// Null if a writer has `path`.
  Lock tryShared(const std::string& path);

  /// The first path with any lock among `path` and all below it.
  std::optional<std::string> findWithin(const std::string& path) const;

  /// The first path with a writer among `path` and all below it.
  std::optional<std::string> findWriterWithin(const std::string& path) const;

 private:
  struct State {
    std::mutex mutex;
    /// Number of readers, or -1 for a writer; guarded by `mutex`.
    std::map<std::string, int> holders;
  };

  Lock hold(const std::string& path) const;

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace mediadock::scripted
