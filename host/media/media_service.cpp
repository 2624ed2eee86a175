#include "media/media_service.h"

#include "media/browse.h"
#include "media/browse_stream.h"
#include "media/file_name.h"
#include "media/file_size.h"
#include "media/media_type.h"
#include "media/new_record.h"
#include "media/repeatable_upload.h"
#include "media/resumable_uploads.h"
#include "media/spooled_upload.h"
#include "media/storage_upload.h"
#include "mediadock/storage_error.h"
#include "records/record_store.h"
#include "storage/completed_provider.h"
#include "storage/renewed_context.h"

#include <Poco/Logger.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace mediadock {
namespace {

/// How long it counts that a version's digest is not known.
constexpr std::chrono::seconds kDigestAge{5};

[[noreturn]] void failNotFound(const char* operation, const StoragePath& path) {
  throw StorageError({.code = StorageErrc::NotFound,
                      .message = "nothing is there",
                      .operation = operation,
                      .path = path.str()});
}

bool isOutcomeUnknown(const StorageError& error) {
  return error.failure().retry == Retry::OutcomeUnknown;
}

bool isRemoved(const Reconciled& settled) {
  return settled.isFinished && settled.operation.kind == UnfinishedOperation::Kind::Remove;
}

/// Refuses the root before all records are announced to go with it.
void requireMovable(const StoragePath& path, const char* operation) {
  if (path.isRoot()) {
    throw StorageError({.code = StorageErrc::InvalidPath,
                        .message = "the root stays where it is",
                        .operation = operation});
  }
  requireUsable(path);
}

/// The first `most` bytes of a file, or all of a shorter one.
std::vector<std::byte> readBeginning(IStorageProvider& provider, const Entry& file,
                                     std::size_t most, const CallContext& context) {
  ReadOptions options;
  if (provider.capabilities().rangeRead && file.size.value_or(0) > most) {
    options.range = ByteRange{.first = 0, .last = most - 1};
  }
  const auto stream = provider.openRead(file.path, options, context);
  std::vector<std::byte> beginning(most);
  std::size_t filled = 0;
  while (filled < most) {
    const auto got = stream->read(std::span(beginning).subspan(filled));
    if (got == 0) {
      break;
    }
    filled += got;
  }
  beginning.resize(filled);
  return beginning;
}

/// Unknown where the storage does not tell it now: the other limits are worth telling.
Quota quotaOf(IStorageProvider& provider, const CallContext& context) {
  try {
    return provider.quota(context);
  } catch (const StorageError& error) {
    Poco::Logger::get("media").warning(std::string("the quota is not known: ") + error.what());
    return {};
  }
}

/// Whether the storage has to know more before the first byte than is known yet.
bool mustWait(const UploadFields& fields, const Capabilities& can) {
  const bool needsSize = !fields.size && !can.writeUnknownSize;
  const bool needsTarget = !fields.isTargetFinal && !can.writeRetarget;
  return needsSize || needsTarget;
}

/// A storage without folders of their own needs no parent.
void makeParent(IStorageProvider& provider, const StoragePath& path, const CallContext& context) {
  try {
    provider.makeDirectory(path.parent(), context);
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::Unsupported) {
      throw;
    }
  }
}

std::optional<ETag> etagOf(const std::optional<MediaRecord>& record) {
  return record ? record->etag : std::nullopt;
}

}  // namespace

MediaService::MediaService(std::shared_ptr<IStorageProvider> provider,
                           std::shared_ptr<IRecordStore> records, DeniedTypes deniedTypes,
                           const ResumableUploadSettings& resumable, ThumbnailSettings thumbnails)
    : provider_(std::move(provider)),
      records_(std::move(records)),
      firstCheck_(*provider_),
      outcomes_(*provider_, *records_),
      deniedTypes_(std::move(deniedTypes)),
      orderedListings_(std::make_unique<OrderedListings>(*provider_, *records_)),
      resumableUploads_(
          std::make_unique<ResumableUploads>(*this, *provider_, *records_, resumable)),
      thumbnails_(*provider_, std::move(thumbnails)) {}

MediaService::~MediaService() = default;

