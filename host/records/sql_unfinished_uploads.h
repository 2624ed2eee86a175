#pragma once

/// \file
/// Unfinished uploads in a SQL database.

#include "records/sql/sql_database.h"
#include "records/unfinished_uploads.h"

namespace mediadock::records {

class SqlUnfinishedUploads final : public IUnfinishedUploads {
 public:
  /// `database` must be migrated before the first call, and outlive the object.
  explicit SqlUnfinishedUploads(SqlDatabase& database) : database_(database) {}

  bool insert(const UnfinishedUpload& upload, std::size_t most) override;
  std::uint64_t bytesOf(const std::string& owner) override;
  std::optional<UnfinishedUpload> find(const std::string& id) override;
  void save(UnfinishedUpload& upload) override;
  void erase(const std::string& id) override;
  std::vector<UnfinishedUpload> expiredBefore(Timestamp time, std::size_t limit) override;

 private:
  SqlDatabase& database_;
};

}  // namespace mediadock::records
