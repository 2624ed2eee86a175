#pragma once

/// \file
/// A row of `crm_media` as stored in the database, and the list of its columns.

#include "records/media_record.h"

#include <Poco/Data/TypeHandler.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mediadock::records {

/// Values of the column `state`.
inline constexpr const char* kStatePending = "pending";
inline constexpr const char* kStateReady = "ready";
inline constexpr const char* kStateDeleting = "deleting";

/// Empty text means absent.
struct MediaRow {
  std::string id;
  std::string customerId;
  std::string orderId;
  std::string type;
  std::string filename;
  std::string path;
  std::string mimeType;
  std::int64_t size = 0;
  /// In its header form, with quotes.
  std::string etag;
  std::string sha256;
  std::string direction;
  /// A JSON array of strings.
  std::string tags;
  std::string uploadedBy;
  /// Microseconds since 1970, since drivers differ in how they treat fractions of a timestamp.
  std::int64_t createdAt = 0;
  std::string uploadId;

  std::string state = kStateReady;
  /// Where the file is being moved to; otherwise empty.
  std::string movingTo;
  /// When the outcome of its operation became open, in microseconds since 1970; 0: it is not open.
  std::int64_t openSince = 0;
};

/// The column is shown in full.
inline constexpr std::size_t kWhole = 0;

/// Fits the tags of every record within the limits, including escapes.
inline constexpr std::size_t kMaxTagsText = 4 * MediaRecord::kMaxTagsBytes;

/// Calls `visit(name, field of MediaRow, field of MediaRecord, most bytes shown)` for each column
/// of a record. Statements, binding, reading and conversion are derived from this list: a new
/// column needs a field in both structs, a line here and a migration (`schema`); a text that
/// callers give also a field in `RecordPatch` and `RecordTexts`, and a line in `kRecordTexts`.
template <typename Visitor>
constexpr void visitRecordColumns(Visitor visit) {
  using Row = MediaRow;
  using Record = MediaRecord;
  visit("id", &Row::id, &Record::id, kWhole);
  visit("customer_id", &Row::customerId, &Record::customerId, Record::kMaxTextBytes);
  visit("order_id", &Row::orderId, &Record::orderId, Record::kMaxTextBytes);
  visit("type", &Row::type, &Record::type, kWhole);
  visit("filename", &Row::filename, &Record::filename, kWhole);
  visit("nextcloud_path", &Row::path, &Record::path, kWhole);
  visit("mime_type", &Row::mimeType, &Record::mimeType, kWhole);
  visit("size", &Row::size, &Record::size, kWhole);
  visit("etag", &Row::etag, &Record::etag, Record::kMaxEtagBytes);
  visit("sha256", &Row::sha256, &Record::sha256, kWhole);
  visit("direction", &Row::direction, &Record::direction, kWhole);
  visit("tags", &Row::tags, &Record::tags, kMaxTagsText);
  visit("uploaded_by", &Row::uploadedBy, &Record::uploadedBy, Record::kMaxTextBytes);
  visit("created_at", &Row::createdAt, &Record::createdAt, kWhole);
  visit("upload_id", &Row::uploadId, &Record::uploadId, kWhole);
}

/// Calls `visit(name, field of MediaRow, most bytes shown)` for each column.
template <typename Visitor>
constexpr void visitColumns(Visitor visit) {
  visitRecordColumns([&visit](const char* name, auto field, auto /*ofRecord*/, std::size_t most) {
    visit(name, field, most);
  });
  visit("state", &MediaRow::state, kWhole);
  visit("moving_to", &MediaRow::movingTo, kWhole);
  visit("open_since", &MediaRow::openSince, kWhole);
}

/// Calls `visit(name, field of MediaRecord, field of RecordPatch)` for each column that uploaders
/// provide: a patch may change it, and an upload that provides none keeps the previous value.
template <typename Visitor>
constexpr void visitGivenColumns(Visitor visit) {
  for (const RecordText& text : kRecordTexts) {
    visit(text.name, text.ofRecord, text.ofPatch);
  }
  visit(std::string_view("direction"), &MediaRecord::direction, &RecordPatch::direction);
  visit(std::string_view("tags"), &MediaRecord::tags, &RecordPatch::tags);
}

/// The names of all columns, separated by commas.
const std::string& allColumns();

/// The same columns, with texts truncated to a record's limits, because a row may come from another
/// program. For reading only; writing the result back would lose the rest.
const std::string& shownColumns();

/// \name Conversion of a record's values to column values
/// \{
std::string toColumn(const std::string& text);
std::string toColumn(MediaType type);
std::string toColumn(const StoragePath& path);
std::string toColumn(const std::optional<ETag>& etag);
std::string toColumn(const std::optional<Direction>& direction);
std::string toColumn(const std::vector<std::string>& tags);
std::int64_t toColumn(std::uint64_t number);
std::int64_t toColumn(Timestamp time);
/// \}

MediaRow toRow(const MediaRecord& record, const char* state);

/// If the row has more tags than a record may have, only the first are kept.
/// \throws StorageError `Internal` for a row that this program cannot have written.
MediaRecord toRecord(const MediaRow& row);

}  // namespace mediadock::records

/// Lets Poco::Data bind and extract a whole row.
template <>
class Poco::Data::TypeHandler<mediadock::records::MediaRow> {
  using Row = mediadock::records::MediaRow;
  template <typename Field>
  using TypeOf = std::remove_cvref_t<decltype(std::declval<Row>().*std::declval<Field>())>;

 public:
  static std::size_t size() {
    std::size_t count = 0;
    mediadock::records::visitColumns([&](auto&&...) { ++count; });
    return count;
  }

  static void bind(std::size_t position, const Row& row, AbstractBinder::Ptr binder,
                   AbstractBinder::Direction direction) {
    mediadock::records::visitColumns([&](const char* /*name*/, auto field, std::size_t /*most*/) {
      TypeHandler<TypeOf<decltype(field)>>::bind(position++, row.*field, binder, direction);
    });
  }

  static void prepare(std::size_t position, const Row& row, AbstractPreparator::Ptr preparator) {
    mediadock::records::visitColumns([&](const char* /*name*/, auto field, std::size_t /*most*/) {
      TypeHandler<TypeOf<decltype(field)>>::prepare(position++, row.*field, preparator);
    });
  }

  static void extract(std::size_t position, Row& row, const Row& /*fallback*/,
                      AbstractExtractor::Ptr extractor) {
    mediadock::records::visitColumns([&](const char* /*name*/, auto field, std::size_t /*most*/) {
      using Type = TypeOf<decltype(field)>;
      TypeHandler<Type>::extract(position++, row.*field, Type(), extractor);
    });
  }
};
