#pragma once

/// \file
/// One file on its way into the storage, with its record.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/media_record.h"
#include "records/unfinished_uploads.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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

/// Takes the bytes, and at `commit` makes the file visible and its record ready, in this order: a
/// pending record, the storage's commit, the ready record. Destroying it before leaves neither file
/// nor record, but what a checkpoint counts. Belongs to one thread at a time; may not outlive the
/// service.
class MediaUpload {
 public:
  virtual ~MediaUpload() = default;

  /// \throws RefusedType where the file's first bytes show a type that is not taken; so do the
  /// other
  ///   calls, for a short file.
  virtual void write(std::span<const std::byte> bytes) = 0;

  /// Keeps nothing in memory while other parts of the form are read.
  virtual void flush() = 0;

  /// Whether the upload can be gone on with after it was suspended.
  virtual bool canSuspend() const = 0;

  /// Hands over all that was written, to stay when this object is destroyed, and tells how another
  /// one goes on from here. More may be written afterwards; only what a checkpoint counts can be
  /// gone on with. `Unsupported` where it cannot be suspended.
  virtual UploadCheckpoint suspend() = 0;

  /// Finishes with all that is now known. `InvalidArgument` without a folder; `AlreadyExists` where
  /// the name is taken and `onConflict` is `Fail`. With `Rename` the record's path tells the name
  /// that was free: `photo (2).jpg`.
  virtual MediaRecord commit(const UploadFields& fields) = 0;

  /// Once committed: the etag of what was replaced, as far as it is known without asking the
  /// storage.
  virtual std::optional<ETag> replaced() const = 0;
};

}  // namespace mediadock
