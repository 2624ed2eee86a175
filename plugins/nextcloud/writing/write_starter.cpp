#include "writing/write_starter.h"

#include "mediadock/storage_error.h"
#include "writing/chunked_upload.h"
#include "writing/temporary_upload.h"
#include "writing/upload_folder.h"
#include "writing/write_token.h"

#include <chrono>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Nextcloud rejects times within the first day of 1970; times in the far future make no sense.
void checkModifiedAt(Timestamp time) {
  constexpr std::chrono::hours kDay{24};
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  if (time.time_since_epoch() <= kDay || time > now + kDay) {
    throw StorageError(StorageErrc::InvalidArgument, "the modification time is out of range");
  }
}

/// The target as the server spells it. Throws if its conditions are not supported.
WriteTarget placeOf(const DavTree& tree, const WriteTarget& target, const WriteOptions& options) {
  const auto& can = tree.facts().capabilities;
  if (target.ifMatch && !can.writeIfMatch) {
    refuseLacking("conditional write");
  }
  if (options.modifiedAt && !can.writeModifiedAt) {
    refuseLacking("way to set a modification time");
  }
  if (options.modifiedAt) {
    checkModifiedAt(*options.modifiedAt);
  }
  auto place = target;
  place.path = tree.facts().names.normalised(target.path);
  tree.facts().names.check(place.path);
  return place;
}

/// Also accepts a server not yet examined in this process: the token proves that an earlier one
/// examined it.
WriteToken requireToken(const std::string& text, const DavTree& tree) {
  if (!tree.facts().isNextcloud || !tree.facts().keepsChunks.value_or(true)) {
    refuseLacking("way to keep unfinished files");
  }
  auto token = parseWriteToken(text);
  if (!token) {
    throw StorageError(StorageErrc::InvalidArgument, "the token is not one of this storage");
  }
  return *std::move(token);
}

}  // namespace

WriteStarter::WriteStarter(DavClient& client, const DavSettings& settings, PathLocks& locks,
                           RecentLooks& looks, const std::stop_token& shutdown)
    : client_(client),
      settings_(settings),
      locks_(locks),
      looks_(looks),
      suspendedWrites_(settings.chunkBytes),
      sweep_(client, shutdown) {}

WriteContext WriteStarter::begin(const DavTree& tree,
                                 std::unique_ptr<http_client::CallLimits> limits) {
  sweep(tree);
  return {tree,   locks_, chunkSizes_, suspendedWrites_,
          looks_, sweep_, settings_,   std::move(limits)};
}

std::unique_ptr<IWriteStream> WriteStarter::open(const DavTree& tree, const WriteTarget& target,
                                                 const WriteOptions& options,
                                                 std::unique_ptr<http_client::CallLimits> limits) {
  auto context = begin(tree, std::move(limits));
  auto place = placeOf(tree, target, options);
  return tree.facts().isNextcloud
             ? makeChunkedUpload(std::move(context), std::move(place), options)
             : makeTemporaryUpload(std::move(context), std::move(place), options);
}

std::unique_ptr<IWriteStream> WriteStarter::resume(
    const DavTree& tree, const std::string& token, const WriteTarget& target,
    const WriteOptions& options, std::unique_ptr<http_client::CallLimits> limits) {
  auto context = begin(tree, std::move(limits));
  const auto begun = requireToken(token, tree);
  if (options.size && begun.bytes > *options.size) {
    throw StorageError(StorageErrc::InvalidArgument, "more was written than is announced");
  }
  auto place = placeOf(tree, target, options);
  return resumeChunkedUpload(std::move(context), std::move(place), options, begun);
}

void WriteStarter::drop(const DavTree& tree, const std::string& token,
                        const http_client::CallLimits& limits) {
  const auto folder = requireToken(token, tree).folder;
  const auto hold = suspendedWrites_.hold(folder);
  dropUpload(client_, tree.facts().uploadsTarget + "/" + folder, limits);
  suspendedWrites_.take(folder);
}

void WriteStarter::sweep(const DavTree& tree) {
  if (tree.facts().isNextcloud) {
    sweep_.start(tree.facts().uploadsTarget);
  }
}

}  // namespace mediadock::nextcloud
