#include "writing/dav_write_stream.h"

#include "http/annotate.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Timeout of the clean-up, which runs when no client is waiting.
constexpr std::chrono::seconds kDiscardTime{2};

}  // namespace

DavWriteStream::DavWriteStream(std::unique_ptr<UploadTarget> target,
                               std::unique_ptr<IUploadMethod> method)
    : target_(std::move(target)),
      method_(std::move(method)) {}

DavWriteStream::~DavWriteStream() {
  if (!method_->isSavedForResume()) {
    abort();
  }
}

void DavWriteStream::requireOpen() const {
  if (state_ != State::Open) {
    throw StorageError(StorageErrc::InvalidArgument, "the upload is over");
  }
  // Time spent by the caller is not the server's silence.
  target_->limits().progress();
  target_->limits().check();
}

void DavWriteStream::write(std::span<const std::byte> bytes) {
  http_client::annotated("write", target_->path(), [&] {
    requireOpen();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    try {
      target_->add(text.size());
      method_->store(text);
    } catch (...) {
      state_ = State::Failed;
      throw;
    }
  });
}

void DavWriteStream::flush() {
  http_client::annotated("flush", target_->path(), [&] {
    requireOpen();
    try {
      method_->storeHeld();
    } catch (...) {
      state_ = State::Failed;
      throw;
    }
  });
}

std::string DavWriteStream::suspend() {
  return http_client::annotated("suspend", target_->path(), [&] {
    requireOpen();
    try {
      return method_->saveForResume();
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Unsupported) {
        state_ = State::Failed;
      }
      throw;
    }
  });
}

void DavWriteStream::retarget(WriteTarget target) {
  const auto path = target.path;
  http_client::annotated("retarget", path, [&] {
    requireOpen();
    target_->change(std::move(target));
  });
}

Entry DavWriteStream::commit() {
  return http_client::annotated("commit", target_->path(), [&] {
    requireOpen();
    const auto& context = target_->context();
    try {
      const auto& size = target_->options().size;
      if (size && target_->written() != *size) {
        throw StorageError(StorageErrc::Truncated, "fewer bytes than were announced");
      }
      const auto guard = context.locks.lock({target_->path()}, target_->limits());
      auto entry = method_->publish();
      context.looks.forgetAll();
      state_ = State::Committed;
      return entry;
    } catch (const StorageError& error) {
      context.looks.forgetAll();
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
    // Not the caller's limits: they may have ended the upload.
    const http_client::CallLimits few(
        {.deadline = http_client::CallLimits::Clock::now() + kDiscardTime}, {}, kDiscardTime);
    method_->discard(few);
  } catch (const std::exception&) {
    // Nothing visible is left; the server's own clean-up, or the next sweep, removes the rest.
  }
}

}  // namespace mediadock::nextcloud
