// The operations in flight: begin, finish, cancel.

#include "mediadock/storage_error.h"
#include "records/media_table.h"
#include "records/sql_record_store.h"

#include <utility>

namespace mediadock {
namespace {

/// The row of `path` that is not pending: ready or deleting.
std::optional<MediaRow> settledRow(Poco::Data::Session& session, const StoragePath& path) {
  const auto rows = selectMedia(session)
                        .text("state <> 'pending' AND nextcloud_path = ")
                        .value(path.str())
                        .rows();
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

template <typename Value>
void keepWhereEmpty(Value& field, const Value& former) {
  if (field == Value()) {
    field = former;
  }
}

/// The upload's record, as the successor of the one that stood at its path.
MediaRecord succeed(MediaRecord record, const MediaRecord& former) {
  record.id = former.id;
  record.createdAt = former.createdAt;
  keepWhereEmpty(record.customerId, former.customerId);
  keepWhereEmpty(record.orderId, former.orderId);
  keepWhereEmpty(record.direction, former.direction);
  keepWhereEmpty(record.tags, former.tags);
  keepWhereEmpty(record.uploadedBy, former.uploadedBy);
  return record;
}

UnfinishedOperation toOperation(const MediaRow& row) {
  using Kind = UnfinishedOperation::Kind;
  const auto kind = row.state == kStatePending    ? Kind::Upload
                    : row.state == kStateDeleting ? Kind::Remove
                                                  : Kind::Move;
  return {.kind = kind, .record = toRecord(row), .target = StoragePath::parse(row.movingTo)};
}

}  // namespace

void SqlRecordStore::beginUpload(const MediaRecord& pending) {
  database_.write(
      [&](Poco::Data::Session& session) { insertRow(session, toRow(pending, kStatePending)); });
}

MediaRecord SqlRecordStore::finishUpload(const MediaRecord& record) {
  auto finished = record;
  database_.write([&](Poco::Data::Session& session) {
    MediaRow row = toRow(record, kStateReady);
    if (const auto former = settledRow(session, record.path)) {
      // The row of a removal in flight is not continued: its file is gone, this is a new one.
      if (former->state == kStateReady) {
        finished = succeed(record, toRecord(*former));
        row = toRow(finished, kStateReady);
        row.movingTo = former->movingTo;
      }
      eraseRow(session, former->id);
    }
    eraseRow(session, record.id);
    insertRow(session, row);
  });
  return finished;
}

void SqlRecordStore::cancelUpload(const std::string& id) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_media WHERE state = 'pending' AND id = ")
        .value(id)
        .execute();
  });
}

UploadTrace SqlRecordStore::findUpload(const std::string& uploadId) {
  UploadTrace trace;
  database_.read([&](Poco::Data::Session& session) {
    for (const auto& row : selectMedia(session)
                               .text("state <> 'deleting' AND upload_id <> '' AND upload_id = ")
                               .value(uploadId)
                               .text(" ORDER BY created_at, id")
                               .rows()) {
      (row.state == kStatePending ? trace.pending : trace.ready).push_back(toRecord(row));
    }
  });
  return trace;
}

std::size_t SqlRecordStore::beginRemove(const StoragePath& path) {
  std::int64_t count = 0;
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "UPDATE crm_media SET state = 'deleting' WHERE state = 'ready' AND ")
        .isWithin(path)
        .execute();
    // Also those of a former removal with unknown outcome, which this one repeats.
    count = SqlStatement(session, "SELECT COUNT(*) FROM crm_media WHERE state = 'deleting' AND ")
                .isWithin(path)
                .number();
  });
  return static_cast<std::size_t>(count);
}

void SqlRecordStore::finishRemove(const StoragePath& path) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_media WHERE state = 'deleting' AND ")
        .isWithin(path)
        .execute();
  });
}

void SqlRecordStore::cancelRemove(const StoragePath& path) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "UPDATE crm_media SET state = 'ready' WHERE state = 'deleting' AND ")
        .isWithin(path)
        .execute();
  });
}

void SqlRecordStore::beginMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    for (const auto& row :
         selectMedia(session).text("state = 'ready' AND ").isWithin(from).rows()) {
      const auto target = StoragePath::parse(row.path).rebased(from, to);
      SqlStatement(session, "UPDATE crm_media SET moving_to = ")
          .value(target.str())
          .text(" WHERE id = ")
          .value(row.id)
          .execute();
    }
  });
}

void SqlRecordStore::finishMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    auto rows =
        selectMedia(session).text("state = 'ready' AND moving_to <> '' AND ").isWithin(from).rows();
    for (auto& row : rows) {
      const auto target = StoragePath::parse(row.path).rebased(from, to);
      // One whose file another move has on its way is left to that one.
      if (row.movingTo != target.str()) {
        continue;
      }
      eraseRow(session, row.id);
      if (const auto former = settledRow(session, target)) {
        eraseRow(session, former->id);
      }
      row.path = row.movingTo;
      row.filename = target.name();
      row.movingTo.clear();
      insertRow(session, row);
    }
  });
}

void SqlRecordStore::cancelMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    for (const auto& row : selectMedia(session)
                               .text("state = 'ready' AND moving_to <> '' AND ")
                               .isWithin(from)
                               .rows()) {
      if (StoragePath::parse(row.movingTo).isWithin(to)) {
        SqlStatement(session, "UPDATE crm_media SET moving_to = '' WHERE id = ")
            .value(row.id)
            .execute();
      }
    }
  });
}

void SqlRecordStore::renewEtag(const StoragePath& path, const ETag& former, const ETag& etag) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "UPDATE crm_media SET etag = ")
        .value(etag.str())
        .text(" WHERE state = 'ready' AND nextcloud_path = ")
        .value(path.str())
        .text(" AND etag = ")
        .value(former.str())
        .execute();
  });
}

std::vector<UnfinishedOperation> SqlRecordStore::unfinished() {
  std::vector<UnfinishedOperation> operations;
  database_.read([&](Poco::Data::Session& session) {
    for (const auto& row : selectMedia(session)
                               .text("state <> 'ready' OR moving_to <> '' ORDER BY created_at, id")
                               .rows()) {
      operations.push_back(toOperation(row));
    }
  });
  return operations;
}

}  // namespace mediadock
