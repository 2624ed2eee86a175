#include "media/storage_upload.h"

#include "media/file_name.h"
#include "media/hex.h"
#include "media/media_type.h"
#include "media/new_record.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace mediadock {
namespace {

/// Names tried at the commit before we give up; each costs a call to the storage.
constexpr int kMaxTries = 1000;

/// Shorter files are hashed by the thread that moves them: waking another one costs more.
constexpr std::uint64_t kHashedAside = 1U << 20U;

std::size_t maxNameBytes(const Capabilities& capabilities) {
  const auto storage = capabilities.maxNameBytes;
  return storage == 0 ? StoragePath::kMaxNameBytes : std::min(storage, StoragePath::kMaxNameBytes);
}

[[noreturn]] void fail(StorageErrc code, const std::string& message, const StoragePath& path,
                       Retry retry = Retry::Never) {
  throw StorageError({.code = code,
                      .message = message,
                      .retry = retry,
                      .operation = "upload",
                      .path = path.str()});
}

ResumableSha256 restoreDigest(const std::string& state) {
  auto digest = ResumableSha256::restore(state);
  if (!digest) {
    fail(StorageErrc::Internal, "an unfinished upload has lost its digest", {});
  }
  return *std::move(digest);
}

std::vector<std::byte> bytesOf(const std::string& hex) {
  const auto text = decodeHex(hex);
  if (!text) {
    fail(StorageErrc::Internal, "an unfinished upload has lost its beginning", {});
  }
  const auto bytes = std::as_bytes(std::span(*text));
  return {bytes.begin(), bytes.end()};
}

bool canBeTrue(const std::optional<Timestamp>& time) {
  constexpr std::chrono::days kDay{1};
  return time && time->time_since_epoch() > kDay &&
         *time <= std::chrono::system_clock::now() + kDay;
}

bool isSameTarget(const WriteTarget& left, const WriteTarget& right) {
  return left.path == right.path && left.ifAbsent == right.ifAbsent &&
         left.ifMatch == right.ifMatch;
}

}  // namespace

StorageUpload::StorageUpload(IStorageProvider& provider, IRecordStore& records,
                             OpenOutcomes& outcomes, VersionMemo<SniffedType>& memo,
                             SideThreads& hashing, const UploadTypeCheck& typeCheck,
                             std::string_view filename, const UploadFields& fields,
                             const CallContext& context, const UploadCheckpoint& from)
    : provider_(provider),
      records_(records),
      outcomes_(outcomes),
      memo_(memo),
      hashing_(hashing),
      typeCheck_(typeCheck),
      capabilities_(provider.capabilities()),
      fields_(fields),
      context_(context),
      names_(cleanFileName(filename), maxNameBytes(capabilities_)) {
  checkFields(fields_);
  if (!fields_.folder && !capabilities_.writeRetarget) {
    fail(StorageErrc::InvalidArgument, "nextcloud_path is missing: where is the file to go?", {});
  }
  aim();
  goOnFrom(from);
}

void StorageUpload::aim() {
  folder_ = fields_.folder.value_or(StoragePath());
  requireUsable(folder_);
  // A stream whose destination is not known yet starts out at the root; there, too, it needs a
  // name that is free.
  if (fields_.onConflict == OnConflict::Rename || !fields_.folder) {
    names_.skipTaken(provider_, folder_, context_.now());
  }
  const auto path = folder_.child(names_.current());
  if (fields_.folder) {
    refuseEarly(path);
  }
  target_ = targetAt(path);
}

void StorageUpload::goOnFrom(const UploadCheckpoint& from) {
  if (from.token.empty()) {
    beginning_ = bytesOf(from.beginning);
    return;
  }
  stream_ = provider_.resumeWrite(from.token, target_, options(), context_.now());
  size_ = from.size;
  digest_ = restoreDigest(from.digest);
}

void StorageUpload::open() {
  type_ = typeCheck_.judge(beginning_);
  stream_ = provider_.openWrite(target_, options(), context_.now());
  pass(beginning_);
  beginning_ = {};
}

