#pragma once

/// \file
/// What the CRM knows about one file.

#include "mediadock/entry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

enum class MediaType { Photo, Video, Audio, Document, Other };

enum class Direction { Sent, Received, Internal };

/// A row of `crm_media`. Empty text means that nothing is known; the API shows it as null.
///
/// What callers write into it is limited, so that a record stays below 16 KiB, and a page of them
/// below 16 MiB. Rows of other origin are shown within the same limits.
struct MediaRecord {
  /// Bytes of `customerId`, `orderId` and `uploadedBy`, each.
  static constexpr std::size_t kMaxTextBytes = 1024;
  static constexpr std::size_t kMaxTags = 100;
  static constexpr std::size_t kMaxTagBytes = 256;
  /// Of all tags together.
  static constexpr std::size_t kMaxTagsBytes = 4096;
  /// A longer etag is not kept: the file has none then.
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
  /// Of the repeatable upload that brought the file; empty where it was none. Not told to clients.
  std::string uploadId;

  friend bool operator==(const MediaRecord&, const MediaRecord&) = default;
};

/// Which records to give, newest first. Empty fields do not restrict.
struct RecordQuery {
  std::string customerId;
  std::string orderId;
  std::optional<Direction> direction;
  /// Records at or below this path, by whole segments.
  std::optional<StoragePath> pathPrefix;
  /// Records at or below any of these; none where there is none.
  std::vector<StoragePath> folders = {StoragePath()};
  std::size_t limit = 100;
  /// Continue behind this record: its `createdAt` and id.
  std::optional<std::pair<Timestamp, std::string>> after;
};

/// New values for the fields that are set.
struct RecordPatch {
  std::optional<std::string> customerId;
  std::optional<std::string> orderId;
  std::optional<MediaType> type;
  /// The inner optional absent: no direction.
  std::optional<std::optional<Direction>> direction;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::string> uploadedBy;
};

/// The API's and the database's word for a value, and back; nothing for another word.
std::string_view toString(MediaType type) noexcept;
std::string_view toString(Direction direction) noexcept;
std::optional<MediaType> parseMediaType(std::string_view text) noexcept;
std::optional<Direction> parseDirection(std::string_view text) noexcept;

}  // namespace mediadock
