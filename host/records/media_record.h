#pragma once

/// \file
/// The record of one file in the CRM.

#include "mediadock/entry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::records {

enum class MediaType { Photo, Video, Audio, Document, Other };

enum class Direction { Sent, Received, Internal };

/// A row of `crm_media`. Empty text means unknown; the API shows it as null.
///
/// The fields that callers write are limited, so that a record stays below 16 KiB, and a page of
/// records below 16 MiB. Rows from other programs are shown within the same limits.
struct MediaRecord {
  /// Bytes of each of the `RecordTexts`.
  static constexpr std::size_t kMaxTextBytes = 1024;
  static constexpr std::size_t kMaxTags = 100;
  static constexpr std::size_t kMaxTagBytes = 256;
  /// All tags together.
  static constexpr std::size_t kMaxTagsBytes = 4096;
  /// A longer etag is not stored: the record then has none.
  static constexpr std::size_t kMaxEtagBytes = 1024;

  /// UUID, lower case.
  std::string id;
  std::string customerId;
  std::string orderId;
  MediaType type = MediaType::Other;
  std::string filename;
  /// Where the file is, relative to the provider's base (`nextcloud_path` in the API).
  StoragePath path;
  std::string mimeType;
  std::uint64_t size = 0;
  std::optional<ETag> etag;
  /// Lower-case hex of the content's SHA-256.
  std::string sha256;
  std::optional<Direction> direction;
  std::vector<std::string> tags;
  std::string uploadedBy;
  Timestamp createdAt{};
  /// The repeatable upload that created the file; empty if there was none. Not exposed to clients.
  std::string uploadId;

  friend bool operator==(const MediaRecord&, const MediaRecord&) = default;
};

/// Which records to return, newest first. Empty fields do not filter.
struct RecordQuery {
  std::string customerId;
  std::string orderId;
  std::optional<Direction> direction;
  /// Records at or below this path, matched by whole segments.
  std::optional<StoragePath> pathPrefix;
  /// Records at or below any of these; an empty list matches none.
  std::vector<StoragePath> folders = {StoragePath()};
  std::size_t limit = 100;
  /// Continue after this record: its `createdAt` and id.
  std::optional<std::pair<Timestamp, std::string>> after;
};

/// New values for the fields that are set; others stay unchanged.
struct RecordPatch {
  std::optional<std::string> customerId;
  std::optional<std::string> orderId;
  std::optional<MediaType> type;
  /// The inner optional absent: no direction.
  std::optional<std::optional<Direction>> direction;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::string> uploadedBy;
};

/// The texts of a record that callers give with a file; empty: not given.
struct RecordTexts {
  std::string customerId;
  std::string orderId;
  std::string uploadedBy;
};

/// One of these texts.
struct RecordText {
  /// In the API and the database.
  std::string_view name;
  std::string MediaRecord::*ofRecord;
  std::optional<std::string> RecordPatch::*ofPatch;
  std::string RecordTexts::*given;
};

/// Fields of forms and JSON, limits and changes are derived from this list.
inline constexpr RecordText kRecordTexts[] = {
    {"customer_id", &MediaRecord::customerId, &RecordPatch::customerId, &RecordTexts::customerId},
    {"order_id", &MediaRecord::orderId, &RecordPatch::orderId, &RecordTexts::orderId},
    {"uploaded_by", &MediaRecord::uploadedBy, &RecordPatch::uploadedBy, &RecordTexts::uploadedBy},
};

/// Names of the values in the API and the database, and their inverse; nullopt for any other text.
std::string_view toString(MediaType type) noexcept;
std::string_view toString(Direction direction) noexcept;
std::optional<MediaType> parseMediaType(std::string_view text) noexcept;
std::optional<Direction> parseDirection(std::string_view text) noexcept;

}  // namespace mediadock::records
