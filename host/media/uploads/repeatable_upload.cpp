#include "media/uploads/repeatable_upload.h"

#include "base/sha256.h"
#include "media/rules/reconcile.h"
#include "media/rules/wall_clock.h"
#include "mediadock/storage_error.h"
#include "records/record_store.h"

#include <Poco/UUID.h>
#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace mediadock::media {
namespace {

/// Longer than any single call to a storage; renewed between calls.
constexpr std::chrono::minutes kLease{10};
constexpr std::chrono::minutes kRenewEarlier{9};

std::string_view toString(OnConflict onConflict) {
  return onConflict == OnConflict::Rename    ? "rename"
         : onConflict == OnConflict::Replace ? "replace"
                                             : "fail";
}

/// Hashes each value with its length before it, so that different lists of values never look alike.
class Fingerprint {
 public:
  void add(std::string_view value) {
    const std::string length = std::to_string(value.size()) + ':';
    digest_.update(std::as_bytes(std::span(length)));
    digest_.update(std::as_bytes(std::span(value)));
  }

  std::string hex() const { return digest_.hex(); }

 private:
  base::Sha256 digest_;
};

/// Fingerprint of a request, independent of the order of its fields.
std::string fingerprintOf(const UploadFields& fields, const std::vector<SentFile>& files) {
  Fingerprint print;
  print.add(fields.folder.value_or(StoragePath()).str());
  print.add(toString(fields.onConflict));
  for (const records::RecordText& text : records::kRecordTexts) {
    print.add(fields.texts.*text.given);
  }
  print.add(fields.direction ? records::toString(*fields.direction) : "");
  print.add(fields.ifMatch ? fields.ifMatch->str() : "");
  print.add(std::to_string(fields.tags.size()));
  for (const std::string& tag : fields.tags) {
    print.add(tag);
  }
  for (const SentFile& file : files) {
    print.add(file.name);
    print.add(file.sha256);
  }
  return print.hex();
}

std::vector<std::string> idsOf(const std::vector<records::MediaRecord>& records) {
  std::vector<std::string> ids;
  for (const records::MediaRecord& record : records) {
    ids.push_back(record.id);
  }
  return ids;
}

}  // namespace

RepeatableUpload::RepeatableUpload(IStorageProvider& provider, records::IRecordStore& records,
                                   records::UploadKey key, const CallContext& context)
    : provider_(provider),
      records_(records),
      key_(std::move(key)),
      lease_{.uploadId = Poco::UUIDGenerator::defaultGenerator().createRandom().toString(),
             .until = wallClock() + kLease} {
  const auto former = records_.uploadKeys().take(key_, lease_, wallClock());
  if (!former) {
    isOurs_ = true;
  } else if (former->hasArrived()) {
    isRepeat_ = true;
    arrived_ = former;
  } else {
    takeOver(former->lease, context);
  }
}

void RepeatableUpload::takeOver(const records::UploadLease& former, const CallContext& context) {
  if (former.until > wallClock()) {
    throw UploadKeyError(UploadKeyError::Reason::InUse);
  }
  lease_.uploadId = former.uploadId;
  if (!records_.uploadKeys().exchange(key_, former, lease_)) {
    throw UploadKeyError(UploadKeyError::Reason::InUse);
  }
  try {
    resolve(context);
    orphanedRecords_ = records_.findUpload(lease_.uploadId).ready;
  } catch (...) {
    endLease();
    throw;
  }
  isOurs_ = true;
  isRepeat_ = !orphanedRecords_.empty();
}

/// Asks the storage for the outcome of files that were being committed.
void RepeatableUpload::resolve(const CallContext& context) {
  for (const records::MediaRecord& pending : records_.findUpload(lease_.uploadId).pending) {
    reconcile(provider_, records_,
              {.within = pending.path, .kind = records::UnfinishedOperation::Kind::Upload},
              context);
  }
}

RepeatableUpload::~RepeatableUpload() {
  if (isOurs_) {
    endLease();
  }
}

void RepeatableUpload::endLease() noexcept {
  try {
    const auto trace = records_.findUpload(lease_.uploadId);
    if (trace.ready.empty() && trace.pending.empty()) {
      records_.uploadKeys().release(key_, lease_);
    } else {
      records_.uploadKeys().exchange(key_, lease_,
                                     {.uploadId = lease_.uploadId, .until = wallClock()});
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): it ends by itself in time.
  }
}

void RepeatableUpload::keep() {
  if (isOurs_ && lease_.until - wallClock() < kRenewEarlier) {
    keepForCommit();
  }
}

void RepeatableUpload::keepForCommit() {
  const records::UploadLease longer{.uploadId = lease_.uploadId, .until = wallClock() + kLease};
  if (!records_.uploadKeys().exchange(key_, lease_, longer)) {
    isOurs_ = false;
    throw UploadKeyError(UploadKeyError::Reason::InUse);
  }
  lease_ = longer;
}

void RepeatableUpload::finish(const UploadFields& fields, const std::vector<SentFile>& files,
                              const std::vector<records::MediaRecord>& records) {
  records_.uploadKeys().finish(key_, lease_, fingerprintOf(fields, files), idsOf(records),
                               wallClock());
  isOurs_ = false;
}

std::vector<records::MediaRecord> RepeatableUpload::recordsOf(const UploadFields& fields,
                                                              const std::vector<SentFile>& files) {
  if (!arrived_) {
    auto records = survivingRecords(files);
    finish(fields, files, records);
    return records;
  }
  if (arrived_->fingerprint != fingerprintOf(fields, files)) {
    throw UploadKeyError(UploadKeyError::Reason::OtherUpload);
  }
  return arrivedRecords();
}

std::vector<records::MediaRecord> RepeatableUpload::arrivedRecords() const {
  std::vector<records::MediaRecord> found;
  for (const std::string& id : arrived_->recordIds) {
    auto record = records_.find(id);
    if (!record) {
      throw UploadKeyError(UploadKeyError::Reason::Gone);
    }
    found.push_back(std::move(*record));
  }
  return found;
}

/// After a crash only the files themselves show what was sent.
std::vector<records::MediaRecord> RepeatableUpload::survivingRecords(
    const std::vector<SentFile>& files) const {
  auto left = orphanedRecords_;
  std::vector<records::MediaRecord> found;
  for (const SentFile& file : files) {
    const auto record = std::find_if(
        left.begin(), left.end(),
        [&](const records::MediaRecord& candidate) { return candidate.sha256 == file.sha256; });
    if (record != left.end()) {
      found.push_back(std::move(*record));
      left.erase(record);
    }
  }
  if (!left.empty()) {
    throw UploadKeyError(UploadKeyError::Reason::OtherUpload);
  }
  if (found.size() < files.size()) {
    throw UploadKeyError(UploadKeyError::Reason::BrokenOff);
  }
  return found;
}

void RepeatableUpload::releaseAfterCleanup() {
  records_.uploadKeys().release(key_, lease_);
  isOurs_ = false;
}

}  // namespace mediadock::media
