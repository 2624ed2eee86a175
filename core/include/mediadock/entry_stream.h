#pragma once

/// \file
/// Listing a directory as the storage tells of it.

#include "mediadock/call_context.h"
#include "mediadock/entry.h"
#include "mediadock/export.h"

#include <cstddef>
#include <vector>

namespace mediadock {

/// The direct children of a directory, each once, in the storage's own order. Belongs to one thread
/// at a time, and ends what it asked of the storage when it is destroyed. It may outlive neither
/// the library it came from (the host sees to that) nor its provider.
class MEDIADOCK_CORE_EXPORT IEntryStream {
 public:
  virtual ~IEntryStream();

  /// Puts what comes next in place of what `entries` holds: what has arrived, or else what arrives
  /// first. Where nothing does until `until`, it returns with nothing; a storage that cannot wait
  /// by the clock may take longer. Returns whether more may come. Memory is that of a few entries,
  /// or of a page, however large the directory; some bytes for each of them at the most.
  /// \throws StorageError `Truncated` where the listing breaks off, `Timeout` after the idle limit,
  ///   `Cancelled`, `Connection`. The first call may throw what `IStorageProvider::openList` may.
  virtual bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) = 0;

  /// How many children so far were left out, as `ListPage::omitted`. By default none.
  virtual std::size_t omitted() const;
};

}  // namespace mediadock
