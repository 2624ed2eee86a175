#pragma once

/// \file
/// An upload that combines a provider's write stream with a record.

#include "media/changes/open_outcomes.h"
#include "media/rules/name_candidates.h"
#include "media/types/file_types.h"
#include "media/uploads/background_workers.h"
#include "media/uploads/media_upload.h"
#include "media/uploads/upload_stream.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"
#include "storage/calls/per_call_deadline.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::media {

/// The bytes go into the provider's stream and are not visible yet. `commit` takes three steps
/// whose order makes a crash between any two of them harmless:
///
///     1. pending record    crash: no file yet            -> reconcile forgets the record
///     2. visible file      crash: file, pending record   -> reconcile makes the record ready
///     3. ready record
///
/// In another order, a crash would leave a file without a record, or a ready record without its
/// file. The pending record also reserves the path among all hosts that share the database; that
/// nothing is overwritten is ensured by the storage itself.
class StorageUpload final : public MediaUpload {
 public:
  /// Shared by all uploads of a host; each must outlive them.
  struct Dependencies {
    IStorageProvider& provider;
    records::IRecordStore& records;
    OpenOutcomes& outcomes;
    /// Remembers the type found in the bytes.
    FileTypes& types;
    BackgroundWorkers& hashing;
  };

  /// Refuses early what is certain to fail.
  /// \param from the point to resume at; by default the beginning. \throws StorageError `NotFound`
  ///   if the storage no longer has what was written.
  StorageUpload(const Dependencies& dependencies, const UploadTypeCheck& typeCheck,
                std::string_view filename, const UploadFields& fields, const CallContext& context,
                const records::UploadCheckpoint& from = {});

  void write(std::span<const std::byte> bytes) override { stream_.write(bytes); }

  void flush() override { stream_.flush(); }

  bool canSuspend() const override { return provider_.capabilities().writeResume; }

  records::UploadCheckpoint suspend() override { return stream_.suspend(); }

  records::MediaRecord commit(const UploadFields& fields) override;

  std::optional<ETag> replaced() const override { return replaced_; }

 private:
  WritePlan aim();
  void refuseEarly(const StoragePath& path);
  bool requireConditions(const StoragePath& path);
  WriteTarget targetAt(const StoragePath& path) const;
  void checkDigest();
  records::MediaRecord commitAt(const StoragePath& folder);
  void noteReplaced(const StoragePath& path);
  std::optional<records::MediaRecord> tryCommit(const records::MediaRecord& pending);
  void requireUnrecorded(const StoragePath& path);
  bool reserve(const records::MediaRecord& pending);
  bool tryToReserve(const records::MediaRecord& pending);
  std::optional<Entry> publish(const records::MediaRecord& pending, OpenOutcomes::InFlight& upload);
  records::MediaRecord finish(records::MediaRecord record, const Entry& entry);

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  OpenOutcomes& outcomes_;
  FileTypes& types_;
  const Capabilities capabilities_;
  UploadFields fields_;
  /// Receiving the bytes may take longer than a call may.
  const storage::PerCallDeadline context_;
  NameCandidates names_;
  /// The folder in which `names_` were looked up.
  StoragePath folder_;
  UploadStream stream_;
  std::string sha256_;
  std::optional<ETag> replaced_;
};

}  // namespace mediadock::media
