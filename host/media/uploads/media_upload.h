#pragma once

/// \file
/// One file on its way into the storage, with its record.

#include "media/rules/upload_fields.h"
#include "mediadock/entry.h"
#include "records/media_record.h"
#include "records/unfinished_uploads.h"

#include <cstddef>
#include <optional>
#include <span>

namespace mediadock {

/// Takes the bytes, and at `commit` makes the file visible and its record ready, in this order: a
/// pending record, the storage's commit, the ready record. Destroying it before leaves neither file
/// nor record, but what a checkpoint counts. Belongs to one thread at a time; may not outlive the
/// service.
class MediaUpload {
 public:
  virtual ~MediaUpload() = default;

  /// \throws RefusedType where the file's first bytes show a type that is not taken; so do the
  ///   other calls, for a short file.
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
