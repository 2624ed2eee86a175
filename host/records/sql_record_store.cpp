#include "records/sql_record_store.h"

#include "mediadock/storage_error.h"
#include "records/media_table.h"
#include "records/schema.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace mediadock::records {
namespace {

using Kind = UnfinishedOperation::Kind;

std::vector<MediaRecord> toRecords(const std::vector<MediaRow>& rows) {
  std::vector<MediaRecord> records;
  records.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(records), toRecord);
  return records;
}

std::optional<MediaRecord> firstOf(const std::vector<MediaRow>& rows) {
  return rows.empty() ? std::nullopt : std::optional(toRecord(rows.front()));
}

std::vector<MediaRow> readyRow(Poco::Data::Session& session, const std::string& id) {
  return selectShown(session).text("state = 'ready' AND id = ").value(id).rows<MediaRow>();
}

[[noreturn]] void failNotFound(const std::string& id) {
  throw StorageError(StorageErrc::NotFound, "no record has the id '" + id + "'");
}

}  // namespace

SqlRecordStore::SqlRecordStore(std::unique_ptr<ISqlDialect> dialect,
                               std::chrono::milliseconds timeout)
    : database_(std::move(dialect), timeout) {
  migrate(database_);
}

void SqlRecordStore::check() {
  database_.read([](Poco::Data::Session& session) {
    SqlStatement(session, "SELECT COUNT(*) FROM crm_media_schema").number();
  });
}

std::optional<MediaRecord> SqlRecordStore::find(const std::string& id) {
  std::optional<MediaRecord> found;
  database_.read([&](Poco::Data::Session& session) { found = firstOf(readyRow(session, id)); });
  return found;
}

std::optional<MediaRecord> SqlRecordStore::findAt(const StoragePath& path) {
  std::optional<MediaRecord> found;
  database_.read([&](Poco::Data::Session& session) {
    auto statement = selectShown(session);
    statement.text("state = 'ready' AND nextcloud_path = ").value(path.str());
    found = firstOf(statement.rows<MediaRow>());
  });
  return found;
}

std::vector<MediaRecord> SqlRecordStore::findAllAt(const std::vector<StoragePath>& paths) {
  std::vector<MediaRecord> found;
  if (paths.empty()) {
    return found;
  }
  database_.read([&](Poco::Data::Session& session) {
    auto statement = selectShown(session);
    statement.text("state = 'ready' AND nextcloud_path IN (");
    for (const auto& path : paths) {
      statement.text(&path == &paths.front() ? "" : ", ").value(path.str());
    }
    found = toRecords(statement.text(")").rows<MediaRow>());
  });
  return found;
}

std::vector<MediaRecord> SqlRecordStore::findUnder(const StoragePath& folder, std::size_t depth,
                                                   const StoragePath& after, std::size_t limit) {
  const auto maxSlashes = static_cast<std::int64_t>(folder.segments().size() + depth) - 1;
  std::vector<MediaRecord> found;
  database_.read([&](Poco::Data::Session& session) {
    auto statement = selectShown(session);
    statement.text("state = 'ready' AND ").isBelow(kPathColumn, folder);
    statement.text(" AND length(nextcloud_path) - length(replace(nextcloud_path, '/', '')) <= ")
        .value(maxSlashes);
    statement.text(" AND nextcloud_path > ").value(after.str());
    statement.text(" ORDER BY nextcloud_path LIMIT ").value(static_cast<std::int64_t>(limit));
    found = toRecords(statement.rows<MediaRow>());
  });
  return found;
}

std::vector<MediaRecord> SqlRecordStore::query(const RecordQuery& query) {
  std::vector<MediaRecord> found;
  database_.read([&](Poco::Data::Session& session) {
    auto statement = selectShown(session);
    statement.text("state = 'ready'");
    addConditions(statement, query);
    statement.text(" ORDER BY created_at DESC, id DESC LIMIT ")
        .value(static_cast<std::int64_t>(query.limit));
    found = toRecords(statement.rows<MediaRow>());
  });
  return found;
}

void SqlRecordStore::insert(const MediaRecord& record) {
  database_.write(
      [&](Poco::Data::Session& session) { insertRow(session, toRow(record, kStateReady)); });
}

MediaRecord SqlRecordStore::update(const std::string& id, const RecordPatch& patch) {
  MediaRecord record;
  database_.write([&](Poco::Data::Session& session) {
    // Sets the state first, so that the changes can begin with a comma.
    SqlStatement update(session, "UPDATE crm_media SET state = 'ready'");
    addChanges(update, patch);
    if (update.text(" WHERE state = 'ready' AND id = ").value(id).execute() == 0) {
      failNotFound(id);
    }
    record = toRecord(readyRow(session, id).at(0));
  });
  return record;
}

void SqlRecordStore::erase(const std::string& id) {
  database_.makeRoom([&](Poco::Data::Session& session) {
    if (readyRow(session, id).empty()) {
      failNotFound(id);
    }
    eraseRow(session, id);
  });
}

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
                               .rows<MediaRow>()) {
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
        .isWithin(kPathColumn, path)
        .execute();
    // Includes those of an earlier removal with unknown outcome, which this one repeats.
    count = SqlStatement(session, "SELECT COUNT(*) FROM crm_media WHERE state = 'deleting' AND ")
                .isWithin(kPathColumn, path)
                .number();
  });
  return static_cast<std::size_t>(count);
}

void SqlRecordStore::finishRemove(const StoragePath& path) {
  database_.makeRoom([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_media WHERE state = 'deleting' AND ")
        .isWithin(kPathColumn, path)
        .execute();
  });
}

void SqlRecordStore::cancelRemove(const StoragePath& path) {
  database_.makeRoom([&](Poco::Data::Session& session) {
    SqlStatement(session, "UPDATE crm_media SET state = 'ready' WHERE state = 'deleting' AND ")
        .isWithin(kPathColumn, path)
        .execute();
  });
}

void SqlRecordStore::beginMove(const StoragePath& from, const StoragePath& to) {
  database_.write([&](Poco::Data::Session& session) {
    for (const auto& row : selectMedia(session)
                               .text("state = 'ready' AND ")
                               .isWithin(kPathColumn, from)
                               .rows<MediaRow>()) {
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
                               .rows<MediaRow>()) {
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
          .isWithin(kPathColumn, path)
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
                               .isWithin(kPathColumn, query.within)
                               .text(" ORDER BY id LIMIT ")
                               .value(static_cast<std::int64_t>(query.limit))
                               .rows<MediaRow>()) {
      operations.push_back(toOperation(row));
    }
  });
  return operations;
}

void SqlRecordStore::resolve(const UnfinishedOperation& operation, bool hasHappened) {
  const auto& record = operation.record;
  database_.makeRoom([&](Poco::Data::Session& session) {
    const auto rows = selectMedia(session).text("id = ").value(record.id).rows<MediaRow>();
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

}  // namespace mediadock::records
