#include "records/sql_record_store.h"

#include "mediadock/storage_error.h"
#include "records/media_table.h"
#include "records/schema.h"

#include <algorithm>
#include <utility>

namespace mediadock {
namespace {

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
  return selectShown(session).text("state = 'ready' AND id = ").value(id).rows();
}

[[noreturn]] void failNotFound(const std::string& id) {
  throw StorageError(StorageErrc::NotFound, "no record has the id '" + id + "'");
}

void set(SqlStatement& statement, const char* column, const std::optional<std::string>& text) {
  if (text) {
    statement.text(std::string(", ") + column + " = ").value(*text);
  }
}

/// Other columns stay as they are, also with what is not shown of them.
void set(SqlStatement& statement, const RecordPatch& patch) {
  set(statement, "customer_id", patch.customerId);
  set(statement, "order_id", patch.orderId);
  set(statement, "uploaded_by", patch.uploadedBy);
  if (patch.type) {
    set(statement, "type", std::string(toString(*patch.type)));
  }
  if (patch.direction) {
    const auto& direction = *patch.direction;
    set(statement, "direction", direction ? std::string(toString(*direction)) : "");
  }
  if (patch.tags) {
    set(statement, "tags", tagsText(*patch.tags));
  }
}

/// The root is no restriction, and would keep an index from being used.
void addFolders(SqlStatement& statement, const std::vector<StoragePath>& folders) {
  if (std::find(folders.begin(), folders.end(), StoragePath()) != folders.end()) {
    return;
  }
  statement.text(" AND (1 = 0");
  for (const StoragePath& folder : folders) {
    statement.text(" OR ").isWithin(folder);
  }
  statement.text(")");
}

void addConditions(SqlStatement& statement, const RecordQuery& query) {
  if (!query.customerId.empty()) {
    statement.text(" AND customer_id = ").value(query.customerId);
  }
  if (!query.orderId.empty()) {
    statement.text(" AND order_id = ").value(query.orderId);
  }
  if (query.direction) {
    statement.text(" AND direction = ").value(std::string(toString(*query.direction)));
  }
  if (query.pathPrefix) {
    statement.text(" AND ").isWithin(*query.pathPrefix);
  }
  addFolders(statement, query.folders);
  if (query.after) {
    const std::int64_t createdAt = query.after->first.time_since_epoch().count();
    statement.text(" AND (created_at < ").value(createdAt);
    statement.text(" OR (created_at = ").value(createdAt);
    statement.text(" AND id < ").value(query.after->second).text("))");
  }
}

}  // namespace

SqlRecordStore::SqlRecordStore(std::unique_ptr<ISqlDialect> dialect,
                               std::chrono::milliseconds patience)
    : database_(std::move(dialect), patience) {
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
    found = firstOf(statement.rows());
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
    found = toRecords(statement.text(")").rows());
  });
  return found;
}

std::vector<MediaRecord> SqlRecordStore::findUnder(const StoragePath& folder, std::size_t depth,
                                                   const StoragePath& after, std::size_t limit) {
  const auto maxSlashes = static_cast<std::int64_t>(folder.segments().size() + depth) - 1;
  std::vector<MediaRecord> found;
  database_.read([&](Poco::Data::Session& session) {
    auto statement = selectShown(session);
    statement.text("state = 'ready' AND ").isBelow(folder);
    statement.text(" AND length(nextcloud_path) - length(replace(nextcloud_path, '/', '')) <= ")
        .value(maxSlashes);
    statement.text(" AND nextcloud_path > ").value(after.str());
    statement.text(" ORDER BY nextcloud_path LIMIT ").value(static_cast<std::int64_t>(limit));
    found = toRecords(statement.rows());
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
    found = toRecords(statement.rows());
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
    // So that what follows can begin with a comma.
    SqlStatement update(session, "UPDATE crm_media SET state = 'ready'");
    set(update, patch);
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

}  // namespace mediadock
