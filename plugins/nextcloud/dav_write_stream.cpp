#include "dav_write_stream.h"

#include "annotate.h"
#include "mediadock/storage_error.h"
#include "outcome.h"
#include "upload_folder.h"

#include <Poco/NumberFormatter.h>
#include <Poco/String.h>

#include <random>
#include <utility>

namespace mediadock {
namespace {

/// How long a clean-up may take; it runs where nobody waits for an answer.
constexpr std::chrono::seconds kDiscardTime{2};

}  // namespace

std::string randomName() {
  std::random_device random;
  std::string name;
  for (int i = 0; i < 4; ++i) {
    name += Poco::toLower(Poco::NumberFormatter::formatHex(static_cast<unsigned>(random()), 8));
  }
  return name;
}

DavWriteStream::DavWriteStream(WriteParts parts, WriteTarget target, WriteOptions options,
                               std::uint64_t written)
    : parts_(std::move(parts)),
      target_(std::move(target)),
      options_(std::move(options)),
      written_(written) {
  parts_.limits->startStreaming();
}

void DavWriteStream::requireOpen() const {
  if (state_ != State::Open) {
    throw StorageError(StorageErrc::InvalidArgument, "the upload is over");
  }
  // What our caller did meanwhile is not the server's silence.
  limits().progress();
  limits().check();
}

void DavWriteStream::write(std::span<const std::byte> bytes) {
  annotated("write", target_.path, [&] {
    requireOpen();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    try {
      if (options_.size && text.size() > *options_.size - written_) {
        throw StorageError(StorageErrc::InvalidArgument, "more bytes than were announced");
      }
      written_ += text.size();
      store(text);
    } catch (...) {
      state_ = State::Failed;
      throw;
    }
  });
}

void DavWriteStream::flush() {
  annotated("flush", target_.path, [&] {
    requireOpen();
    try {
      storeHeld();
    } catch (...) {
      state_ = State::Failed;
      throw;
    }
  });
}

std::string DavWriteStream::suspend() {
  return annotated("suspend", target_.path, [&] {
    requireOpen();
    try {
      return keep();
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Unsupported) {
        state_ = State::Failed;
      }
      throw;
    }
  });
}

std::string DavWriteStream::keep() {
  throw StorageError(StorageErrc::Unsupported, "this storage keeps no unfinished files");
}

void DavWriteStream::retarget(WriteTarget target) {
  annotated("retarget", target.path, [&] {
    requireOpen();
    target.path = tree().facts().names.kept(target.path);
    tree().facts().names.check(target.path);
    target_ = std::move(target);
    isInspected_ = false;
  });
}

Entry DavWriteStream::commit() {
  return annotated("commit", target_.path, [&] {
    requireOpen();
    try {
      if (options_.size && written_ != *options_.size) {
        throw StorageError(StorageErrc::Truncated, "fewer bytes than were announced");
      }
      const auto guard = parts_.locks.lock({target_.path}, limits());
      auto entry = publish();
      parts_.looks.forgetAll();
      state_ = State::Committed;
      return entry;
    } catch (const StorageError& error) {
      parts_.looks.forgetAll();
      if (error.code() != StorageErrc::AlreadyExists &&
          error.code() != StorageErrc::PreconditionFailed) {
        state_ = State::Failed;
      }
      throw;
    }
  });
}

void DavWriteStream::abort() noexcept {
  if (state_ == State::Aborted || state_ == State::Committed) {
    return;
  }
  state_ = State::Aborted;
  try {
    // The caller's own limits may be what ended the upload.
    const CallLimits few({.deadline = CallLimits::Clock::now() + kDiscardTime}, {}, kDiscardTime);
    discard(few);
  } catch (const std::exception&) {
    // Nothing visible is left; the server's own clean-up, or the next sweep, takes the rest.
  }
}

void DavWriteStream::drop(const std::string& target, const CallLimits& few) noexcept {
  try {
    dropUpload(client(), target, few);
  } catch (const StorageError&) {
    parts_.sweep.leave(target);
  }
}

void DavWriteStream::inspectOnce() {
  if (isInspected_) {
    return;
  }
  const auto now = RecentLooks::Clock::now();
  const auto target = parts_.looks.recall(target_.path, now);
  const auto parent = parts_.looks.recall(target_.path.parent(), now);
  const bool isFolderThere =
      target_.path.parent().isRoot() || (parent && parent->entry && parent->entry->isDirectory());
  if (!target || !(target->entry || isFolderThere)) {
    inspect();
    return;
  }
  takeStock(target->entry, target_.path.parent());
  inspectedAt_ = target->at;
}

void DavWriteStream::inspectAfterTime() {
  if (!isInspected_ || RecentLooks::Clock::now() >= inspectedAt_ + RecentLooks::kAge) {
    inspect();
  }
}

void DavWriteStream::inspect() {
  const auto now = RecentLooks::Clock::now();
  auto existing = tree().stat(target_.path, limits());
  const bool isThere = existing.has_value();
  const auto anchor =
      isThere ? target_.path.parent() : tree().nearestDirectory(target_.path, limits());
  takeStock(std::move(existing), anchor);
  inspectedAt_ = now;
}

void DavWriteStream::takeStock(std::optional<Entry> existing, const StoragePath& anchor) {
  existing_ = std::move(existing);
  if (existing_ && existing_->isDirectory()) {
    throw StorageError(StorageErrc::IsADirectory, "a directory stands there");
  }
  anchor_ = anchor;
  if (anchor_ != target_.path.parent() && !target_.createParents) {
    throw StorageError(StorageErrc::NotFound, "the parent directory is missing");
  }
  isInspected_ = true;
}

void DavWriteStream::checkConditions() const {
  if (target_.ifAbsent && existing_) {
    refuseTarget();
  }
  if (target_.ifMatch &&
      (!existing_ || !existing_->etag || !existing_->etag->matchesStrongly(*target_.ifMatch))) {
    throw StorageError(StorageErrc::PreconditionFailed, "another version stands there");
  }
}

void DavWriteStream::makeParents() {
  if (anchor_ == target_.path.parent()) {
    return;
  }
  try {
    tree().makeDirectory(target_.path.parent(), limits());
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::AlreadyExists) {
      throw;
    }
    throw StorageError(StorageErrc::NotADirectory, "a parent is a file");
  }
  anchor_ = target_.path.parent();
}

std::chrono::milliseconds DavWriteStream::settlingTime() const {
  return settings().ioTimeout / 2 + workTime(written_);
}

Entry DavWriteStream::confirm(const HttpHead& answer) {
  auto entry = lookAtDone([&] { return tree().require(target_.path, limits()); },
                          settings().retries, limits());
  const auto own = answer.field("OC-ETag");
  const auto etag = parseDavETag(own.empty() ? answer.field("ETag") : own);
  // With another etag it is somebody else's version already, which says nothing about ours.
  const bool isOurs = !etag || entry.etag == etag;
  if (isOurs && !mayHold(entry, written_)) {
    throw StorageError({.code = StorageErrc::Truncated,
                        .message = "the storage kept " + std::to_string(entry.size.value_or(0)) +
                                   " of " + std::to_string(written_) + " bytes",
                        .retry = Retry::OutcomeUnknown});
  }
  return entry;
}

void DavWriteStream::refuseTarget() const {
  if (target_.ifAbsent) {
    throw StorageError(StorageErrc::AlreadyExists, "something stands there");
  }
  throw StorageError(StorageErrc::PreconditionFailed, "another version stands there");
}

}  // namespace mediadock
