#include "media/uploads/resumable_uploads.h"

#include "media/rules/random_id.h"
#include "media/rules/wall_clock.h"
#include "media/uploads/spooled_upload.h"
#include "media/uploads/upload_starter.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <utility>

namespace mediadock::media {
namespace {

/// How long a writer has to release an upload that another request wants.
constexpr std::chrono::seconds kLetGo{5};

/// How long after expiry a client still learns that its upload has expired.
constexpr std::chrono::hours kMourning{1};

/// How long the storage may fail to drop an expired upload before it is left to the storage's own
/// cleanup.
constexpr std::chrono::hours kTimeout{24};

constexpr std::size_t kSweepCount = 100;

}  // namespace

ResumableUploads::ResumableUploads(UploadStarter& starter, IStorageProvider& provider,
                                   records::IRecordStore& records,
                                   const ResumableUploadSettings& settings)
    : starter_(starter),
      provider_(provider),
      records_(records),
      settings_(settings) {}

records::UnfinishedUpload ResumableUploads::create(const NewResumableUpload& upload,
                                                   const CallContext& context) {
  const auto size = upload.fields.size.value();
  const auto& limits = settings_.perOwner;
  if (size > limits.bytes) {
    throw UnfinishedLimitReached(UnfinishedLimitReached::Limit::UploadBytes, limits.bytes);
  }
  records::UnfinishedUpload created{.id = randomId(),
                                    .caller = upload.caller,
                                    .owner = upload.owner,
                                    .metadata = upload.metadata,
                                    .size = size,
                                    .expiresAt = wallClock() + settings_.expireAfter};
  if (!canWaitAtStorage(upload, context)) {
    starter_.spool().requireRoom(size);
    created.progress.token = spoolToken("");
  }
  if (!records_.unfinishedUploads().insert(created, limits.uploads)) {
    throw UnfinishedLimitReached(UnfinishedLimitReached::Limit::Uploads, limits.uploads);
  }
  return created;
}

/// Also refuses what is certain to fail.
bool ResumableUploads::canWaitAtStorage(const NewResumableUpload& upload,
                                        const CallContext& context) {
  auto fields = upload.fields;
  fields.isTargetFinal = true;
  const auto attempt = starter_.start(upload.filename, fields, context);
  if (!attempt->canSuspend()) {
    // A provider may know its abilities better after a check.
    provider_.check(context);
  }
  return attempt->canSuspend();
}

std::optional<records::UnfinishedUpload> ResumableUploads::find(const std::string& id) {
  return load(id);
}

/// If a host died between the commit and the response, the record shows that the upload is
/// finished.
std::optional<records::UnfinishedUpload> ResumableUploads::load(const std::string& id) {
  auto upload = records_.unfinishedUploads().find(id);
  if (upload && !upload->isFinished && !upload->recordId.empty() &&
      records_.find(upload->recordId)) {
    upload->isFinished = true;
    upload->progress = {.size = upload->size};
  }
  return upload;
}

std::unique_ptr<UploadAppend> ResumableUploads::append(const std::string& id) {
  auto lock = locks_.acquire(id, kLetGo);
  auto upload = load(id);
  if (!upload) {
    return nullptr;
  }
  return std::make_unique<UploadAppend>(
      UploadAppend::Dependencies{starter_, records_, uncounted_, settings_}, std::move(lock),
      *std::move(upload),
      [this](const records::UnfinishedUpload& gone, const CallContext& context) {
        drop(gone, context);
        records_.unfinishedUploads().erase(gone.id);
      });
}

void ResumableUploads::terminate(const std::string& id, const CallContext& context) {
  const auto lock = locks_.acquire(id, kLetGo);
  if (const auto upload = load(id)) {
    drop(*upload, context);
    records_.unfinishedUploads().erase(id);
  }
}

void ResumableUploads::drop(const records::UnfinishedUpload& upload, const CallContext& context) {
  const auto& token = upload.progress.token;
  if (const auto file = spooledFileOf(token)) {
    starter_.spool().remove(*file);
  } else if (!token.empty()) {
    provider_.dropWrite(token, context);
  }
}

void ResumableUploads::sweep(const CallContext& context) {
  for (const auto& upload :
       records_.unfinishedUploads().expiredBefore(wallClock() - kMourning, kSweepCount)) {
    if (const auto lock = locks_.tryAcquire(upload.id)) {
      forgetExpired(upload, context);
    }
  }
  starter_.spool().sweep(settings_.expireAfter + 2 * kMourning);
}

void ResumableUploads::forgetExpired(const records::UnfinishedUpload& upload,
                                     const CallContext& context) {
  try {
    drop(upload, context);
  } catch (const StorageError&) {
    if (upload.expiresAt > wallClock() - kTimeout) {
      return;
    }
  }
  records_.unfinishedUploads().erase(upload.id);
}

bool isExpired(const records::UnfinishedUpload& upload) {
  return upload.expiresAt <= wallClock();
}

}  // namespace mediadock::media
