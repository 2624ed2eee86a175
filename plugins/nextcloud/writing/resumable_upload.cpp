#include "writing/resumable_upload.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Chosen so that the chunk numbers suffice: a merged chunk uses two, and two neighbours together
/// are at least as large as the limit for merging.
constexpr std::uint64_t kChunksOfSmallPieces = ChunkSizes::kMaxChunks / 4;

/// Trade-off: each small piece sends the chunk that it is merged into again, and each chunk
/// lengthens the listing needed to resume. For pieces of some hundred KiB this is near the minimum
/// of both.
constexpr std::uint64_t kLeastSmallSize = std::uint64_t{1} << 20U;

}  // namespace

ResumableUpload::ResumableUpload(UploadFolder& folder, ChunkLanes& lanes, SuspendedWrites& writes,
                                 std::size_t memory)
    : folder_(folder),
      lanes_(lanes),
      writes_(writes),
      memory_(memory) {}

void ResumableUpload::resume(const std::string& uploads, const WriteToken& token,
                             const http_client::CallLimits& limits) {
  hold_ = writes_.hold(token.folder);
  auto tail = writes_.take(token.folder);
  folder_.reopen(uploads, token, limits);
  superseded_ = token.superseded;
  if (tail && tail->written == token.bytes && tail->number <= token.last) {
    tail_ = std::move(tail);
    sentWithTail_ = folder_.sent();
  }
}

std::string ResumableUpload::suspend(std::uint64_t written, std::optional<std::uint64_t> total,
                                     const http_client::CallLimits& limits) {
  if (!hold_) {
    hold_ = writes_.hold(folder_.name());
  }
  if (lanes_.held().empty()) {
    lanes_.finish();
  } else if (joinsTail(total)) {
    sendWithTail(total, limits);
  } else {
    sendBehind(total, limits);
  }
  if (tail_ && folder_.sent() == sentWithTail_) {
    tail_->written = written;
    writes_.remember(folder_.name(), *std::exchange(tail_, std::nullopt));
  }
  return makeWriteToken({.folder = folder_.name(),
                         .last = folder_.chunks(),
                         .superseded = superseded_,
                         .bytes = written});
}

void ResumableUpload::deleteSuperseded(const http_client::CallLimits& limits) {
  if (isSupersededThere_) {
    folder_.removeChunk(superseded_, limits);
    isSupersededThere_ = false;
  }
}

std::size_t ResumableUpload::smallSize(std::optional<std::uint64_t> total) const noexcept {
  const auto wanted = std::max(kLeastSmallSize, total.value_or(0) / kChunksOfSmallPieces + 1);
  return static_cast<std::size_t>(
      std::min<std::uint64_t>({wanted, memory_, folder_.largestChunk()}));
}

bool ResumableUpload::joinsTail(std::optional<std::uint64_t> total) const noexcept {
  return tail_ && !isSupersededThere_ && folder_.sent() == sentWithTail_ &&
         tail_->before + 2 <= ChunkSizes::kMaxChunks &&
         tail_->bytes.size() + lanes_.held().size() <= smallSize(total);
}

void ResumableUpload::sendWithTail(std::optional<std::uint64_t> total,
                                   const http_client::CallLimits& limits) {
  const auto rest = lanes_.held();
  const bool isFirst = tail_->number == tail_->before + 1;
  const auto number = tail_->before + (isFirst ? 2 : 1);
  if (number > folder_.chunks()) {
    requireRoom(total);
  }
  tail_->bytes.append(rest);
  folder_.sendJoined(number, tail_->bytes, rest.size(), total, limits);
  lanes_.dropHeld();
  superseded_ = std::exchange(tail_->number, number);
  isSupersededThere_ = true;
  sentWithTail_ = folder_.sent();
}

void ResumableUpload::sendBehind(std::optional<std::uint64_t> total,
                                 const http_client::CallLimits& limits) {
  requireRoom(total);
  const bool isSmall = lanes_.held().size() < smallSize(total);
  const std::string rest(isSmall ? lanes_.held() : std::string_view());
  const auto before = folder_.chunks();
  lanes_.send(total, limits);
  lanes_.finish();
  tail_.reset();
  if (isSmall && folder_.chunks() == before + 1) {
    tail_ = {.number = before + 1, .before = before, .bytes = rest};
    sentWithTail_ = folder_.sent();
  }
}

/// The remaining chunks must hold the remaining data, with none of them above our memory limit.
void ResumableUpload::requireRoom(std::optional<std::uint64_t> total) const {
  const auto sent = folder_.sent() + lanes_.held().size();
  const auto left = total ? *total - std::min(*total, sent) : 0;
  const std::uint64_t numbers =
      ChunkSizes::kMaxChunks - std::min(ChunkSizes::kMaxChunks, folder_.chunks() + 1);
  const auto usual = std::max<std::uint64_t>(memory_, total.value_or(0) / kChunksOfSmallPieces);
  if (left > numbers * std::min<std::uint64_t>(usual, folder_.largestChunk())) {
    throw StorageError(StorageErrc::PayloadTooLarge,
                       "the file came in so many small pieces that the storage's chunks do not "
                       "suffice for the rest; send larger ones");
  }
}

}  // namespace mediadock::nextcloud