BrowseResult MediaService::browse(const BrowseRequest& request, const CallContext& context) {
  return orderedListings_->browse(request, context);
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

std::string MediaService::sha256Of(const Entry& entry) {
  if (!entry.etag) {
    return {};
  }
  const auto now = std::chrono::steady_clock::now();
  auto known = digests_.find(entry.path, *entry.etag);
  if (!known || (known->sha256.empty() && known->askedAt + kDigestAge < now)) {
    const auto record = records_->findAt(entry.path);
    known = {.sha256 = record && record->etag == entry.etag ? record->sha256 : "", .askedAt = now};
    digests_.remember(entry.path, *entry.etag, *known);
  }
  return known->sha256;
}

std::unique_ptr<MediaUpload> MediaService::startUpload(std::string_view filename,
                                                       const UploadFields& fields,
                                                       const CallContext& context) {
  firstCheck_.ensure();
  const UploadTypeCheck typeCheck(deniedTypes_, sniffer_, cleanFileName(filename),
                                  fields.declaredType);
  if (mustWait(fields, provider_->capabilities())) {
    checkFields(fields);
    return std::make_unique<SpooledUpload>(*this, resumableUploads_->spool(), std::nullopt, 0,
                                           filename, fields, context);
  }
  return std::make_unique<StorageUpload>(*provider_, *records_, outcomes_, types_, hashing_,
                                         typeCheck, filename, fields, context);
}

std::unique_ptr<RepeatableUpload> MediaService::startRepeatable(std::string caller, std::string key,
                                                                const CallContext& context) {
  return std::make_unique<RepeatableUpload>(
      *provider_, *records_, UploadKey{.caller = std::move(caller), .key = std::move(key)},
      context);
}

SniffedType MediaService::learnType(const StoragePath& path, const std::optional<ETag>& version,
                                    std::span<const std::byte> beginning) {
  auto type = sniffer_.sniff(beginning);
  if (version) {
    types_.remember(path, *version, type);
  }
  return type;
}

std::unique_ptr<MediaUpload> MediaService::resumeUpload(std::string_view filename,
                                                        const UploadFields& fields,
                                                        const UploadCheckpoint& from,
                                                        const CallContext& context) {
  firstCheck_.ensure();
  const UploadTypeCheck typeCheck(deniedTypes_, sniffer_, cleanFileName(filename),
                                  fields.declaredType);
  return std::make_unique<StorageUpload>(*provider_, *records_, outcomes_, types_, hashing_,
                                         typeCheck, filename, fields, context, from);
}

std::optional<ETag> MediaService::remove(const StoragePath& path, const RemoveOptions& options,
                                         const CallContext& context) {
  requireMovable(path, "remove");
  if (options.ifMatch || options.recursive) {
    firstCheck_.ensure();
  }
  const auto settled = outcomes_.settleWithin(path, context);
  const bool wasRemoved = std::any_of(settled.begin(), settled.end(), isRemoved);
  const auto etag = options.ifMatch ? options.ifMatch : etagOf(records_->findAt(path));
  const auto recordCount = records_->beginRemove(path);
  OpenOutcomes::InFlight removal(outcomes_,
                                 {.kind = UnfinishedOperation::Kind::Remove, .path = path});
  try {
    provider_->remove(path, options, context);
  } catch (const StorageError& error) {
    // A record whose file is gone, or a removal that is repeated because its answer was lost.
    const bool isDone = error.code() == StorageErrc::NotFound && (recordCount > 0 || wasRemoved);
    if (!isDone) {
      endFailedRemoval(removal, path, options, error, context);
      throw;
    }
  }
  records_->finishRemove(path);
  removal.end();
  return etag;
}

void MediaService::endFailedRemoval(OpenOutcomes::InFlight& removal, const StoragePath& path,
                                    const RemoveOptions& options, const StorageError& error,
                                    const CallContext& context) {
  if (isOutcomeUnknown(error)) {
    return;
  }
  // A refusal in the middle of a folder leaves it half removed: each file has to be asked for.
  const bool mayBeHalfDone = options.recursive && error.failure().retry == Retry::Never;
  if (!mayBeHalfDone) {
    removal.takeBack([&] { records_->cancelRemove(path); });
    return;
  }
  removal.leave();
  try {
    outcomes_.settleWithin(path, context);
  } catch (const StorageError&) {
    // What it did not get to is settled later; the removal's own failure is the one to tell.
  }
}

bool MediaService::makeFolder(const StoragePath& path, const CallContext& context) {
  requireUsable(path);
  firstCheck_.ensure();
  return provider_->makeDirectory(path, context);
}

MoveResult MediaService::move(const StoragePath& from, const StoragePath& to,
                              const CallContext& context) {
  requireMovable(from, "move");
  requireMovable(to, "move");
  firstCheck_.ensure();
  outcomes_.settleWithin(from, context);
  outcomes_.settleWithin(to, context);
  const auto former = provider_->stat(from, context);
  if (!former) {
    failNotFound("move", from);
  }
  judgeRenamed(*former, to, context);
  const bool hasParent = to.parent().isRoot() || to.parent() == from.parent();
  if (!hasParent && !to.isWithin(from)) {
    makeParent(*provider_, to, context);
  }

  records_->beginMove(from, to);
  OpenOutcomes::InFlight relocation(
      outcomes_, {.kind = UnfinishedOperation::Kind::Move, .path = from, .target = to});
  auto moved = [&] {
    try {
      return provider_->move(from, to, Overwrite::Never, context);
    } catch (const StorageError& error) {
      if (!isOutcomeUnknown(error)) {
        relocation.takeBack([&] { records_->cancelMove(from, to); });
      }
      throw;
    }
  }();
  records_->finishMove(from, to);
  relocation.end();
  // On some storages a move gives the same bytes another tag.
  if (former->etag && moved.etag && former->etag != moved.etag) {
    records_->renewEtag(to, *former->etag, *moved.etag);
  }
  if (moved.isDirectory() && !provider_->capabilities().move) {
    renewEtagsBelow(to, context);
  }
  return {std::move(moved), former->etag};
}

void MediaService::judgeRenamed(const Entry& file, const StoragePath& to,
                                const CallContext& context) {
  if (file.isDirectory() || mimeTypeOf(file.path.name()) == mimeTypeOf(to.name())) {
    return;
  }
  const UploadTypeCheck check(deniedTypes_, sniffer_, cleanFileName(to.name()), {});
  if (check.needsBytes()) {
    check.judge(readBeginning(*provider_, file, TypeSniffer::kBytes, context));
  }
}

void MediaService::renewEtagsBelow(const StoragePath& folder, const CallContext& context) {
  constexpr std::size_t kPage = 1000;
  const RenewedContext renewed(context);
  try {
    StoragePath after;
    for (bool hasMore = true; hasMore;) {
      const auto page = records_->findUnder(folder, StoragePath::kMaxPathBytes, after, kPage);
      for (const MediaRecord& record : page) {
        const auto entry = provider_->stat(record.path, renewed.now());
        if (entry && entry->etag && record.etag && entry->etag != record.etag) {
          records_->renewEtag(record.path, *record.etag, *entry->etag);
        }
        after = record.path;
      }
      hasMore = page.size() == kPage;
    }
  } catch (const StorageError&) {
    // The folder has moved; a record with an old tag only vouches for less.
  }
}

StorageLimits MediaService::limits(const CallContext& context) {
  // What cannot be reached cannot be written; the failure says more than a flag would. Asked first,
  // for the provider knows its storage better afterwards.
  provider_->check(context);
  firstCheck_.skip();
  StorageLimits limits{.capabilities = provider_->capabilities()};
  if (limits.capabilities.quota) {
    limits.quota = quotaOf(*provider_, context);
  }
  limits.notAtomic = notAtomic(limits.capabilities);
  limits.isWritable = limits.quota.available != std::uint64_t{0};
  return limits;
}

std::vector<MediaRecord> MediaService::queryRecords(const RecordQuery& query) {
  return records_->query(query);
}

std::optional<MediaRecord> MediaService::findRecord(const std::string& id) {
  return records_->find(id);
}

MediaRecord MediaService::addRecord(const NewRecord& record, const CallContext& context) {
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
  takeOver(*entry, added);
  records_->insert(added);
  return added;
}

MediaRecord MediaService::updateRecord(const std::string& id, const RecordPatch& patch) {
  checkPatch(patch);
  return records_->update(id, patch);
}

MediaRecord MediaService::eraseRecord(const std::string& id) {
  auto record = records_->find(id);
  records_->erase(id);
  return record.value_or(MediaRecord{.id = id});
}

void MediaService::check(const CallContext& context) {
  provider_->check(context);
  firstCheck_.skip();
  records_->check();
}

}  // namespace mediadock
