#pragma once

/// \file
/// Creates records from the caller's fields and the file's name.

#include "media/rules/upload_fields.h"
#include "records/media_record.h"

#include <optional>
#include <string>

namespace mediadock::media {

/// A record to be added for a file that is already in the storage.
struct NewRecord {
  StoragePath path;
  UploadFields fields;
};

/// \throws StorageError `InvalidArgument` for text that is not UTF-8 or has a control character,
///   for texts and tags beyond the limits of a `MediaRecord`, for an invalid `sha256`, and for
///   `ifMatch` without `OnConflict::Replace`.
void checkFields(const UploadFields& fields);

/// As `checkFields`, for the fields that are set.
void checkPatch(const records::RecordPatch& patch);

std::string newRecordId();

/// The direction implied by the last folder: `Sent Media`, `Received Media` or `Internal`.
std::optional<records::Direction> directionOf(const StoragePath& folder);

/// A record of the file at `path`, created now, with the id from `fields` or a new one; size and
/// etag are not known yet.
records::MediaRecord makeRecord(const StoragePath& path, const UploadFields& fields);

/// Copies the file's version and path from the storage's entry. The path too, because a storage may
/// store a name in another Unicode form than it was given, and lists only that form.
void copyStoredMetadata(const Entry& entry, records::MediaRecord& record);

}  // namespace mediadock::media
