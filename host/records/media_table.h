#pragma once

/// \file
/// The rows of `crm_media`: how they are found, and how an operation leads them from one state to
/// the next (see `SqlRecordStore`). All within the caller's transaction.

#include "records/media_row.h"
#include "records/record_store.h"
#include "records/sql/sql_statement.h"

#include <Poco/Data/Session.h>

#include <string>
#include <vector>

namespace mediadock {

/// The column that holds a record's path.
inline constexpr const char* kPathColumn = "nextcloud_path";

/// `SELECT` of all columns; a condition is to follow.
SqlStatement selectMedia(Poco::Data::Session& session);

/// `SELECT` of rows to be shown; a condition is to follow.
SqlStatement selectShown(Poco::Data::Session& session);

/// The conditions of `query` but for its limit, each after ` AND `.
void addConditions(SqlStatement& statement, const RecordQuery& query);

/// `, column = value` for each field that `patch` sets. Other columns stay as they are, also with
/// what is not shown of them.
void addChanges(SqlStatement& statement, const RecordPatch& patch);

void insertRow(Poco::Data::Session& session, const MediaRow& row);
void eraseRow(Poco::Data::Session& session, const std::string& id);

/// Puts the record of a visible file in place of the pending one and of that of its former version.
/// Returns the ready record.
MediaRecord makeReady(Poco::Data::Session& session, const MediaRecord& record);

/// The rows on their way from `from` to `to`.
std::vector<MediaRow> movingRows(Poco::Data::Session& session, const StoragePath& from,
                                 const StoragePath& to);

/// Takes a row to where its file was moved.
void arrive(Poco::Data::Session& session, MediaRow row);

/// Nothing is in flight for a row any more, and nothing has happened to its file.
void stay(Poco::Data::Session& session, const std::string& id);

/// `UPDATE` that marks operations as open; more columns or a condition are to follow.
SqlStatement markOpen(Poco::Data::Session& session, Timestamp since);

/// The operation that an unfinished row is part of.
UnfinishedOperation toOperation(const MediaRow& row);

/// Whether `operation` is unchanged since it was read.
bool isStill(const UnfinishedOperation& operation, const MediaRow& row);

}  // namespace mediadock
