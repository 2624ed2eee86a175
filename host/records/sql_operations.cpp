// The operations in flight: begin, finish, cancel.

#include "mediadock/storage_error.h"
#include "records/media_table.h"
#include "records/sql_record_store.h"

#include <chrono>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

using Kind = UnfinishedOperation::Kind;

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
  const auto kind = row.state == kStatePending                            ? Kind::Upload
                    : row.state == kStateDeleting || row.movingTo.empty() ? Kind::Remove
                                                                          : Kind::Move;
  UnfinishedOperation operation{
      .kind = kind, .record = toRecord(row), .target = StoragePath::parse(row.movingTo)};
  if (row.openSince != 0) {
    operation.openSince = Timestamp(std::chrono::microseconds(row.openSince));
  }
  return operation;
}

/// Whether `operation` is unchanged since it was read.
bool isStill(const UnfinishedOperation& operation, const MediaRow& row) {
  const bool isUnfinished = row.state != kStateReady || !row.movingTo.empty() || row.openSince != 0;
  const auto now = toOperation(row);
  return isUnfinished && now.kind == operation.kind && now.target == operation.target &&
         now.openSince == operation.openSince;
}

/// The rows on their way from `from` to `to`.
std::vector<MediaRow> movingRows(Poco::Data::Session& session, const StoragePath& from,
                                 const StoragePath& to) {
  auto rows =
      selectMedia(session).text("state = 'ready' AND moving_to <> '' AND ").isWithin(from).rows();
  // One whose file another move has on its way is left to that one.
  std::erase_if(rows, [&](const MediaRow& row) {
    return row.movingTo != StoragePath::parse(row.path).rebased(from, to).str();
  });
  return rows;
}

/// Puts the record of a visible file in place of the pending one and of that of its former version.
MediaRecord makeReady(Poco::Data::Session& session, const MediaRecord& record) {
  auto finished = record;
  MediaRow row = toRow(record, kStateReady);
  if (const auto former = settledRow(session, record.path)) {
    // The row of a removal in flight is not continued: its file is gone, this is a new one.
    if (former->state == kStateReady) {
      finished = succeed(record, toRecord(*former));
      row = toRow(finished, kStateReady);
      // With the tags that are not shown.
      row.tags = record.tags.empty() ? former->tags : row.tags;
      row.movingTo = former->movingTo;
      row.openSince = former->movingTo.empty() ? 0 : former->openSince;
    }
    eraseRow(session, former->id);
  }
  eraseRow(session, record.id);
  insertRow(session, row);
  return finished;
}

/// Takes a row to where its file was moved.
void arrive(Poco::Data::Session& session, MediaRow row) {
  const auto target = StoragePath::parse(row.movingTo);
  eraseRow(session, row.id);
  if (const auto former = settledRow(session, target)) {
    eraseRow(session, former->id);
  }
  row.path = row.movingTo;
  row.filename = target.name();
  row.movingTo.clear();
  row.openSince = 0;
  insertRow(session, row);
}

/// The beginning of a statement, whose condition is to follow.
SqlStatement markOpen(Poco::Data::Session& session, Timestamp since) {
  return SqlStatement(session, "UPDATE crm_media SET open_since = ").value(since);
}

/// Nothing is in flight for a row any more, and nothing has happened to its file.
void stay(Poco::Data::Session& session, const std::string& id) {
  SqlStatement(session,
               "UPDATE crm_media SET state = 'ready', moving_to = '', open_since = 0 WHERE id = ")
      .value(id)
      .execute();
}

}  // namespace

void SqlRecordStore::beginUpload(const MediaRecord& pending) {
  database_.write(
      [&](Poco::Data::Session& session) { insertRow(session, toRow(pending, kStatePending)); });
}

MediaRecord SqlRecordStore::finishUpload(const MediaRecord& record) {
  auto finished = record;
  database_.write([&](Poco::Data::Session& session) { finished = makeReady(session, record); });
  return finished;
}

void SqlRecordStore::cancelUpload(const std::string& id) {
  database_.makeRoom([&](Poco::Data::Session& session) {
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
  database_.makeRoom([&](Poco::Data::Session& session) {
    SqlStatement(session,
                 "UPDATE crm_media SET state = 'deleting', open_since = 0 "
                 "WHERE state = 'ready' AND ")
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
  database_.makeRoom([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_media WHERE state = 'deleting' AND ")
        .isWithin(path)
        .execute();
  });
}

void SqlRecordStore::cancelRemove(const StoragePath& path) {
  database_.makeRoom([&](Poco::Data::Session& session) {
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
      SqlStatement(session, "UPDATE crm_media SET open_since = 0, moving_to = ")
          .value(target.str())
          .text(" WHERE id = ")
          .value(row.id)
          .execute();
    }
  });
}

void SqlRecordStore::finishMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    for (auto& row : movingRows(session, from, to)) {
      arrive(session, std::move(row));
    }
  });
}

void SqlRecordStore::cancelMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    for (const auto& row : movingRows(session, from, to)) {
      stay(session, row.id);
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
                               .text("state <> 'ready' OR moving_to <> '' OR open_since <> 0 "
                                     "ORDER BY created_at, id")
                               .rows()) {
      operations.push_back(toOperation(row));
    }
  });
  return operations;
}

void SqlRecordStore::leaveOpen(const Announcement& announcement, Timestamp since) {
  const auto& [kind, id, path, target] = announcement;
  database_.makeRoom([&](Poco::Data::Session& session) {
    if (kind == Kind::Move) {
      for (const auto& row : movingRows(session, path, target)) {
        markOpen(session, since).text(" WHERE id = ").value(row.id).execute();
      }
    } else if (kind == Kind::Upload) {
      markOpen(session, since).text(" WHERE state = 'pending' AND id = ").value(id).execute();
    } else {
      markOpen(session, since)
          .text(", state = 'ready' WHERE state = 'deleting' AND ")
          .isWithin(path)
          .execute();
    }
  });
}

void SqlRecordStore::leaveAllOpen(Timestamp since) {
  database_.makeRoom([&](Poco::Data::Session& session) {
    markOpen(session, since)
        .text(
            ", state = CASE state WHEN 'deleting' THEN 'ready' ELSE state END "
            "WHERE open_since = 0 AND (state <> 'ready' OR moving_to <> '')")
        .execute();
  });
}

std::vector<UnfinishedOperation> SqlRecordStore::openOperations(const OpenOperationQuery& query) {
  std::vector<UnfinishedOperation> operations;
  database_.read([&](Poco::Data::Session& session) {
    for (const auto& row : selectMedia(session)
                               .text("open_since <> 0 AND id > ")
                               .value(query.afterId)
                               .text(" AND ")
                               .isWithin(query.within)
                               .text(" ORDER BY id LIMIT ")
                               .value(static_cast<std::int64_t>(query.limit))
                               .rows()) {
      operations.push_back(toOperation(row));
    }
  });
  return operations;
}

void SqlRecordStore::settle(const UnfinishedOperation& operation, bool hasHappened) {
  const auto& record = operation.record;
  database_.makeRoom([&](Poco::Data::Session& session) {
    const auto rows = selectMedia(session).text("id = ").value(record.id).rows();
    if (rows.empty() || !isStill(operation, rows.front())) {
      return;
    }
    if (operation.kind == Kind::Upload) {
      hasHappened ? void(makeReady(session, record)) : eraseRow(session, record.id);
    } else if (operation.kind == Kind::Move && hasHappened) {
      arrive(session, rows.front());
    } else if (hasHappened) {
      eraseRow(session, record.id);
    } else {
      stay(session, record.id);
    }
  });
}

}  // namespace mediadock
