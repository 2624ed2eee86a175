#include "writing/upload_target.h"

#include "dav/dav_entry.h"
#include "mediadock/storage_error.h"
#include "tree/outcome.h"
#include "writing/upload_folder.h"

#include <utility>

namespace mediadock::nextcloud {

UploadTarget::UploadTarget(WriteContext context, WriteTarget wanted, WriteOptions options,
                           std::uint64_t written)
    : context_(std::move(context)),
      wanted_(std::move(wanted)),
      options_(std::move(options)),
      written_(written) {
  context_.limits->startStreaming();
}

void UploadTarget::change(WriteTarget wanted) {
  wanted.path = tree().facts().names.normalised(wanted.path);
  tree().facts().names.check(wanted.path);
  wanted_ = std::move(wanted);
  isInspected_ = false;
}

void UploadTarget::add(std::size_t bytes) {
  if (options_.size && bytes > *options_.size - written_) {
    throw StorageError(StorageErrc::InvalidArgument, "more bytes than were announced");
  }
  written_ += bytes;
}

void UploadTarget::inspectOnce() {
  if (isInspected_) {
    return;
  }
  const auto now = RecentLooks::Clock::now();
  const auto target = context_.looks.recall(wanted_.path, now);
  const auto parent = context_.looks.recall(wanted_.path.parent(), now);
  const bool isFolderThere =
      wanted_.path.parent().isRoot() || (parent && parent->entry && parent->entry->isDirectory());
  if (!target || !(target->entry || isFolderThere)) {
    inspect();
    return;
  }
  takeStock(target->entry, wanted_.path.parent());
  inspectedAt_ = target->at;
}

void UploadTarget::inspectAfterTime() {
  if (!isInspected_ || RecentLooks::Clock::now() >= inspectedAt_ + RecentLooks::kAge) {
    inspect();
  }
}

void UploadTarget::inspect() {
  const auto now = RecentLooks::Clock::now();
  auto existing = tree().stat(wanted_.path, limits());
  const bool isThere = existing.has_value();
  const auto nearestParent =
      isThere ? wanted_.path.parent() : tree().nearestDirectory(wanted_.path, limits());
  takeStock(std::move(existing), nearestParent);
  inspectedAt_ = now;
}

void UploadTarget::takeStock(std::optional<Entry> existing, const StoragePath& nearestParent) {
  existing_ = std::move(existing);
  if (existing_ && existing_->isDirectory()) {
    throw StorageError(StorageErrc::IsADirectory, "a directory stands there");
  }
  nearestParent_ = nearestParent;
  if (nearestParent_ != wanted_.path.parent() && !wanted_.createParents) {
    throw StorageError(StorageErrc::NotFound, "the parent directory is missing");
  }
  isInspected_ = true;
}

void UploadTarget::checkConditions() const {
  if (wanted_.ifAbsent && existing_) {
    refuseTaken();
  }
  if (wanted_.ifMatch &&
      (!existing_ || !existing_->etag || !existing_->etag->matchesStrongly(*wanted_.ifMatch))) {
    throw StorageError(StorageErrc::PreconditionFailed, "another version stands there");
  }
}

void UploadTarget::makeParents() {
  if (nearestParent_ == wanted_.path.parent()) {
    return;
  }
  try {
    tree().makeDirectory(wanted_.path.parent(), limits());
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::AlreadyExists) {
      throw;
    }
    throw StorageError(StorageErrc::NotADirectory, "a parent is a file");
  }
  nearestParent_ = wanted_.path.parent();
}

std::chrono::milliseconds UploadTarget::resolveTimeout() const {
  return settings().ioTimeout / 2 + workTime(written_);
}

Entry UploadTarget::confirm(const http_client::HttpHead& answer) {
  auto entry = lookAtDone([&] { return tree().require(wanted_.path, limits()); },
                          settings().retries, limits());
  const auto& own = answer.field("OC-ETag");
  const auto etag = parseDavETag(own.empty() ? answer.field("ETag") : own);
  // With another etag it is already someone else's version, which says nothing about ours.
  const bool isOurs = !etag || entry.etag == etag;
  if (isOurs && !mayHold(entry, written_)) {
    throw StorageError({.code = StorageErrc::Truncated,
                        .message = "the storage kept " + std::to_string(entry.size.value_or(0)) +
                                   " of " + std::to_string(written_) + " bytes",
                        .retry = Retry::OutcomeUnknown});
  }
  return entry;
}

void UploadTarget::refuseTaken() const {
  if (wanted_.ifAbsent) {
    throw StorageError(StorageErrc::AlreadyExists, "something stands there");
  }
  throw StorageError(StorageErrc::PreconditionFailed, "another version stands there");
}

/// Etags are derived from size and second. So when a file of the same size is replaced, a different
/// second is needed for a new version; without a time from the caller, a later one.
void UploadTarget::addModifiedAt(http_client::HttpRequest& request) {
  using std::chrono::seconds;
  const auto& own = options().modifiedAt;
  auto second = std::chrono::floor<seconds>(
      own.value_or(std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now())));
  if (existing() && existing()->modifiedAt && existing()->size == written()) {
    const auto taken = std::chrono::floor<seconds>(*existing()->modifiedAt);
    const bool isTaken = own ? second == taken : second <= taken;
    second = isTaken ? taken + seconds(1) : second;
  }
  sentTime_ = second;
  request.fields.emplace_back("X-OC-MTime", std::to_string(second.time_since_epoch().count()));
}

bool UploadTarget::matchesOurWrite(const std::optional<Entry>& entry) const {
  return entry && entry->size == written() && entry->modifiedAt == sentTime_;
}

std::optional<StorageError> UploadTarget::trySend(DavCall call,
                                                  const http_client::HttpRequest& request,
                                                  std::string_view body,
                                                  http_client::HttpHead& answer,
                                                  const http_client::CallLimits& limits) {
  try {
    auto response = client().exchange(request, body, limits);
    if (isDone(response)) {
      response.drain(limits);
      answer = response.head();
      return std::nullopt;
    }
    return StorageError(toFailure(call, readRefusal(response, limits)));
  } catch (const StorageError& error) {
    return error;
  }
}

void UploadTarget::drop(const std::string& leftover, const http_client::CallLimits& few) noexcept {
  try {
    dropUpload(client(), leftover, few);
  } catch (const StorageError&) {
    context_.sweep.leave(leftover);
  }
}

void UploadTarget::dropLater(const std::string& leftover) {
  context_.sweep.leave(leftover, UploadSweep::kWorkTime);
}

}  // namespace mediadock::nextcloud
