#pragma once

/// \file
/// The statements on `crm_media` that more than one operation needs.

#include "records/media_row.h"
#include "records/sql_statement.h"

#include <Poco/Data/Session.h>

#include <string>

namespace mediadock {

/// `SELECT` of all columns; a condition is to follow.
inline SqlStatement selectMedia(Poco::Data::Session& session) {
  return SqlStatement(session, std::string("SELECT ") + kMediaColumns + " FROM crm_media WHERE ");
}

/// `SELECT` of rows to be shown; a condition is to follow.
inline SqlStatement selectShown(Poco::Data::Session& session) {
  return SqlStatement(session, "SELECT " + shownColumns() + " FROM crm_media WHERE ");
}

inline void insertRow(Poco::Data::Session& session, const MediaRow& row) {
  SqlStatement(session, std::string("INSERT INTO crm_media (") + kMediaColumns + ") VALUES (")
      .row(row)
      .text(")")
      .execute();
}

inline void eraseRow(Poco::Data::Session& session, const std::string& id) {
  SqlStatement(session, "DELETE FROM crm_media WHERE id = ").value(id).execute();
}

}  // namespace mediadock
