#include "media/uploads/storage_upload.h"

#include "media/rules/file_name.h"
#include "media/rules/new_record.h"
#include "media/types/media_type.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace mediadock::media {
namespace {

/// Names tried at the commit; each costs a call to the storage.
constexpr int kMaxTries = 1000;

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

[[noreturn]] void failWithoutFolder() {
  fail(StorageErrc::InvalidArgument, "nextcloud_path is missing: where is the file to go?", {});
}

bool canBeTrue(const std::optional<Timestamp>& time) {
  constexpr std::chrono::days kDay{1};
  return time && time->time_since_epoch() > kDay &&
         *time <= std::chrono::system_clock::now() + kDay;
}

WriteOptions optionsOf(const UploadFields& fields, const WriteTarget& target) {
  return {.size = fields.size,
          .contentType = std::string(mimeTypeOf(target.path.name())),
          .modifiedAt = canBeTrue(fields.modifiedAt) ? fields.modifiedAt : std::nullopt,
          .mayBeSuspended = fields.mayBeSuspended};
}

}  // namespace

StorageUpload::StorageUpload(const Dependencies& dependencies, const UploadTypeCheck& typeCheck,
                             std::string_view filename, const UploadFields& fields,
                             const CallContext& context, const records::UploadCheckpoint& from)
    : provider_(dependencies.provider),
      records_(dependencies.records),
      outcomes_(dependencies.outcomes),
      types_(dependencies.types),
      capabilities_(provider_.capabilities()),
      fields_(fields),
      context_(context),
      names_(cleanFileName(filename), maxNameBytes(capabilities_)),
      stream_(provider_, dependencies.hashing, typeCheck, aim(), from, context_) {}

/// Picks the initial folder and name for the write. Uses all members before `stream_`.
WritePlan StorageUpload::aim() {
  checkFields(fields_);
  if (!fields_.folder && !capabilities_.writeRetarget) {
    failWithoutFolder();
  }
  folder_ = fields_.folder.value_or(StoragePath());
  requireUsable(folder_);
  // A stream whose destination is not known yet starts in the root; there, too, it needs a free
  // name.
  if (fields_.onConflict == OnConflict::Rename || !fields_.folder) {
    names_.skipTaken(provider_, folder_, context_.now());
  }
  const auto path = folder_.child(names_.current());
  if (fields_.folder) {
    refuseEarly(path);
  }
  auto target = targetAt(path);
  auto options = optionsOf(fields_, target);
  return {std::move(target), std::move(options)};
}

void StorageUpload::refuseEarly(const StoragePath& path) {
  // Looking up the target, or a name in the folder, has shown that the folder exists.
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

/// Returns whether the file already exists.
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

WriteTarget StorageUpload::targetAt(const StoragePath& path) const {
  return {.path = path,
          .ifAbsent = fields_.onConflict != OnConflict::Replace,
          .ifMatch = fields_.ifMatch,
          .createParents = true};
}

records::MediaRecord StorageUpload::commit(const UploadFields& fields) {
  if (!sha256_.empty()) {
    fail(StorageErrc::InvalidArgument, "an upload is committed once", stream_.target().path);
  }
  checkFields(fields);
  const auto folder = fields.folder ? fields.folder : fields_.folder;
  if (!folder) {
    failWithoutFolder();
  }
  requireUsable(*folder);
  stream_.open();
  fields_ = fields;
  checkDigest();
  return commitAt(*folder);
}

void StorageUpload::checkDigest() {
  sha256_ = stream_.sha256();
  if (!fields_.sha256.empty() && fields_.sha256 != sha256_) {
    fail(StorageErrc::ChecksumMismatch, "digest mismatch: the bytes that arrived are others",
         stream_.target().path);
  }
}

records::MediaRecord StorageUpload::commitAt(const StoragePath& folder) {
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
    record.size = stream_.size();
    record.sha256 = sha256_;
    if (auto ready = tryCommit(record)) {
      return *std::move(ready);
    }
    names_.next();
  }
  fail(StorageErrc::AlreadyExists, "too many files of this name", folder);
}

void StorageUpload::noteReplaced(const StoragePath& path) {
  if (fields_.onConflict != OnConflict::Replace) {
    return;
  }
  const auto record = records_.findAt(path);
  replaced_ = fields_.ifMatch || !record ? fields_.ifMatch : record->etag;
}

/// Returns nullopt if the name is taken and another may be tried.
std::optional<records::MediaRecord> StorageUpload::tryCommit(const records::MediaRecord& pending) {
  if (!reserve(pending)) {
    return std::nullopt;
  }
  OpenOutcomes::InFlight upload(
      outcomes_, {.kind = records::UnfinishedOperation::Kind::Upload, .id = pending.id});
  const auto entry = publish(pending, upload);
  if (!entry) {
    return std::nullopt;
  }
  auto ready = finish(pending, *entry);
  upload.end();
  return ready;
}

bool StorageUpload::reserve(const records::MediaRecord& pending) {
  if (tryToReserve(pending)) {
    return true;
  }
  // If an earlier upload with an open outcome holds the path, resolve that one.
  outcomes_.resolveWithin(pending.path, context_.now());
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

bool StorageUpload::tryToReserve(const records::MediaRecord& pending) {
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

std::optional<Entry> StorageUpload::publish(const records::MediaRecord& pending,
                                            OpenOutcomes::InFlight& upload) {
  try {
    if (fields_.onConflict != OnConflict::Replace) {
      requireUnrecorded(pending.path);
    }
    stream_.retarget(targetAt(pending.path));
    return stream_.commit();
  } catch (const StorageError& error) {
    if (error.failure().retry == Retry::OutcomeUnknown) {
      // The file may exist: keep the pending record until the outcome is known.
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

/// Refuses a path that a ready record and its file hold. The storage would refuse it, too; but if
/// its response is lost, a file of the same size and time looks like the one that was sent.
void StorageUpload::requireUnrecorded(const StoragePath& path) {
  if (records_.findAt(path) && provider_.stat(path, context_.now())) {
    fail(StorageErrc::AlreadyExists, "the name is taken", path);
  }
}

records::MediaRecord StorageUpload::finish(records::MediaRecord record, const Entry& entry) {
  copyStoredMetadata(entry, record);
  if (stream_.type() && entry.etag) {
    types_.remember(record.path, *entry.etag, *stream_.type());
  }
  return records_.finishUpload(record);
}

}  // namespace mediadock::media
