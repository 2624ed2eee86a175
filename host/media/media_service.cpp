#include "media/media_service.h"

#include "media/browsing/browse_stream.h"
#include "media/rules/file_name.h"
#include "media/rules/file_size.h"
#include "mediadock/storage_error.h"
#include "storage/completion/completed_provider.h"

#include <Poco/Logger.h>

#include <cstdint>
#include <utility>

namespace mediadock::media {
namespace {

[[noreturn]] void failNotFound(const char* operation, const StoragePath& path) {
  throw StorageError({.code = StorageErrc::NotFound,
                      .message = "nothing is there",
                      .operation = operation,
                      .path = path.str()});
}

/// Unknown if the storage cannot report it now: the other limits are still useful.
Quota quotaOf(IStorageProvider& provider, const CallContext& context) {
  try {
    return provider.quota(context);
  } catch (const StorageError& error) {
    Poco::Logger::get("media").warning(std::string("the quota is not known: ") + error.what());
    return {};
  }
}

}  // namespace

MediaService::MediaService(std::shared_ptr<IStorageProvider> provider,
                           std::shared_ptr<records::IRecordStore> records, DeniedTypes deniedTypes,
                           const ResumableUploadSettings& resumable, ThumbnailSettings thumbnails)
    : provider_(std::move(provider)),
      records_(std::move(records)),
      firstCheck_(*provider_),
      types_(std::move(deniedTypes)),
      digests_(*records_),
      outcomes_(*provider_, *records_),
      changes_(*provider_, *records_, firstCheck_, types_, outcomes_),
      orderedListings_(*provider_, *records_),
      uploads_(*provider_, *records_, firstCheck_, types_, outcomes_, resumable),
      resumableUploads_(uploads_, *provider_, *records_, resumable),
      thumbnails_(*provider_, std::move(thumbnails)) {}

BrowseResult MediaService::browse(const BrowseRequest& request, const CallContext& context) {
  return orderedListings_.browse(request, context);
}

std::unique_ptr<IBrowseStream> MediaService::openBrowse(const BrowseRequest& request,
                                                        const CallContext& context) {
  return openBrowseStream(*provider_, *records_, request, Join::Now, context);
}

std::unique_ptr<IReadStream> MediaService::openFile(const StoragePath& path,
                                                    const ReadOptions& options,
                                                    const CallContext& context) {
  if (isReserved(path)) {
    failNotFound("openRead", path);
  }
  if (options.range || options.ifMatch || options.ifNoneMatch) {
    firstCheck_.ensure();
  }
  return provider_->openRead(path, options, context);
}

std::optional<Entry> MediaService::stat(const StoragePath& path, const CallContext& context) {
  return isReserved(path) ? std::nullopt : provider_->stat(path, context);
}

std::unique_ptr<RepeatableUpload> MediaService::startRepeatable(std::string caller, std::string key,
                                                                const CallContext& context) {
  return std::make_unique<RepeatableUpload>(
      *provider_, *records_, records::UploadKey{.caller = std::move(caller), .key = std::move(key)},
      context);
}

std::optional<ETag> MediaService::remove(const StoragePath& path, const RemoveOptions& options,
                                         const CallContext& context) {
  return changes_.remove(path, options, context);
}

MoveResult MediaService::move(const StoragePath& from, const StoragePath& to,
                              const CallContext& context) {
  return changes_.move(from, to, context);
}

bool MediaService::makeFolder(const StoragePath& path, const CallContext& context) {
  requireUsable(path);
  firstCheck_.ensure();
  return provider_->makeDirectory(path, context);
}

StorageLimits MediaService::limits(const CallContext& context) {
  // An unreachable storage is not writable; its error says more than a flag. Checked first, because
  // the provider knows its storage better afterwards.
  provider_->check(context);
  firstCheck_.skip();
  StorageLimits limits{.capabilities = provider_->capabilities()};
  if (limits.capabilities.quota) {
    limits.quota = quotaOf(*provider_, context);
  }
  limits.notAtomic = storage::notAtomic(limits.capabilities);
  limits.isWritable = limits.quota.available != std::uint64_t{0};
  return limits;
}

std::vector<records::MediaRecord> MediaService::queryRecords(const records::RecordQuery& query) {
  return records_->query(query);
}

std::optional<records::MediaRecord> MediaService::findRecord(const std::string& id) {
  return records_->find(id);
}

records::MediaRecord MediaService::addRecord(const NewRecord& record, const CallContext& context) {
  requireUsable(record.path);
  checkFields(record.fields);
  auto entry = provider_->stat(record.path, context);
  if (!entry) {
    failNotFound("addRecord", record.path);
  }
  if (entry->isDirectory()) {
    throw StorageError({.code = StorageErrc::IsADirectory,
                        .message = "a record is of a file, and this is a folder",
                        .operation = "addRecord",
                        .path = record.path.str()});
  }
  auto added = makeRecord(record.path, record.fields);
  entry->size = sizeOf(*provider_, *entry, context);
  copyStoredMetadata(*entry, added);
  records_->insert(added);
  return added;
}

records::MediaRecord MediaService::updateRecord(const std::string& id,
                                                const records::RecordPatch& patch) {
  checkPatch(patch);
  return records_->update(id, patch);
}

records::MediaRecord MediaService::eraseRecord(const std::string& id) {
  auto record = records_->find(id);
  records_->erase(id);
  return record.value_or(records::MediaRecord{.id = id});
}

Capabilities MediaService::capabilities() {
  firstCheck_.ensure();
  return provider_->capabilities();
}

void MediaService::check(const CallContext& context) {
  provider_->check(context);
  firstCheck_.skip();
  records_->check();
}

}  // namespace mediadock::media
