#include "media/uploads/upload_append.h"

#include "media/rules/new_record.h"
#include "media/rules/wall_clock.h"
#include "media/types/denied_types.h"
#include "media/uploads/spooled_upload.h"
#include "media/uploads/upload_starter.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::media {
namespace {

/// The most bytes that are lost if the host dies. A shorter interval would cause small chunks and
/// more database writes; for a large file it is a thousandth of its size.
std::uint64_t keepInterval(std::uint64_t size) {
  constexpr std::uint64_t kLeast = 32U << 20U;
  return std::max(kLeast, size / 1000);
}

/// Whether a retry with the same bytes would fail the same way.
bool isForGood(const StorageError& error) {
  return error.code() == StorageErrc::ChecksumMismatch ||
         error.code() == StorageErrc::RejectedContent;
}

std::unique_ptr<MediaUpload> openSpooled(UploadStarter& starter, const std::string& name,
                                         const records::UnfinishedUpload& upload,
                                         std::string_view filename, const UploadFields& fields,
                                         const CallContext& context) {
  auto file = name.empty() ? std::nullopt : starter.spool().open(name);
  if (!file && !name.empty()) {
    throw StorageError(StorageErrc::NotFound, "the spooled file is gone");
  }
  return std::make_unique<SpooledUpload>(starter, std::move(file), upload.progress.size, filename,
                                         fields, context);
}

}  // namespace

UploadAppend::UploadAppend(const Dependencies& dependencies, UploadLocks::Lock lock,
                           records::UnfinishedUpload upload, Forget forget)
    : shared_(dependencies),
      lock_(std::move(lock)),
      upload_(std::move(upload)),
      forget_(std::move(forget)),
      offset_(upload_.progress.size),
      uncounted_(dependencies.uncounted, upload_.owner) {}

void UploadAppend::open(std::string_view filename, const UploadFields& fields,
                        const CallContext& context) {
  fields_ = fields;
  fields_.mayBeSuspended = true;
  fields_.isTargetFinal = true;
  context_.emplace(context);
  const auto& progress = upload_.progress;
  try {
    if (const auto name = spooledFileOf(progress.token)) {
      file_ = openSpooled(shared_.starter, *name, upload_, filename, fields, context);
    } else if (progress.size == 0 && progress.token.empty()) {
      file_ = shared_.starter.start(filename, fields_, context);
    } else {
      file_ = shared_.starter.resume(filename, fields_, progress, context);
    }
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::NotFound || progress.token.empty()) {
      throw;
    }
    forget();
    throw UploadGone();
  }
}

void UploadAppend::write(std::span<const std::byte> bytes) {
  requireRoom(bytes.size());
  attempt([&] { file_->write(bytes); });
  offset_ += bytes.size();
  // Never at the very end: a client that sees all bytes counted takes the upload for finished.
  if (!isHeldBack_ && !isWhole() && offset_ - upload_.progress.size >= keepInterval(upload_.size)) {
    keep();
  }
}

void UploadAppend::keep() {
  if (offset_ > upload_.progress.size && !isWhole()) {
    upload_.progress = attempt([&] { return file_->suspend(); });
    save();
    uncounted_.giveBack();
    ownedAt_.reset();
  }
}

/// Queries the database again after some bytes, because other requests and hosts write for the same
/// owner.
void UploadAppend::requireRoom(std::uint64_t bytes) {
  if (!ownedAt_ || offset_ - *ownedAt_ >= keepInterval(upload_.size)) {
    owned_ = shared_.records.unfinishedUploads().bytesOf(upload_.owner);
    ownedAt_ = offset_;
  }
  const auto most = shared_.settings.perOwner.bytes;
  const auto uncounted = uncounted_.add(bytes);
  if (uncounted > most || owned_ > most - uncounted) {
    throw UnfinishedLimitReached(UnfinishedLimitReached::Limit::Bytes, most);
  }
}

records::MediaRecord UploadAppend::finish() {
  fields_.recordId = newRecordId();
  upload_.recordId = fields_.recordId;
  save();
  auto record = attempt([&] { return file_->commit(fields_); });
  upload_.progress = {.size = upload_.size};
  upload_.recordId = record.id;
  upload_.isFinished = true;
  try {
    save();
  } catch (const StorageError&) {
    // The file and its record exist, and the record has the id that was saved before.
  }
  return record;
}

std::optional<records::MediaRecord> UploadAppend::record() const {
  return shared_.records.find(upload_.recordId);
}

template <typename Step>
auto UploadAppend::attempt(Step step) -> decltype(step()) {
  try {
    return step();
  } catch (const RefusedType&) {
    forget();
    throw;
  } catch (const StorageError& error) {
    if (isForGood(error)) {
      forget();
    }
    throw;
  }
}

void UploadAppend::forget() {
  file_.reset();
  forget_(upload_, context_->now());
}

void UploadAppend::save() {
  upload_.expiresAt = wallClock() + shared_.settings.expireAfter;
  shared_.records.unfinishedUploads().save(upload_);
}

}  // namespace mediadock::media