void StorageUpload::refuseEarly(const StoragePath& path) {
  // A look at the target, or at a name in the folder, has shown the folder as well.
  const bool isFolderKnown =
      folder_.isRoot() ||
      (fields_.onConflict == OnConflict::Rename ? names_.haveBeenTaken() : requireConditions(path));
  if (isFolderKnown) {
    return;
  }
  const auto folder = provider_.stat(folder_, context_.now());
  if (folder && !folder->isDirectory()) {
    fail(StorageErrc::NotADirectory, "the destination is a file", folder_);
  }
}

/// Returns whether there is a file already.
bool StorageUpload::requireConditions(const StoragePath& path) {
  const auto entry = provider_.stat(path, context_.now());
  if (fields_.ifMatch) {
    const bool holds = entry && entry->etag && entry->etag->matchesStrongly(*fields_.ifMatch);
    if (!holds) {
      fail(StorageErrc::PreconditionFailed, "the file is not the version to be replaced", path);
    }
  } else if (entry && fields_.onConflict != OnConflict::Replace) {
    fail(StorageErrc::AlreadyExists, "the name is taken", path);
  }
  return entry.has_value();
}

void StorageUpload::write(std::span<const std::byte> bytes) {
  if (!stream_) {
    const auto missing = TypeSniffer::kBytes - beginning_.size();
    const auto first = bytes.first(std::min(missing, bytes.size()));
    beginning_.insert(beginning_.end(), first.begin(), first.end());
    if (first.size() < missing) {
      return;
    }
    open();
    bytes = bytes.subspan(first.size());
  }
  pass(bytes);
}

void StorageUpload::pass(std::span<const std::byte> bytes) {
  if (bytes.empty()) {
    return;
  }
  passAndHash(bytes);
  size_ += bytes.size();
}

void StorageUpload::passAndHash(std::span<const std::byte> bytes) {
  if (size_ < kHashedAside) {
    stream_->write(bytes);
    digest_.update(bytes);
    return;
  }
  const auto before = digest_;
  try {
    hashing_.run([&] { digest_.update(bytes); }, [&] { stream_->write(bytes); });
  } catch (...) {
    // As if nothing of these bytes had come.
    digest_ = before;
    throw;
  }
}

void StorageUpload::flush() {
  if (!stream_) {
    open();
  }
  stream_->flush();
}

bool StorageUpload::canSuspend() const {
  return provider_.capabilities().writeResume;
}

UploadCheckpoint StorageUpload::suspend() {
  if (!stream_) {
    const std::string_view begun(reinterpret_cast<const char*>(beginning_.data()),
                                 beginning_.size());
    return {.size = begun.size(), .beginning = encodeHex(begun)};
  }
  return {.size = size_, .token = stream_->suspend(), .digest = digest_.state()};
}

MediaRecord StorageUpload::commit(const UploadFields& fields) {
  if (!sha256_.empty()) {
    fail(StorageErrc::InvalidArgument, "an upload is committed once", target_.path);
  }
  checkFields(fields);
  const auto folder = fields.folder ? fields.folder : fields_.folder;
  if (!folder) {
    fail(StorageErrc::InvalidArgument, "nextcloud_path is missing: where is the file to go?", {});
  }
  requireUsable(*folder);
  if (!stream_) {
    open();
  }
  fields_ = fields;
  checkDigest();
  return commitAt(*folder);
}

void StorageUpload::checkDigest() {
  sha256_ = digest_.hex();
  if (!fields_.sha256.empty() && fields_.sha256 != sha256_) {
    fail(StorageErrc::ChecksumMismatch, "digest mismatch: the bytes that arrived are others",
         target_.path);
  }
}

