#include "records/media_table.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace mediadock::records {
namespace {

using Kind = UnfinishedOperation::Kind;

/// The row of `path` that is not pending: ready or deleting.
std::optional<MediaRow> resolvedRow(Poco::Data::Session& session, const StoragePath& path) {
  const auto rows = selectMedia(session)
                        .text("state <> 'pending' AND nextcloud_path = ")
                        .value(path.str())
                        .rows<MediaRow>();
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

template <typename Value>
void keepWhereEmpty(Value& field, const Value& former) {
  if (field == Value()) {
    field = former;
  }
}

/// The upload's record, as the successor of the record at its path.
MediaRecord succeed(MediaRecord record, const MediaRecord& former) {
  record.id = former.id;
  record.createdAt = former.createdAt;
  visitGivenColumns([&](std::string_view /*name*/, auto field, auto /*ofPatch*/) {
    keepWhereEmpty(record.*field, former.*field);
  });
  return record;
}

/// The root is no restriction, but would prevent the use of an index.
void addFolders(SqlStatement& statement, const std::vector<StoragePath>& folders) {
  if (std::find(folders.begin(), folders.end(), StoragePath()) != folders.end()) {
    return;
  }
  statement.text(" AND (1 = 0");
  for (const StoragePath& folder : folders) {
    statement.text(" OR ").isWithin(kPathColumn, folder);
  }
  statement.text(")");
}

}  // namespace

SqlStatement selectMedia(Poco::Data::Session& session) {
  return SqlStatement(session, "SELECT " + allColumns() + " FROM crm_media WHERE ");
}

SqlStatement selectShown(Poco::Data::Session& session) {
  return SqlStatement(session, "SELECT " + shownColumns() + " FROM crm_media WHERE ");
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
    statement.text(" AND ").isWithin(kPathColumn, *query.pathPrefix);
  }
  addFolders(statement, query.folders);
  if (query.after) {
    const std::int64_t createdAt = query.after->first.time_since_epoch().count();
    statement.text(" AND (created_at < ").value(createdAt);
    statement.text(" OR (created_at = ").value(createdAt);
    statement.text(" AND id < ").value(query.after->second).text("))");
  }
}

void addChanges(SqlStatement& statement, const RecordPatch& patch) {
  const auto add = [&statement](std::string_view column, const auto& field) {
    if (field) {
      statement.text(", " + std::string(column) + " = ").value(toColumn(*field));
    }
  };
  add("type", patch.type);
  visitGivenColumns(
      [&](std::string_view name, auto /*ofRecord*/, auto field) { add(name, patch.*field); });
}

void insertRow(Poco::Data::Session& session, const MediaRow& row) {
  SqlStatement(session, "INSERT INTO crm_media (" + allColumns() + ") VALUES (")
      .row(row)
      .text(")")
      .execute();
}

void eraseRow(Poco::Data::Session& session, const std::string& id) {
  SqlStatement(session, "DELETE FROM crm_media WHERE id = ").value(id).execute();
}

MediaRecord makeReady(Poco::Data::Session& session, const MediaRecord& record) {
  auto finished = record;
  MediaRow row = toRow(record, kStateReady);
  if (const auto former = resolvedRow(session, record.path)) {
    // The row of a removal in flight is not continued: its file is gone, and this is a new one.
    if (former->state == kStateReady) {
      finished = succeed(record, toRecord(*former));
      row = toRow(finished, kStateReady);
      // Keep the tags that are not shown.
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

std::vector<MediaRow> movingRows(Poco::Data::Session& session, const StoragePath& from,
                                 const StoragePath& to) {
  auto rows = selectMedia(session)
                  .text("state = 'ready' AND moving_to <> '' AND ")
                  .isWithin(kPathColumn, from)
                  .rows<MediaRow>();
  // Rows whose file is being moved by another operation are left to that one.
  std::erase_if(rows, [&](const MediaRow& row) {
    return row.movingTo != StoragePath::parse(row.path).rebased(from, to).str();
  });
  return rows;
}

void arrive(Poco::Data::Session& session, MediaRow row) {
  const auto target = StoragePath::parse(row.movingTo);
  eraseRow(session, row.id);
  if (const auto former = resolvedRow(session, target)) {
    eraseRow(session, former->id);
  }
  row.path = row.movingTo;
  row.filename = target.name();
  row.movingTo.clear();
  row.openSince = 0;
  insertRow(session, row);
}

void stay(Poco::Data::Session& session, const std::string& id) {
  SqlStatement(session,
               "UPDATE crm_media SET state = 'ready', moving_to = '', open_since = 0 WHERE id = ")
      .value(id)
      .execute();
}

SqlStatement markOpen(Poco::Data::Session& session, Timestamp since) {
  return SqlStatement(session, "UPDATE crm_media SET open_since = ").value(since);
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

bool isStill(const UnfinishedOperation& operation, const MediaRow& row) {
  const bool isUnfinished = row.state != kStateReady || !row.movingTo.empty() || row.openSince != 0;
  const auto now = toOperation(row);
  return isUnfinished && now.kind == operation.kind && now.target == operation.target &&
         now.openSince == operation.openSince;
}

}  // namespace mediadock::records
