#include "writing/chunk_lanes.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {

ChunkLanes::ChunkLanes(UploadFolder& folder, DavClient& client, std::size_t memory,
                       std::size_t mostAtOnce)
    : folder_(folder),
      client_(client),
      memory_(memory),
      lanes_(std::clamp<std::size_t>(memory / kLeastPart, 1, std::max<std::size_t>(mostAtOnce, 1))),
      part_(memory / lanes_.size()) {}

ChunkLanes::~ChunkLanes() {
  end();
}

std::size_t ChunkLanes::take(std::string_view bytes, std::optional<std::uint64_t> total) {
  auto& held = lanes_[filling_].bytes;
  if (held.empty()) {
    room_ = folder_.nextSize(total, folder_.chunks() == 0 ? memory_ : part_);
    if (room_ > part_) {
      finish();
    }
  }
  const auto count = std::min(bytes.size(), room_ - std::min(room_, held.size()));
  reserve(held, held.size() + count, total);
  held.append(bytes.substr(0, count));
  return count;
}

/// Grows explicitly: doubling would exceed our memory limit.
void ChunkLanes::reserve(std::string& held, std::size_t needed,
                         std::optional<std::uint64_t> total) const {
  constexpr std::size_t kSmall = 262144;
  if (needed > held.capacity()) {
    const auto expected =
        static_cast<std::size_t>(std::min<std::uint64_t>(total.value_or(room_), room_));
    const bool maySmallDo = folder_.chunks() == 0 && needed <= kSmall && expected > kSmall;
    held.reserve(maySmallDo ? kSmall : std::max(needed, expected));
  }
}

void ChunkLanes::send(std::optional<std::uint64_t> total, const http_client::CallLimits& limits) {
  const auto size = lanes_[filling_].bytes.size();
  const bool isSure = size <= std::min(proven_, folder_.largestChunk());
  const bool isAlone = lanes_.size() == 1 || size > part_ || !isSure;
  if (isAlone || !leavesEnough()) {
    finish();
  }
  if (isAlone) {
    sendAlone(total, limits);
  } else {
    sendBeside(total, limits);
  }
}

/// Counts our own chunks separately, as they may not have their permits yet.
bool ChunkLanes::leavesEnough() const {
  const auto ours = static_cast<std::size_t>(std::count_if(
      lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.arrival.valid(); }));
  return ours * 2 < client_.allowedRequests() && client_.hasSpareCapacity();
}

void ChunkLanes::sendAlone(std::optional<std::uint64_t> total,
                           const http_client::CallLimits& limits) {
  auto& held = lanes_[filling_].bytes;
  folder_.send(held, total, limits);
  proven_ = std::max(proven_, std::min(held.size(), folder_.largestChunk()));
  if (held.size() > part_) {
    std::string().swap(held);
  }
  held.clear();
}

void ChunkLanes::sendBeside(std::optional<std::uint64_t> total,
                            const http_client::CallLimits& limits) {
  auto& lane = lanes_[filling_];
  total_ = total;
  limits_ = &limits;
  lane.number = folder_.claim(lane.bytes.size(), total);
  lane.arrival = std::async(std::launch::async, [this, total, &lane, &limits] {
    const http_client::CallLimits own(limits, ending_.get_token());
    folder_.sendAs(lane.number, lane.bytes, total, own);
  });
  filling_ = (filling_ + 1) % lanes_.size();
  await(lanes_[filling_]);
}

/// Call for the oldest lane first.
void ChunkLanes::await(Lane& lane) {
  if (!lane.arrival.valid()) {
    return;
  }
  try {
    lane.arrival.get();
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::PayloadTooLarge || error.failure().retry != Retry::Safe) {
      throw;
    }
    sendSmaller(lane);
  }
  // Its memory is reused for the next chunk, to avoid fragmentation.
  lane.bytes.clear();
}

/// Reuses their numbers: there will be at least as many smaller chunks.
void ChunkLanes::sendSmaller(Lane& refused) {
  std::vector<Lane*> lanes{&refused};
  for (auto& lane : lanes_) {
    if (lane.arrival.valid()) {
      lane.arrival.wait();
      lanes.push_back(&lane);
    }
  }
  std::sort(lanes.begin(), lanes.end(),
            [](const Lane* left, const Lane* right) { return left->number < right->number; });
  std::uint64_t bytes = 0;
  for (auto* lane : lanes) {
    bytes += lane->bytes.size();
    lane->arrival = {};
  }
  folder_.goBack(refused.number, bytes);
  proven_ = folder_.largestChunk();
  for (auto* lane : lanes) {
    folder_.send(lane->bytes, total_, *limits_);
    lane->bytes.clear();
  }
}

void ChunkLanes::finish() {
  for (std::size_t i = 1; i <= lanes_.size(); ++i) {
    auto& lane = lanes_[(filling_ + i) % lanes_.size()];
    await(lane);
    if (lane.bytes.empty()) {
      std::string().swap(lane.bytes);
    }
  }
}

void ChunkLanes::end() noexcept {
  ending_.request_stop();
  for (auto& lane : lanes_) {
    if (lane.arrival.valid()) {
      lane.arrival.wait();
    }
  }
}

}  // namespace mediadock::nextcloud
