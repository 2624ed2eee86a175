#pragma once

/// \file
/// What a client says of a file that it sends.

#include "mediadock/entry.h"
#include "records/media_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// What to do where the name is taken.
enum class OnConflict { Rename, Replace, Fail };

/// What comes with a file. Absent or empty: not given.
struct UploadFields {
  /// Destination folder.
  std::optional<StoragePath> folder;
  OnConflict onConflict = OnConflict::Rename;
  std::string customerId;
  std::string orderId;
  /// Absent: told by the destination's last folder (`Sent Media`, `Received Media`, `Internal`).
  std::optional<Direction> direction;
  std::vector<std::string> tags;
  std::string uploadedBy;
  /// Lower-case hex; checked before the file becomes visible (`ChecksumMismatch`).
  std::string sha256;
  /// Of a repeatable upload; see `RepeatableUpload::id`.
  std::string uploadId;
  /// What the client says the media type is; held against what the name says and the bytes are.
  std::string declaredType;
  /// Replace only this version; goes with `OnConflict::Replace`.
  std::optional<ETag> ifMatch;
  /// The exact number of bytes to come, where the form tells it before the file; it lets a storage
  /// without a chunk protocol stream instead of spooling.
  std::optional<std::uint64_t> size;
  /// The file's own time, given to the storage where it can keep it and the time can be true: not
  /// of the first day of 1970 or before, as by clocks that were never set, nor more than a day
  /// ahead.
  std::optional<Timestamp> modifiedAt;
  /// The id of the record; empty: a new one.
  std::string recordId;
  /// It may be suspended before it is whole.
  bool mayBeSuspended = false;
  /// Folder and conflict rule will be the same at the commit. Without it the bytes wait in the
  /// spool for a storage that has to know them first.
  bool isTargetFinal = false;
};

}  // namespace mediadock
