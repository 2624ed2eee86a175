#pragma once

/// \file
/// The upload that joins a provider's write stream with a record.

#include "media/media_upload.h"
#include "media/name_candidates.h"
#include "media/open_outcomes.h"
#include "media/resumable_sha256.h"
#include "media/side_threads.h"
#include "media/upload_type_check.h"
#include "media/version_memo.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"
#include "storage/renewed_context.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// The bytes flow into the provider's stream, invisible. `commit` takes three steps whose order
/// makes a crash between any two of them harmless:
///
///     1. pending record    crash: no file yet            -> reconcile forgets the record
///     2. visible file      crash: file, pending record   -> reconcile makes the record ready
///     3. ready record
///
/// The other way round, a crash would leave a file that no record knows of, or a ready record
/// without its file. The pending record also reserves the path among all hosts of one database;
/// that nothing is overwritten is decided by the storage itself.
///
/// The storage gets no byte, and is not told of the file, before the first bytes have shown what it
/// is.
class StorageUpload final : public MediaUpload {
 public:
  /// Borrows provider, records, outcomes, memo and threads for its lifetime. Refuses early what is
  /// sure to fail.
  /// \param memo records the type that the bytes show. \param hashing computes the digest of a long
  ///   file beside the thread that moves it. \param from the point to resume at; by default the
  ///   beginning. \throws StorageError `NotFound` if the storage no longer has what was written.
  StorageUpload(IStorageProvider& provider, IRecordStore& records, OpenOutcomes& outcomes,
                VersionMemo<SniffedType>& memo, SideThreads& hashing,
                const UploadTypeCheck& typeCheck, std::string_view filename,
                const UploadFields& fields, const CallContext& context,
                const UploadCheckpoint& from = {});

  void write(std::span<const std::byte> bytes) override;
  void flush() override;
  bool canSuspend() const override;
  UploadCheckpoint suspend() override;
  MediaRecord commit(const UploadFields& fields) override;

  std::optional<ETag> replaced() const override { return replaced_; }

 private:
  void aim();
  void goOnFrom(const UploadCheckpoint& from);
  void open();
  void pass(std::span<const std::byte> bytes);
  void passAndHash(std::span<const std::byte> bytes);
  void refuseEarly(const StoragePath& path);
  bool requireConditions(const StoragePath& path);
  void checkDigest();
  MediaRecord commitAt(const StoragePath& folder);
  MediaRecord finish(MediaRecord record, const Entry& entry);
  void noteReplaced(const StoragePath& path);
  std::optional<MediaRecord> tryCommit(const MediaRecord& pending);
  std::optional<Entry> publish(const MediaRecord& pending, OpenOutcomes::InFlight& upload);
  bool reserve(const MediaRecord& pending);
  bool tryToReserve(const MediaRecord& pending);
  void aimAt(const StoragePath& path);
  WriteTarget targetAt(const StoragePath& path) const;
  WriteOptions options() const;

  IStorageProvider& provider_;
  IRecordStore& records_;
  OpenOutcomes& outcomes_;
  VersionMemo<SniffedType>& memo_;
  SideThreads& hashing_;
  const UploadTypeCheck typeCheck_;
  const Capabilities capabilities_;
  UploadFields fields_;
  /// The file's bytes may take longer than a call may.
  const RenewedContext context_;
  NameCandidates names_;
  /// The folder in which `names_` were looked up.
  StoragePath folder_;
  WriteTarget target_;
  /// The first bytes, until there are enough to judge the file by.
  std::vector<std::byte> beginning_;
  std::optional<SniffedType> type_;
  /// Nothing before the file's type was judged.
  std::unique_ptr<IWriteStream> stream_;
  ResumableSha256 digest_;
  std::string sha256_;
  std::optional<ETag> replaced_;
  std::uint64_t size_ = 0;
};

}  // namespace mediadock
