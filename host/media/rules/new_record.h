#pragma once

/// \file
/// Makes records from what a caller says and what the file's name tells.

#include "media/rules/upload_fields.h"
#include "records/media_record.h"

#include <optional>
#include <string>

namespace mediadock {

/// A record to be added by itself, for a file that is already in the storage.
struct NewRecord {
  StoragePath path;
  UploadFields fields;
};

/// \throws StorageError `InvalidArgument` for text that is not UTF-8 or has a control character,
///   for texts and tags beyond the limits of a `MediaRecord`, for a `sha256` that is none, and for
///   `ifMatch` without `OnConflict::Replace`.
void checkFields(const UploadFields& fields);

/// As `checkFields`, for the fields that are set.
void checkPatch(const RecordPatch& patch);

std::string newRecordId();

/// `Sent Media`, `Received Media` and `Internal`, as the last folder, tell the direction.
std::optional<Direction> directionOf(const StoragePath& folder);

/// A record with the fields' id or a new one, created now, of the file at `path`; size and etag are
/// not known yet.
MediaRecord makeRecord(const StoragePath& path, const UploadFields& fields);

/// Takes over what the storage says of the file: its version, and its path, for a storage may keep
/// another Unicode form of a name than it was given, and lists only that.
void takeOver(const Entry& entry, MediaRecord& record);

}  // namespace mediadock
