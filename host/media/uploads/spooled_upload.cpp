#include "media/uploads/spooled_upload.h"

#include "media/uploads/upload_starter.h"
#include "mediadock/storage_error.h"

#include <vector>

namespace mediadock::media {
namespace {

constexpr std::string_view kSpool = "spool:";
constexpr std::size_t kPieceBytes = 262144;

[[noreturn]] void fail(StorageErrc code, const char* message) {
  throw StorageError({.code = code, .message = message, .operation = "upload"});
}

}  // namespace

std::string spoolToken(const std::string& file) {
  return std::string(kSpool) + file;
}

std::optional<std::string> spooledFileOf(std::string_view token) {
  if (!token.starts_with(kSpool)) {
    return std::nullopt;
  }
  return std::string(token.substr(kSpool.size()));
}

SpooledUpload::SpooledUpload(UploadStarter& starter, std::optional<SpooledFile> file,
                             std::uint64_t received, std::string_view filename,
                             const UploadFields& fields, const CallContext& context)
    : starter_(starter),
      file_(std::move(file)),
      received_(received),
      kept_(received),
      filename_(filename),
      size_(fields.size),
      context_(context) {
  if (file_) {
    file_->cut(received_);
  }
}

SpooledUpload::~SpooledUpload() {
  if (file_ && kept_ > 0) {
    file_->cut(kept_);
  } else if (file_) {
    starter_.spool().remove(file_->name());
  }
}

void SpooledUpload::write(std::span<const std::byte> bytes) {
  if (size_ && bytes.size() > *size_ - received_) {
    fail(StorageErrc::InvalidArgument, "more bytes than were announced");
  }
  if (!file_ && !bytes.empty()) {
    file_.emplace(starter_.spool().create());
  }
  if (file_) {
    file_->write(received_, bytes);
  }
  received_ += bytes.size();
}

records::UploadCheckpoint SpooledUpload::suspend() {
  if (!file_) {
    return {.token = spoolToken("")};
  }
  file_->sync();
  kept_ = received_;
  return {.size = received_, .token = spoolToken(file_->name())};
}

records::MediaRecord SpooledUpload::commit(const UploadFields& fields) {
  if (size_ && received_ < *size_) {
    fail(StorageErrc::Truncated, "fewer bytes than were announced");
  }
  auto whole = fields;
  whole.size = received_;
  whole.mayBeSuspended = false;
  whole.isTargetFinal = true;
  for (int tries = 1;; ++tries) {
    try {
      auto record = send(whole);
      kept_ = 0;
      return record;
    } catch (const StorageError& error) {
      const bool mayTryAgain = error.code() == StorageErrc::AlreadyExists &&
                               whole.onConflict == OnConflict::Rename && tries < kMostTries;
      if (!mayTryAgain) {
        throw;
      }
    }
  }
}

records::MediaRecord SpooledUpload::send(const UploadFields& fields) {
  const auto upload = starter_.start(filename_, fields, context_.now());
  std::vector<std::byte> block(kPieceBytes);
  for (std::uint64_t offset = 0; offset < received_;) {
    const auto got = file_->read(offset, block);
    if (got == 0) {
      fail(StorageErrc::Internal, "the spooled file is shorter than it was");
    }
    upload->write(std::span(block).first(got));
    offset += got;
  }
  auto record = upload->commit(fields);
  replaced_ = upload->replaced();
  return record;
}

}  // namespace mediadock::media
