#pragma once

/// \file
/// What a provider reports about a file or directory, and a page of a listing.

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

/// A point in time in UTC, with a resolution of microseconds.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A file or directory. Fields unknown to the storage stay empty; nothing is guessed.
struct Entry {
  StoragePath path;
  EntryKind kind = EntryKind::File;
  /// Bytes. Absent for a file if the storage does not report it; present for a directory only if
  /// the storage maintains a total.
  std::optional<std::uint64_t> size;
  std::optional<Timestamp> modifiedAt;
  /// Changes whenever the content may have changed.
  std::optional<ETag> etag;
  /// Media type as reported by the storage; empty if it reports none.
  std::string contentType;
  /// The storage's own ID of the object, which survives a move; empty if it has none.
  std::string fileId;

  bool isDirectory() const noexcept { return kind == EntryKind::Directory; }

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// One page of a listing.
struct ListPage {
  /// Direct children only, without the directory itself.
  std::vector<Entry> entries;
  /// Opaque; pass it to the next `list` call. Empty on the last page.
  std::string nextToken;
  /// One sentence for each entry whose description by the storage is unusable.
  std::vector<std::string> notes;
  /// Number of children that `entries` leaves out because their name is no valid `StoragePath` or
  /// they are neither file nor directory. A directory with such children is not empty.
  std::size_t omitted = 0;
};

/// Used and available space in bytes. Absent if unknown or unlimited.
struct Quota {
  std::optional<std::uint64_t> used;
  std::optional<std::uint64_t> available;
};

}  // namespace mediadock
