#include "media/uploads/upload_stream.h"

#include "base/text.h"
#include "media/uploads/background_workers.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace mediadock::media {
namespace {

/// Shorter files are hashed on the writing thread: waking another one costs more.
constexpr std::uint64_t kHashedAside = 1U << 20U;

[[noreturn]] void failDamaged(const char* message) {
  throw StorageError({.code = StorageErrc::Internal, .message = message, .operation = "upload"});
}

base::Sha256 restoreDigest(const std::string& state) {
  const auto digest = base::Sha256::restore(state);
  if (!digest) {
    failDamaged("an unfinished upload has lost its digest");
  }
  return *digest;
}

std::vector<std::byte> bytesOf(const std::string& hex) {
  const auto text = base::decodeHex(hex);
  if (!text) {
    failDamaged("an unfinished upload has lost its beginning");
  }
  const auto bytes = std::as_bytes(std::span(*text));
  return {bytes.begin(), bytes.end()};
}

bool isSameTarget(const WriteTarget& left, const WriteTarget& right) {
  return left.path == right.path && left.ifAbsent == right.ifAbsent &&
         left.ifMatch == right.ifMatch;
}

}  // namespace

UploadStream::UploadStream(IStorageProvider& provider, BackgroundWorkers& hashing,
                           const UploadTypeCheck& typeCheck, WritePlan plan,
                           const records::UploadCheckpoint& from,
                           const storage::PerCallDeadline& context)
    : provider_(provider),
      hashing_(hashing),
      typeCheck_(typeCheck),
      target_(std::move(plan.target)),
      options_(std::move(plan.options)),
      context_(context) {
  if (from.token.empty()) {
    beginning_ = bytesOf(from.beginning);
    return;
  }
  stream_ = provider_.resumeWrite(from.token, target_, options_, context_.now());
  size_ = from.size;
  digest_ = restoreDigest(from.digest);
}

void UploadStream::write(std::span<const std::byte> bytes) {
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

void UploadStream::open() {
  if (stream_) {
    return;
  }
  type_ = typeCheck_.check(beginning_);
  stream_ = provider_.openWrite(target_, options_, context_.now());
  pass(beginning_);
  beginning_ = {};
}

void UploadStream::pass(std::span<const std::byte> bytes) {
  if (bytes.empty()) {
    return;
  }
  passAndHash(bytes);
  size_ += bytes.size();
}

void UploadStream::passAndHash(std::span<const std::byte> bytes) {
  if (size_ < kHashedAside) {
    stream_->write(bytes);
    digest_.update(bytes);
    return;
  }
  const auto before = digest_;
  try {
    hashing_.runAlongside([&] { digest_.update(bytes); }, [&] { stream_->write(bytes); });
  } catch (...) {
    // Restore the state before these bytes.
    digest_ = before;
    throw;
  }
}

void UploadStream::flush() {
  open();
  stream_->flush();
}

records::UploadCheckpoint UploadStream::suspend() {
  if (!stream_) {
    const std::string_view begun(reinterpret_cast<const char*>(beginning_.data()),
                                 beginning_.size());
    return {.size = begun.size(), .beginning = base::encodeHex(begun)};
  }
  return {.size = size_, .token = stream_->suspend(), .digest = digest_.state()};
}

void UploadStream::retarget(WriteTarget target) {
  if (!isSameTarget(target, target_)) {
    stream_->retarget(target);
    target_ = std::move(target);
  }
}

}  // namespace mediadock::media
