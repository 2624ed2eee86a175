#pragma once

/// \file
/// The only writer of an unfinished upload, for the duration of a request.

#include "media/uploads/media_upload.h"
#include "media/uploads/resumable_upload_settings.h"
#include "media/uploads/upload_locks.h"
#include "records/record_store.h"
#include "storage/calls/per_call_deadline.h"

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::media {

class UploadStarter;

/// The storage no longer has the bytes of an unfinished upload. The upload has been deleted.
class UploadGone final : public std::exception {
 public:
  const char* what() const noexcept override {
    return "the storage no longer has what was uploaded; begin anew";
  }
};

/// Appends bytes to an unfinished upload. Written bytes count once they are saved, by `keep` or
/// automatically from time to time; destroying the object leaves what was saved. Not thread-safe.
class UploadAppend {
 public:
  /// Shared by all uploads of a host; each must outlive them.
  struct Dependencies {
    UploadStarter& starter;
    records::IRecordStore& records;
    UncountedBytes& uncounted;
    const ResumableUploadSettings& settings;
  };

  /// Deletes an upload and its bytes.
  using Forget = std::function<void(const records::UnfinishedUpload&, const CallContext&)>;

  /// Made by `ResumableUploads::append`.
  UploadAppend(const Dependencies& dependencies, UploadLocks::Lock lock,
               records::UnfinishedUpload upload, Forget forget);

  /// As last saved.
  const records::UnfinishedUpload& upload() const noexcept { return upload_; }

  /// Bytes received so far, including those written here.
  std::uint64_t offset() const noexcept { return offset_; }

  bool isWhole() const noexcept { return offset_ == upload_.size; }

  /// Another request wants to continue the upload.
  bool isWanted() const { return lock_.isWanted(); }

  /// Disables automatic saving: either everything written will count, or nothing.
  void holdBack() noexcept { isHeldBack_ = true; }

  /// Opens the file, a new one or where it was left. Call once, before the first byte.
  /// \throws UploadGone.
  void open(std::string_view filename, const UploadFields& fields, const CallContext& context);

  /// \throws StorageError `Conflict` if another host has continued the upload; RefusedType, which
  ///   also deletes the upload; UnfinishedLimitReached.
  void write(std::span<const std::byte> bytes);

  /// Saves what was written, so that it counts.
  void keep();

  /// Makes the file visible and its record ready. After a permanent failure (a wrong checksum, say)
  /// the upload is deleted; otherwise it can be retried from what was saved.
  /// \pre `isWhole()`.
  records::MediaRecord finish();

  /// After `finish`: as `MediaUpload::replaced`.
  std::optional<ETag> replaced() const { return file_->replaced(); }

  /// The record of a finished upload; nullopt if it was removed since.
  std::optional<records::MediaRecord> record() const;

 private:
  template <typename Step>
  auto attempt(Step step) -> decltype(step());

  void requireRoom(std::uint64_t bytes);
  void forget();
  void save();

  const Dependencies shared_;
  const UploadLocks::Lock lock_;
  records::UnfinishedUpload upload_;
  const Forget forget_;
  std::uint64_t offset_;
  /// The total of the owner's uploads when the offset was `ownedAt_`.
  std::uint64_t owned_ = 0;
  std::optional<std::uint64_t> ownedAt_;
  UncountedBytes::Share uncounted_;
  bool isHeldBack_ = false;
  UploadFields fields_;
  std::optional<storage::PerCallDeadline> context_;
  std::unique_ptr<MediaUpload> file_;
};

}  // namespace mediadock::media
