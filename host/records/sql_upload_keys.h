#pragma once

/// \file
/// Upload keys in a SQL database.

#include "records/sql/sql_database.h"
#include "records/upload_keys.h"

namespace mediadock::records {

class SqlUploadKeys final : public IUploadKeys {
 public:
  /// `database` must be migrated and outlive the object.
  explicit SqlUploadKeys(SqlDatabase& database) : database_(database) {}

  std::optional<KeyedUpload> take(const UploadKey& key, const UploadLease& lease,
                                  Timestamp now) override;
  bool exchange(const UploadKey& key, const UploadLease& former, const UploadLease& lease) override;
  void finish(const UploadKey& key, const UploadLease& lease, const std::string& fingerprint,
              const std::vector<std::string>& recordIds, Timestamp now) override;
  void release(const UploadKey& key, const UploadLease& lease) override;
  void endLeases() override;

 private:
  SqlDatabase& database_;
};

}  // namespace mediadock::records
