#pragma once

/// \file
/// What a client states about a file that it uploads.

#include "mediadock/entry.h"
#include "records/media_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::media {

/// What to do if the name is taken.
enum class OnConflict { Rename, Replace, Fail };

/// The fields of an upload. Absent or empty: not given.
struct UploadFields {
  /// Destination folder.
  std::optional<StoragePath> folder;
  OnConflict onConflict = OnConflict::Rename;
  records::RecordTexts texts;
  /// Absent: derived from the destination's last folder (`Sent Media`, `Received Media`,
  /// `Internal`).
  std::optional<records::Direction> direction;
  std::vector<std::string> tags;
  /// Lower-case hex; checked before the file becomes visible (`ChecksumMismatch`).
  std::string sha256;
  /// For a repeatable upload; see `RepeatableUpload::id`.
  std::string uploadId;
  /// The media type that the client states; checked against the name and the content.
  std::string declaredType;
  /// Replace only this version; requires `OnConflict::Replace`.
  std::optional<ETag> ifMatch;
  /// The exact number of bytes, if the form states it before the file; with it, a storage without a
  /// chunk protocol can stream instead of spooling.
  std::optional<std::uint64_t> size;
  /// The file's modification time, passed to a storage that can keep it if it is plausible: after
  /// the first day of 1970 (an unset clock) and at most a day ahead.
  std::optional<Timestamp> modifiedAt;
  /// The id of the record; empty: a new one is generated.
  std::string recordId;
  /// The upload may be suspended before it is complete.
  bool mayBeSuspended = false;
  /// Folder and conflict rule will not change until the commit. Otherwise the bytes are spooled if
  /// the storage has to know them first.
  bool isTargetFinal = false;
};

}  // namespace mediadock::media
