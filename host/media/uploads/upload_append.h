#pragma once

/// \file
/// The one writer of an unfinished upload, for the time of a request.

#include "media/uploads/media_upload.h"
#include "media/uploads/resumable_upload_settings.h"
#include "media/uploads/upload_locks.h"
#include "records/record_store.h"
#include "storage/calls/renewed_context.h"

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

class UploadStarter;

/// The storage no longer has the bytes of an unfinished upload. The upload is forgotten.
class UploadGone final : public std::exception {
 public:
  const char* what() const noexcept override {
    return "the storage no longer has what was uploaded; begin anew";
  }
};

/// Takes bytes behind those that count already. What is written counts once it was kept, by `keep`
/// or now and then by itself; destroying the object leaves what was kept. Belongs to one thread.
class UploadAppend {
 public:
  /// What all uploads of a host share; each must outlive them.
  struct Dependencies {
    UploadStarter& starter;
    IRecordStore& records;
    UncountedBytes& uncounted;
    const ResumableUploadSettings& settings;
  };

  /// Forgets an upload with its bytes.
  using Forget = std::function<void(const UnfinishedUpload&, const CallContext&)>;

  /// Made by `ResumableUploads::append`.
  UploadAppend(const Dependencies& dependencies, UploadLocks::Lock lock, UnfinishedUpload upload,
               Forget forget);

  /// As it was last kept.
  const UnfinishedUpload& upload() const noexcept { return upload_; }

  /// Bytes that came so far, those written here included.
  std::uint64_t offset() const noexcept { return offset_; }

  bool isWhole() const noexcept { return offset_ == upload_.size; }

  /// Another request wants to go on with the upload.
  bool isWanted() const { return lock_.isWanted(); }

  /// Keeps nothing by itself: either all that is written will count, or nothing.
  void holdBack() noexcept { isHeldBack_ = true; }

  /// Opens the file, new or where it was left. Once, before the first byte.
  /// \throws UploadGone.
  void open(std::string_view filename, const UploadFields& fields, const CallContext& context);

  /// \throws StorageError `Conflict` where another host goes on with the upload; RefusedType, and
  ///   the upload is forgotten; UnfinishedLimitReached.
  void write(std::span<const std::byte> bytes);

  /// Makes count what was written.
  void keep();

  /// Makes the file visible and its record ready. Where that fails for good (other bytes than
  /// announced), the upload is forgotten; else it can be tried again from what was kept.
  /// \pre `isWhole()`.
  MediaRecord finish();

  /// After `finish`: as `MediaUpload::replaced`.
  std::optional<ETag> replaced() const { return file_->replaced(); }

  /// The record of a finished upload; nothing where it was removed since.
  std::optional<MediaRecord> record() const;

 private:
  template <typename Step>
  auto attempt(Step step) -> decltype(step());

  void requireRoom(std::uint64_t bytes);
  void forget();
  void save();

  const Dependencies shared_;
  const UploadLocks::Lock lock_;
  UnfinishedUpload upload_;
  const Forget forget_;
  std::uint64_t offset_;
  /// What the owner's uploads held in all when the offset was `ownedAt_`.
  std::uint64_t owned_ = 0;
  std::optional<std::uint64_t> ownedAt_;
  UncountedBytes::Share uncounted_;
  bool isHeldBack_ = false;
  UploadFields fields_;
  std::optional<RenewedContext> context_;
  std::unique_ptr<MediaUpload> file_;
};

}  // namespace mediadock
