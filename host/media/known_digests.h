#pragma once

/// \file
/// The digests of files, taken from their records.

#include "media/types/version_memo.h"
#include "mediadock/entry.h"

#include <chrono>
#include <string>

namespace mediadock::records {
class IRecordStore;
}  // namespace mediadock::records

namespace mediadock::media {

/// Queries the records once for each version of a file. All calls may run concurrently.
class KnownDigests {
 public:
  /// Borrows the records for its lifetime.
  explicit KnownDigests(records::IRecordStore& records) : records_(records) {}

  /// The SHA-256 of this version of a file, in hex; empty if its record does not have it, or the
  /// version has no etag. A missing one is looked up again after a few seconds.
  /// \throws StorageError of the record store.
  std::string sha256Of(const Entry& file);

 private:
  struct Known {
    std::string sha256;
    std::chrono::steady_clock::time_point askedAt;
  };

  records::IRecordStore& records_;
  VersionMemo<Known> memo_;
};

}  // namespace mediadock::media
