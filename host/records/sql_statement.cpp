#include "records/sql_statement.h"

#include <string>

namespace mediadock {

SqlStatement& SqlStatement::text(std::string_view text) {
  statement_ << std::string(text);
  return *this;
}

SqlStatement& SqlStatement::row(const MediaRow& row) {
  for (std::size_t i = 0; i < Poco::Data::TypeHandler<MediaRow>::size(); ++i) {
    if (i > 0) {
      text(", ");
    }
    placeholder();
  }
  statement_, Poco::Data::Keywords::bind(row);
  return *this;
}

SqlStatement& SqlStatement::isWithin(const StoragePath& folder) {
  text("(nextcloud_path = ").value(folder.str()).text(" OR ");
  return isBelow(folder).text(")");
}

SqlStatement& SqlStatement::isBelow(const StoragePath& folder) {
  if (folder.isRoot()) {
    return text("nextcloud_path > ").value(std::string());
  }
  // '0' follows '/' in byte order: all that starts with "folder/" lies between the two.
  return text("(nextcloud_path > ")
      .value(folder.str() + '/')
      .text(" AND nextcloud_path < ")
      .value(folder.str() + '0')
      .text(")");
}

std::size_t SqlStatement::execute() {
  return statement_.execute();
}

std::vector<MediaRow> SqlStatement::rows() {
  std::vector<MediaRow> rows;
  statement_, Poco::Data::Keywords::into(rows);
  statement_.execute();
  return rows;
}

std::vector<std::string> SqlStatement::texts() {
  std::vector<std::string> texts;
  statement_, Poco::Data::Keywords::into(texts);
  statement_.execute();
  return texts;
}

std::int64_t SqlStatement::number() {
  std::int64_t number = 0;
  statement_, Poco::Data::Keywords::into(number);
  statement_.execute();
  return number;
}

void SqlStatement::placeholder() {
  statement_ << "$" << std::to_string(++valueCount_);
}

}  // namespace mediadock
