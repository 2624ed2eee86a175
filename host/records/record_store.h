#pragma once

/// \file
/// Stores the media records. An operation on the storage is announced here before it happens, so
/// that a crash loses track of nothing.

#include "records/media_record.h"
#include "records/unfinished_uploads.h"
#include "records/upload_keys.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::records {

/// An operation that was announced and has neither finished nor been cancelled.
struct UnfinishedOperation {
  enum class Kind { Upload, Remove, Move };
  Kind kind = Kind::Upload;
  /// The pending record of an upload; the ready record of a removal or a move.
  MediaRecord record;
  /// For a move: the new path of the record's file.
  StoragePath target;
  /// When its outcome became open; absent while a host works on it, or if that host died.
  std::optional<Timestamp> openSince;
};

/// Identifies an operation by its announcement: an upload by its record's id, a removal by its
/// path, a move by both of its paths.
struct Announcement {
  UnfinishedOperation::Kind kind = UnfinishedOperation::Kind::Upload;
  std::string id;
  StoragePath path;
  StoragePath target;
};

/// Which open operations to return, in the order of their records' ids.
struct OpenOperationQuery {
  /// At or below this path.
  StoragePath within;
  /// Continue after this record.
  std::string afterId;
  std::size_t limit = 100;
};

/// The records that one repeatable upload has created so far, oldest first.
struct UploadTrace {
  std::vector<MediaRecord> ready;
  /// Announced; it is unknown whether their files have arrived.
  std::vector<MediaRecord> pending;
};

/// Stores records. All calls may run concurrently and each is one transaction.
///
/// Only *ready* records are visible to find, list and query; a path has at most one ready and one
/// pending record. Fails with `StorageError`: `NotFound`, `AlreadyExists`, and `Unavailable` with
/// `Retry::AfterDelay` if the database cannot be reached or is full.
class IRecordStore {
 public:
  virtual ~IRecordStore() = default;

  /// Throws `Unavailable` if the database does not respond.
  virtual void check() = 0;

  virtual std::optional<MediaRecord> find(const std::string& id) = 0;
  virtual std::optional<MediaRecord> findAt(const StoragePath& path) = 0;

  /// The records at these paths, in no particular order. A path without one is left out.
  virtual std::vector<MediaRecord> findAllAt(const std::vector<StoragePath>& paths) = 0;

  /// The records of files at most `depth` levels below `folder` (1: its direct children), ordered
  /// by path: at most `limit` of those after `after`, which is empty at first.
  virtual std::vector<MediaRecord> findUnder(const StoragePath& folder, std::size_t depth,
                                             const StoragePath& after, std::size_t limit) = 0;

  virtual std::vector<MediaRecord> query(const RecordQuery& query) = 0;

  /// Adds a ready record of an existing file. `AlreadyExists` if its path has one.
  virtual void insert(const MediaRecord& record) = 0;

  /// Returns the updated record. `NotFound`.
  virtual MediaRecord update(const std::string& id, const RecordPatch& patch) = 0;

  /// Removes a record, not its file. `NotFound`.
  virtual void erase(const std::string& id) = 0;

  /// Announces an upload with a pending record. `AlreadyExists` if its path has a pending one, so
  /// this reserves the path among all hosts that share the database.
  virtual void beginUpload(const MediaRecord& pending) = 0;

  /// The upload is visible at `record.path`: the pending record of that id becomes ready. A ready
  /// record at the same path keeps its id and creation time, and `customerId`, `orderId`,
  /// `direction`, `tags` and `uploadedBy` if the upload gave none; everything else is replaced.
  /// Returns the ready record.
  virtual MediaRecord finishUpload(const MediaRecord& record) = 0;

  /// Removes the pending record; no-op if there is none.
  virtual void cancelUpload(const std::string& id) = 0;

  virtual UploadTrace findUpload(const std::string& uploadId) = 0;

  /// The keys of repeatable uploads; lives as long as the store.
  virtual IUploadKeys& uploadKeys() = 0;

  /// Announces the removal of the file at `path`, or of everything below it. Its records are no
  /// longer ready. Returns their number.
  virtual std::size_t beginRemove(const StoragePath& path) = 0;
  virtual void finishRemove(const StoragePath& path) = 0;
  virtual void cancelRemove(const StoragePath& path) = 0;

  /// Announces the move of the file or folder at `from` to `to`. Its records stay ready at their
  /// old paths until `finishMove`, which also drops ready records at the new ones.
  virtual void beginMove(const StoragePath& from, const StoragePath& to) = 0;
  virtual void finishMove(const StoragePath& from, const StoragePath& to) = 0;
  virtual void cancelMove(const StoragePath& from, const StoragePath& to) = 0;

  /// Updates the etag of the ready record at `path` after a change of etag that left the content
  /// unchanged; no-op if the record's etag is not `former`, because it then describes other
  /// content.
  virtual void renewEtag(const StoragePath& path, const ETag& former, const ETag& etag) = 0;

  /// Every operation that was announced and has not ended, for `reconcile`.
  virtual std::vector<UnfinishedOperation> unfinished() = 0;

  /// Nobody works on the operation any more, and its outcome is open: it stays unfinished, and the
  /// records of a removal are ready again until it is resolved. No-op if it has ended.
  virtual void leaveOpen(const Announcement& announcement, Timestamp since) = 0;

  /// The same for every unfinished operation, for the start of a host.
  virtual void leaveAllOpen(Timestamp since) = 0;

  virtual std::vector<UnfinishedOperation> openOperations(const OpenOperationQuery& query) = 0;

  /// Ends one record's part in an operation: finished with the given record if it `hasHappened`,
  /// otherwise cancelled. No-op if the record no longer matches `operation`, because then another
  /// call has taken it over.
  virtual void resolve(const UnfinishedOperation& operation, bool hasHappened) = 0;

  /// Uploads that arrive in pieces. Lives as long as the store.
  virtual IUnfinishedUploads& unfinishedUploads() = 0;
};

}  // namespace mediadock::records
