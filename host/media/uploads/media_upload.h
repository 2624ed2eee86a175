#pragma once

/// \file
/// One upload of a file and its record.

#include "media/rules/upload_fields.h"
#include "mediadock/entry.h"
#include "records/media_record.h"
#include "records/unfinished_uploads.h"

#include <cstddef>
#include <optional>
#include <span>

namespace mediadock::media {

/// Takes the bytes. `commit` makes the file visible and its record ready, in this order: a pending
/// record, the storage's commit, the ready record. If destroyed before, it leaves neither file nor
/// record, except what a checkpoint covers. Not thread-safe; must not outlive the service.
class MediaUpload {
 public:
  virtual ~MediaUpload() = default;

  /// \throws RefusedType if the file's first bytes show a type that is not accepted; for a short
  ///   file, the other calls may throw it.
  virtual void write(std::span<const std::byte> bytes) = 0;

  /// Releases all buffers while other parts of the form are read.
  virtual void flush() = 0;

  /// Whether the upload can be suspended and resumed.
  virtual bool canSuspend() const = 0;

  /// Stores all that was written so that it survives this object, and returns the point to resume
  /// from. More may be written afterwards, but only what a checkpoint covers can be resumed.
  /// `Unsupported` if the upload cannot be suspended.
  virtual records::UploadCheckpoint suspend() = 0;

  /// Completes the upload with the final fields. `InvalidArgument` without a folder;
  /// `AlreadyExists` if the name is taken and `onConflict` is `Fail`. With `Rename` the record's
  /// path has the name that was free: `photo (2).jpg`.
  virtual records::MediaRecord commit(const UploadFields& fields) = 0;

  /// After the commit: the etag of the file that was replaced, if known without asking the storage.
  virtual std::optional<ETag> replaced() const = 0;
};

}  // namespace mediadock::media
