#pragma once

/// \file
/// A row of `crm_media` as the database keeps it.

#include "records/media_record.h"

#include <Poco/Data/TypeHandler.h>

#include <cstdint>
#include <string>
#include <vector>

namespace mediadock {

/// Values of the column `state`.
inline constexpr const char* kStatePending = "pending";
inline constexpr const char* kStateReady = "ready";
inline constexpr const char* kStateDeleting = "deleting";

/// The columns in their order; `kMediaColumns` names them. Absent is the empty text.
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
  /// Microseconds since 1970, since drivers differ in what they make of a timestamp's fractions.
  std::int64_t createdAt = 0;
  std::string state = kStateReady;
  /// Where the file is being moved to; empty where it is not.
  std::string movingTo;
  std::string uploadId;
  /// Since when the outcome of its operation is open, in microseconds since 1970; 0: it is not.
  std::int64_t openSince = 0;
};

inline constexpr const char* kMediaColumns =
    "id, customer_id, order_id, type, filename, nextcloud_path, mime_type, size, etag, sha256, "
    "direction, tags, uploaded_by, created_at, state, moving_to, upload_id, open_since";

/// The same columns, of texts no more than a record may have: a row may be of other origin. For
/// reading alone; what is written back would lose the rest.
const std::string& shownColumns();

/// The column `tags`.
std::string tagsText(const std::vector<std::string>& tags);

MediaRow toRow(const MediaRecord& record, const char* state);

/// Of more tags than a record may have, the first.
/// \throws StorageError `Internal` for a row that this program cannot have written.
MediaRecord toRecord(const MediaRow& row);

}  // namespace mediadock

/// Teaches Poco::Data to bind and extract a whole row.
template <>
class Poco::Data::TypeHandler<mediadock::MediaRow> {
 public:
  static std::size_t size() { return 18; }

  static void bind(std::size_t position, const mediadock::MediaRow& row, AbstractBinder::Ptr binder,
                   AbstractBinder::Direction direction) {
    visit(row, [&]<typename Field>(const Field& field) {
      TypeHandler<Field>::bind(position++, field, binder, direction);
    });
  }

  static void prepare(std::size_t position, const mediadock::MediaRow& row,
                      AbstractPreparator::Ptr preparator) {
    visit(row, [&]<typename Field>(const Field& field) {
      TypeHandler<Field>::prepare(position++, field, preparator);
    });
  }

  static void extract(std::size_t position, mediadock::MediaRow& row,
                      const mediadock::MediaRow& /*fallback*/, AbstractExtractor::Ptr extractor) {
    visit(row, [&]<typename Field>(Field& field) {
      TypeHandler<Field>::extract(position++, field, Field(), extractor);
    });
  }

 private:
  /// Calls `visitor` with each field in the order of the columns.
  template <typename Row, typename Visitor>
  static void visit(Row& row, Visitor visitor) {
    visitor(row.id);
    visitor(row.customerId);
    visitor(row.orderId);
    visitor(row.type);
    visitor(row.filename);
    visitor(row.path);
    visitor(row.mimeType);
    visitor(row.size);
    visitor(row.etag);
    visitor(row.sha256);
    visitor(row.direction);
    visitor(row.tags);
    visitor(row.uploadedBy);
    visitor(row.createdAt);
    visitor(row.state);
    visitor(row.movingTo);
    visitor(row.uploadId);
    visitor(row.openSince);
  }
};
