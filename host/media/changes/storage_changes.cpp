#include "media/changes/storage_changes.h"

#include "media/rules/file_name.h"
#include "media/rules/first_check.h"
#include "media/types/file_types.h"
#include "media/types/media_type.h"
#include "records/record_store.h"
#include "storage/calls/per_call_deadline.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace mediadock::media {
namespace {

bool isOutcomeUnknown(const StorageError& error) {
  return error.failure().retry == Retry::OutcomeUnknown;
}

bool isRemoved(const Reconciled& resolved) {
  return resolved.isFinished &&
         resolved.operation.kind == records::UnfinishedOperation::Kind::Remove;
}

/// Refuses the root before the change is announced for all records.
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

/// Storages without real folders need no parent.
void makeParent(IStorageProvider& provider, const StoragePath& path, const CallContext& context) {
  try {
    provider.makeDirectory(path.parent(), context);
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::Unsupported) {
      throw;
    }
  }
}

std::optional<ETag> etagOf(const std::optional<records::MediaRecord>& record) {
  return record ? record->etag : std::nullopt;
}

}  // namespace

std::optional<ETag> StorageChanges::remove(const StoragePath& path, const RemoveOptions& options,
                                           const CallContext& context) {
  requireMovable(path, "remove");
  if (options.ifMatch || options.recursive) {
    firstCheck_.ensure();
  }
  const auto resolved = outcomes_.resolveWithin(path, context);
  const bool wasRemoved = std::any_of(resolved.begin(), resolved.end(), isRemoved);
  auto etag = options.ifMatch ? options.ifMatch : etagOf(records_.findAt(path));
  const auto recordCount = records_.beginRemove(path);
  OpenOutcomes::InFlight removal(
      outcomes_, {.kind = records::UnfinishedOperation::Kind::Remove, .path = path});
  try {
    provider_.remove(path, options, context);
  } catch (const StorageError& error) {
    // Either the file of a record is missing, or this repeats a removal whose response was lost.
    const bool isDone = error.code() == StorageErrc::NotFound && (recordCount > 0 || wasRemoved);
    if (!isDone) {
      endFailedRemoval(removal, path, options, error, context);
      throw;
    }
  }
  records_.finishRemove(path);
  removal.end();
  return etag;
}

void StorageChanges::endFailedRemoval(OpenOutcomes::InFlight& removal, const StoragePath& path,
                                      const RemoveOptions& options, const StorageError& error,
                                      const CallContext& context) {
  if (isOutcomeUnknown(error)) {
    return;
  }
  // A refusal partway leaves the folder half removed: check each file.
  const bool mayBeHalfDone = options.recursive && error.failure().retry == Retry::Never;
  if (!mayBeHalfDone) {
    removal.takeBack([&] { records_.cancelRemove(path); });
    return;
  }
  removal.leave();
  try {
    outcomes_.resolveWithin(path, context);
  } catch (const StorageError&) {
    // Whatever was not reached is resolved later; the removal's own failure is reported.
  }
}

MoveResult StorageChanges::move(const StoragePath& from, const StoragePath& to,
                                const CallContext& context) {
  requireMovable(from, "move");
  requireMovable(to, "move");
  firstCheck_.ensure();
  outcomes_.resolveWithin(from, context);
  outcomes_.resolveWithin(to, context);
  const auto former = provider_.stat(from, context);
  if (!former) {
    throw StorageError({.code = StorageErrc::NotFound,
                        .message = "nothing is there",
                        .operation = "move",
                        .path = from.str()});
  }
  checkRenamed(*former, to, context);
  const bool hasParent = to.parent().isRoot() || to.parent() == from.parent();
  if (!hasParent && !to.isWithin(from)) {
    makeParent(provider_, to, context);
  }
  auto moved = relocate(from, to, context);
  renewEtags(to, *former, moved, context);
  return {std::move(moved), former->etag};
}

void StorageChanges::checkRenamed(const Entry& file, const StoragePath& to,
                                  const CallContext& context) {
  if (file.isDirectory() || mimeTypeOf(file.path.name()) == mimeTypeOf(to.name())) {
    return;
  }
  const auto check = types_.check(cleanFileName(to.name()), {});
  if (check.needsBytes()) {
    check.check(readBeginning(provider_, file, TypeSniffer::kBytes, context));
  }
}

Entry StorageChanges::relocate(const StoragePath& from, const StoragePath& to,
                               const CallContext& context) {
  records_.beginMove(from, to);
  OpenOutcomes::InFlight relocation(
      outcomes_, {.kind = records::UnfinishedOperation::Kind::Move, .path = from, .target = to});
  auto moved = [&] {
    try {
      return provider_.move(from, to, Overwrite::Never, context);
    } catch (const StorageError& error) {
      if (!isOutcomeUnknown(error)) {
        relocation.takeBack([&] { records_.cancelMove(from, to); });
      }
      throw;
    }
  }();
  records_.finishMove(from, to);
  relocation.end();
  return moved;
}

void StorageChanges::renewEtags(const StoragePath& to, const Entry& former, const Entry& moved,
                                const CallContext& context) {
  // On some storages a move changes the etag of unchanged content.
  if (former.etag && moved.etag && former.etag != moved.etag) {
    records_.renewEtag(to, *former.etag, *moved.etag);
  }
  if (moved.isDirectory() && !provider_.capabilities().move) {
    renewEtagsBelow(to, context);
  }
}

void StorageChanges::renewEtagsBelow(const StoragePath& folder, const CallContext& context) {
  constexpr std::size_t kPage = 1000;
  const storage::PerCallDeadline renewed(context);
  try {
    StoragePath after;
    for (bool hasMore = true; hasMore;) {
      const auto page = records_.findUnder(folder, StoragePath::kMaxPathBytes, after, kPage);
      for (const records::MediaRecord& record : page) {
        const auto entry = provider_.stat(record.path, renewed.now());
        if (entry && entry->etag && record.etag && entry->etag != record.etag) {
          records_.renewEtag(record.path, *record.etag, *entry->etag);
        }
        after = record.path;
      }
      hasMore = page.size() == kPage;
    }
  } catch (const StorageError&) {
    // The folder has moved; a record with an outdated etag is harmless.
  }
}

}  // namespace mediadock::media
