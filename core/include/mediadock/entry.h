#pragma once

/// \file
/// What a provider says about one file or directory, and about a page of them.

#include "mediadock/etag.h"
#include "mediadock/storage_path.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

enum class EntryKind { File, Directory };

/// A point in time as storages and records keep it: UTC, microseconds.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A file or directory. Fields the storage does not know stay empty; none is guessed.
struct Entry {
  StoragePath path;
  EntryKind kind = EntryKind::File;
  /// Bytes. Absent for a file whose size the storage does not say; for a directory known only where
  /// the storage keeps a total.
  std::optional<std::uint64_t> size;
  std::optional<Timestamp> modifiedAt;
  /// Changes whenever the content may have changed.
  std::optional<ETag> etag;
  /// Media type as the storage says; empty where it does not.
  std::string contentType;
  /// The storage's own identity of the object, kept over moves; empty where it has none.
  std::string fileId;

  bool isDirectory() const noexcept { return kind == EntryKind::Directory; }

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// One page of a listing.
struct ListPage {
  /// Direct children only, the directory itself not among them.
  std::vector<Entry> entries;
  /// Opaque; hand it to the next `list` call. Empty at the end.
  std::string nextToken;
  /// One sentence for each entry that the storage described in a way that cannot be used.
  std::vector<std::string> notes;
  /// How many children exist that `entries` leaves out: their names are no `StoragePath`, or they
  /// are neither file nor directory. A directory that has any is not empty.
  std::size_t omitted = 0;
};

/// How much room there is, in bytes. Unknown or unlimited is absent.
struct Quota {
  std::optional<std::uint64_t> used;
  std::optional<std::uint64_t> available;
};

}  // namespace mediadock
