#include "records/sql/sql_statement.h"

#include <string>

namespace mediadock::records {

SqlStatement& SqlStatement::text(std::string_view text) {
  statement_ << std::string(text);
  return *this;
}

SqlStatement& SqlStatement::isWithin(std::string_view column, const StoragePath& folder) {
  text("(").text(column).text(" = ").value(folder.str()).text(" OR ");
  return isBelow(column, folder).text(")");
}

SqlStatement& SqlStatement::isBelow(std::string_view column, const StoragePath& folder) {
  if (folder.isRoot()) {
    return text(column).text(" > ").value(std::string());
  }
  // '0' follows '/' in byte order: everything that starts with "folder/" lies between the two.
  return text("(")
      .text(column)
      .text(" > ")
      .value(folder.str() + '/')
      .text(" AND ")
      .text(column)
      .text(" < ")
      .value(folder.str() + '0')
      .text(")");
}

std::size_t SqlStatement::execute() {
  return statement_.execute();
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

void SqlStatement::placeholders(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    text(i == 0 ? "" : ", ");
    placeholder();
  }
}

}  // namespace mediadock::records
