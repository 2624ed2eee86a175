#pragma once

/// \file
/// Where records are kept, and how an operation on the storage is announced there before it
/// happens, so that a crash leaves nothing unknown.

#include "records/media_record.h"
#include "records/unfinished_uploads.h"
#include "records/upload_keys.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// An operation that was announced and neither finished nor cancelled.
struct UnfinishedOperation {
  enum class Kind { Upload, Remove, Move };
  Kind kind = Kind::Upload;
  /// The pending record of an upload; the ready record of a removal or a move.
  MediaRecord record;
  /// For a move: where the record's file is to go.
  StoragePath target;
  /// Since when its outcome is open; absent while a host works at it, or where that one died.
  std::optional<Timestamp> openSince;
};

/// An operation by what it was announced with: an upload by its record's id, a removal by its path,
/// a move by both of its paths.
struct Announcement {
  UnfinishedOperation::Kind kind = UnfinishedOperation::Kind::Upload;
  std::string id;
  StoragePath path;
  StoragePath target;
};

/// Which open operations to give, in the order of their records' ids.
struct OpenOperationQuery {
  /// On this path or below it.
  StoragePath within;
  /// Continue behind this record.
  std::string afterId;
  std::size_t limit = 100;
};

/// The records that one repeatable upload has brought so far, oldest first.
struct UploadTrace {
  std::vector<MediaRecord> ready;
  /// Announced; whether their files have arrived is not known.
  std::vector<MediaRecord> pending;
};

/// Keeps records. All calls may run concurrently and each is one transaction.
///
/// Only *ready* records are seen by find, list and query; a path has at most one ready and one
/// pending record. Fails with `StorageError`: `NotFound`, `AlreadyExists`, and `Unavailable` with
/// `Retry::AfterDelay` where the database cannot be reached or is full.
class IRecordStore {
 public:
  virtual ~IRecordStore() = default;

  /// Throws `Unavailable` where the database does not answer.
  virtual void check() = 0;

  virtual std::optional<MediaRecord> find(const std::string& id) = 0;
  virtual std::optional<MediaRecord> findAt(const StoragePath& path) = 0;

  /// The records at these paths, in no order. A path without one is left out.
  virtual std::vector<MediaRecord> findAllAt(const std::vector<StoragePath>& paths) = 0;

  /// The records of files at most `depth` levels below `folder` (1: its direct children), by path:
  /// at most `limit` of those behind `after`, which is empty at the beginning.
  virtual std::vector<MediaRecord> findUnder(const StoragePath& folder, std::size_t depth,
                                             const StoragePath& after, std::size_t limit) = 0;

  virtual std::vector<MediaRecord> query(const RecordQuery& query) = 0;

  /// Adds a ready record of a file that stands already. `AlreadyExists` where its path has one.
  virtual void insert(const MediaRecord& record) = 0;

  /// Returns the record as it is afterwards. `NotFound`.
  virtual MediaRecord update(const std::string& id, const RecordPatch& patch) = 0;

  /// Removes a record by itself. `NotFound`.
  virtual void erase(const std::string& id) = 0;

  /// Announces an upload: a pending record. `AlreadyExists` where its path has a pending one, which
  /// makes this the reservation of a name among all hosts of one database.
  virtual void beginUpload(const MediaRecord& pending) = 0;

  /// The upload is visible at `record.path`: the pending record of that id becomes the ready one. A
  /// ready record at the same path keeps its id and creation time and takes over all else, but for
  /// `customerId`, `orderId`, `direction`, `tags` and `uploadedBy` where the upload gave none.
  /// Returns the ready record.
  virtual MediaRecord finishUpload(const MediaRecord& record) = 0;

  /// Forgets the pending record; nothing happens where there is none.
  virtual void cancelUpload(const std::string& id) = 0;

  virtual UploadTrace findUpload(const std::string& uploadId) = 0;

  /// The keys of uploads that may be sent again; lives as long as the store.
  virtual IUploadKeys& uploadKeys() = 0;

  /// Announces the removal of the file at `path`, or of all below it. Its records are no longer
  /// ready. Returns how many there are.
  virtual std::size_t beginRemove(const StoragePath& path) = 0;
  virtual void finishRemove(const StoragePath& path) = 0;
  virtual void cancelRemove(const StoragePath& path) = 0;

  /// Announces the move of the file or folder at `from` to `to`. Its records stay ready at their
  /// old paths until `finishMove`, which also drops ready records that stood at the new ones.
  virtual void beginMove(const StoragePath& from, const StoragePath& to) = 0;
  virtual void finishMove(const StoragePath& from, const StoragePath& to) = 0;
  virtual void cancelMove(const StoragePath& from, const StoragePath& to) = 0;

  /// Gives the ready record at `path` the tag that the same bytes have now; nothing happens where
  /// it has another one than `former`, for then it speaks of other bytes.
  virtual void renewEtag(const StoragePath& path, const ETag& former, const ETag& etag) = 0;

  /// Everything that was announced and has not ended, for `reconcile`.
  virtual std::vector<UnfinishedOperation> unfinished() = 0;

  /// Nobody works at the operation any more, and what became of it is open: it stays unfinished,
  /// and the records of a removal are ready again until it is settled. Nothing happens where it has
  /// ended.
  virtual void leaveOpen(const Announcement& announcement, Timestamp since) = 0;

  /// The same for all that is unfinished, for the start of a host.
  virtual void leaveAllOpen(Timestamp since) = 0;

  virtual std::vector<UnfinishedOperation> openOperations(const OpenOperationQuery& query) = 0;

  /// Ends what one record has to do with an operation: as finished with the given record where it
  /// `hasHappened`, else as cancelled. Nothing happens where the record is no longer as `operation`
  /// says, for then another call has taken it over.
  virtual void settle(const UnfinishedOperation& operation, bool hasHappened) = 0;

  /// Uploads that come in pieces. Lives as long as the store.
  virtual IUnfinishedUploads& unfinishedUploads() = 0;
};

}  // namespace mediadock
