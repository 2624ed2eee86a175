#pragma once

/// \file
/// Builds a statement piece by piece, with all values bound.

#include "mediadock/entry.h"
#include "mediadock/storage_path.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::records {

/// Text comes only from this program; external values go through `value`, which writes `$1`, `$2`,
/// … in order, the numbering that both SQLite and PostgreSQL use.
class SqlStatement {
 public:
  explicit SqlStatement(Poco::Data::Session& session) : statement_(session) {}

  SqlStatement(Poco::Data::Session& session, std::string_view text) : statement_(session) {
    this->text(text);
  }

  SqlStatement& text(std::string_view text);

  template <typename Value>
  SqlStatement& value(const Value& value) {
    placeholder();
    statement_, Poco::Data::Keywords::bind(value);
    return *this;
  }

  /// A time as stored in the tables: microseconds since the epoch.
  SqlStatement& value(Timestamp time) {
    return value(std::int64_t{time.time_since_epoch().count()});
  }

  /// All columns of a row, separated by commas, as defined by Poco's `TypeHandler<Row>`.
  template <typename Row>
  SqlStatement& row(const Row& row) {
    placeholders(Poco::Data::TypeHandler<Row>::size());
    statement_, Poco::Data::Keywords::bind(row);
    return *this;
  }

  /// The condition that the path in `column` is `folder` or lies below it, by whole segments. Uses
  /// ranges instead of LIKE, in which `_` and `%` of a name would be wildcards.
  SqlStatement& isWithin(std::string_view column, const StoragePath& folder);

  /// The condition that the path in `column` lies below `folder`.
  SqlStatement& isBelow(std::string_view column, const StoragePath& folder);

  /// Runs a statement that returns no rows. Returns the number of changed rows.
  std::size_t execute();

  template <typename Row>
  std::vector<Row> rows() {
    std::vector<Row> rows;
    statement_, Poco::Data::Keywords::into(rows);
    statement_.execute();
    return rows;
  }

  /// The single column of all rows.
  std::vector<std::string> texts();
  std::int64_t number();

  /// Reads the only possible row into `fields`. Returns false if there is none.
  template <typename... Fields>
  bool first(Fields&... fields) {
    ((statement_, Poco::Data::Keywords::into(fields)), ...);
    return statement_.execute() > 0;
  }

 private:
  void placeholder();
  void placeholders(std::size_t count);

  Poco::Data::Statement statement_;
  std::size_t valueCount_ = 0;
};

}  // namespace mediadock::records
