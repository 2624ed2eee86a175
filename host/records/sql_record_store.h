#pragma once

/// \file
/// Records in a SQL database.

#include "records/record_store.h"
#include "records/sql/sql_database.h"
#include "records/sql_unfinished_uploads.h"
#include "records/sql_upload_keys.h"

#include <memory>
#include <string>
#include <vector>

namespace mediadock::records {

/// A row of `crm_media` is in one of three states:
///
///     beginUpload ──> pending ── finishUpload ──> ready ── beginRemove ──> deleting ──> gone
///                        └── cancelUpload ──> gone  ^─── cancelRemove ───────┘
///
/// A ready row whose file is being moved has the destination in `moving_to`. `open_since` marks a
/// pending row, a move, or, on a ready row without `moving_to`, a removal whose outcome is open.
/// Two unique indexes ensure that a path has at most one pending and one other row, also between
/// hosts.
class SqlRecordStore final : public IRecordStore {
 public:
  /// Migrates the database. \throws StorageError as `migrate` does, or `Unavailable`.
  /// \param timeout see `SqlDatabase`.
  SqlRecordStore(std::unique_ptr<ISqlDialect> dialect, std::chrono::milliseconds timeout);

  void check() override;

  std::optional<MediaRecord> find(const std::string& id) override;
  std::optional<MediaRecord> findAt(const StoragePath& path) override;
  std::vector<MediaRecord> findAllAt(const std::vector<StoragePath>& paths) override;
  std::vector<MediaRecord> findUnder(const StoragePath& folder, std::size_t depth,
                                     const StoragePath& after, std::size_t limit) override;
  std::vector<MediaRecord> query(const RecordQuery& query) override;
  void insert(const MediaRecord& record) override;
  MediaRecord update(const std::string& id, const RecordPatch& patch) override;
  void erase(const std::string& id) override;

  void beginUpload(const MediaRecord& pending) override;
  MediaRecord finishUpload(const MediaRecord& record) override;
  void cancelUpload(const std::string& id) override;
  UploadTrace findUpload(const std::string& uploadId) override;

  IUploadKeys& uploadKeys() override { return uploadKeys_; }

  std::size_t beginRemove(const StoragePath& path) override;
  void finishRemove(const StoragePath& path) override;
  void cancelRemove(const StoragePath& path) override;
  void beginMove(const StoragePath& from, const StoragePath& to) override;
  void finishMove(const StoragePath& from, const StoragePath& to) override;
  void cancelMove(const StoragePath& from, const StoragePath& to) override;
  void renewEtag(const StoragePath& path, const ETag& former, const ETag& etag) override;
  std::vector<UnfinishedOperation> unfinished() override;
  void leaveOpen(const Announcement& announcement, Timestamp since) override;
  void leaveAllOpen(Timestamp since) override;
  std::vector<UnfinishedOperation> openOperations(const OpenOperationQuery& query) override;
  void resolve(const UnfinishedOperation& operation, bool hasHappened) override;

  IUnfinishedUploads& unfinishedUploads() override { return unfinishedUploads_; }

 private:
  SqlDatabase database_;
  SqlUnfinishedUploads unfinishedUploads_{database_};
  SqlUploadKeys uploadKeys_{database_};
};

}  // namespace mediadock::records
