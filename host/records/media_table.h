#pragma once

/// \file
/// Queries on `crm_media`, and the state transitions of its rows (see `SqlRecordStore`). All within
/// the caller's transaction.

#include "records/media_row.h"
#include "records/record_store.h"
#include "records/sql/sql_statement.h"

#include <Poco/Data/Session.h>

#include <string>
#include <vector>

namespace mediadock::records {

/// The column that holds a record's path.
inline constexpr const char* kPathColumn = "nextcloud_path";

/// `SELECT` of all columns; the caller appends a condition.
SqlStatement selectMedia(Poco::Data::Session& session);

/// `SELECT` of rows to be shown; the caller appends a condition.
SqlStatement selectShown(Poco::Data::Session& session);

/// The conditions of `query` except its limit, each preceded by ` AND `.
void addConditions(SqlStatement& statement, const RecordQuery& query);

/// `, column = value` for each field that `patch` sets. Other columns stay unchanged, including the
/// parts that are not shown.
void addChanges(SqlStatement& statement, const RecordPatch& patch);

void insertRow(Poco::Data::Session& session, const MediaRow& row);
void eraseRow(Poco::Data::Session& session, const std::string& id);

/// Replaces the pending record, and the record of the file's former version, by that of the visible
/// file. Returns the ready record.
MediaRecord makeReady(Poco::Data::Session& session, const MediaRecord& record);

/// The rows being moved from `from` to `to`.
std::vector<MediaRow> movingRows(Poco::Data::Session& session, const StoragePath& from,
                                 const StoragePath& to);

/// Completes the move of a row.
void arrive(Poco::Data::Session& session, MediaRow row);

/// Cancels the operation on a row: nothing is in flight for it any more, and its file is unchanged.
void stay(Poco::Data::Session& session, const std::string& id);

/// `UPDATE` that marks operations as open; the caller appends more columns or a condition.
SqlStatement markOpen(Poco::Data::Session& session, Timestamp since);

/// The operation that an unfinished row belongs to.
UnfinishedOperation toOperation(const MediaRow& row);

/// Whether `operation` is unchanged since it was read.
bool isStill(const UnfinishedOperation& operation, const MediaRow& row);

}  // namespace mediadock::records