MediaRecord StorageUpload::commitAt(const StoragePath& folder) {
  const bool mayRename = fields_.onConflict == OnConflict::Rename;
  if (folder != folder_ || !mayRename) {
    names_.restart();
    if (mayRename) {
      names_.skipTaken(provider_, folder, context_.now());
    }
  }
  folder_ = folder;
  noteReplaced(folder.child(names_.current()));
  for (int tries = 0; tries < kMaxTries; ++tries) {
    auto record = makeRecord(folder.child(names_.current()), fields_);
    record.size = size_;
    record.sha256 = sha256_;
    if (auto ready = tryCommit(record)) {
      return *std::move(ready);
    }
    names_.next();
  }
  fail(StorageErrc::AlreadyExists, "too many files of this name", folder);
}

MediaRecord StorageUpload::finish(MediaRecord record, const Entry& entry) {
  takeOver(entry, record);
  if (type_ && entry.etag) {
    memo_.remember(record.path, *entry.etag, *type_);
  }
  return records_.finishUpload(record);
}

void StorageUpload::noteReplaced(const StoragePath& path) {
  if (fields_.onConflict != OnConflict::Replace) {
    return;
  }
  const auto record = records_.findAt(path);
  replaced_ = fields_.ifMatch || !record ? fields_.ifMatch : record->etag;
}

/// Gives nothing where the name is taken and another may be tried.
std::optional<MediaRecord> StorageUpload::tryCommit(const MediaRecord& pending) {
  if (!reserve(pending)) {
    return std::nullopt;
  }
  OpenOutcomes::InFlight upload(outcomes_,
                                {.kind = UnfinishedOperation::Kind::Upload, .id = pending.id});
  const auto entry = publish(pending, upload);
  if (!entry) {
    return std::nullopt;
  }
  auto ready = finish(pending, *entry);
  upload.end();
  return ready;
}

std::optional<Entry> StorageUpload::publish(const MediaRecord& pending,
                                            OpenOutcomes::InFlight& upload) {
  try {
    aimAt(pending.path);
    return stream_->commit();
  } catch (const StorageError& error) {
    if (error.failure().retry == Retry::OutcomeUnknown) {
      // The file may be there: the pending record stays until that is known.
      throw;
    }
    upload.takeBack([&] { records_.cancelUpload(pending.id); });
    if (error.code() == StorageErrc::AlreadyExists && fields_.onConflict == OnConflict::Rename &&
        capabilities_.writeRetarget) {
      return std::nullopt;
    }
    throw;
  }
}

bool StorageUpload::reserve(const MediaRecord& pending) {
  if (tryToReserve(pending)) {
    return true;
  }
  // Where it is an earlier upload whose outcome is open, that can be found out.
  outcomes_.settleWithin(pending.path, context_.now());
  if (tryToReserve(pending)) {
    return true;
  }
  switch (fields_.onConflict) {
    case OnConflict::Rename:
      break;
    case OnConflict::Replace:
      fail(StorageErrc::Locked, "another upload is replacing this file", pending.path,
           Retry::AfterDelay);
    case OnConflict::Fail:
      fail(StorageErrc::AlreadyExists, "another upload is taking this name", pending.path);
  }
  return false;
}

bool StorageUpload::tryToReserve(const MediaRecord& pending) {
  try {
    records_.beginUpload(pending);
    return true;
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::AlreadyExists) {
      throw;
    }
    return false;
  }
}

void StorageUpload::aimAt(const StoragePath& path) {
  auto target = targetAt(path);
  if (!isSameTarget(target, target_)) {
    stream_->retarget(target);
    target_ = std::move(target);
  }
}

WriteTarget StorageUpload::targetAt(const StoragePath& path) const {
  return {.path = path,
          .ifAbsent = fields_.onConflict != OnConflict::Replace,
          .ifMatch = fields_.ifMatch,
          .createParents = true};
}

WriteOptions StorageUpload::options() const {
  return {.size = fields_.size,
          .contentType = std::string(mimeTypeOf(target_.path.name())),
          .modifiedAt = canBeTrue(fields_.modifiedAt) ? fields_.modifiedAt : std::nullopt,
          .mayBeSuspended = fields_.mayBeSuspended};
}

}  // namespace mediadock
