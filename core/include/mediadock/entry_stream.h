#pragma once

/// \file
/// Reads a directory listing as a stream.

#include "mediadock/call_context.h"
#include "mediadock/entry.h"
#include "mediadock/export.h"

#include <cstddef>
#include <vector>

namespace mediadock {

/// The direct children of a directory, each once, in the storage's own order. Not thread-safe.
/// Destroying it ends its requests to the storage. It must not outlive its provider or the library
/// that it comes from (the host ensures the latter).
class MEDIADOCK_CORE_EXPORT IEntryStream {
 public:
  virtual ~IEntryStream();

  /// Replaces the content of `entries` with the next ones: those that have arrived, otherwise the
  /// first to arrive. `entries` is empty if none arrives before `until`; a storage that cannot wait
  /// with a time limit may take longer. Returns whether there may be more. Memory use is that of a
  /// few entries or one page, plus at most some bytes per entry, however large the directory.
  /// \throws StorageError `Truncated` if the listing is incomplete, `Timeout` after the idle limit,
  ///   `Cancelled`, `Connection`. The first call may throw whatever `IStorageProvider::openList`
  ///   may throw.
  virtual bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) = 0;

  /// Number of children left out so far, as in `ListPage::omitted`. By default 0.
  virtual std::size_t omitted() const;
};

}  // namespace mediadock
