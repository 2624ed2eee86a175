#pragma once

/// \file
/// Cuts a file that is written into chunks, and sends several of them beside one another where the
/// client brings bytes faster than one connection takes them.

#include "dav/dav_client.h"
#include "http/call_limits.h"
#include "writing/upload_folder.h"

#include <cstddef>
#include <cstdint>
#include <future>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

/// The first chunk of a file is as large as its memory, and goes alone: what the server, or a
/// proxy, thinks of its size is known then. The later ones share that memory. While one is on its
/// way the next one is filled; once that is full, too, a second connection is taken, and so on.
/// Where one is refused for a size that was taken before, it and those behind it are sent again in
/// smaller ones.
///
/// Belongs to one write stream; its functions are for that stream's thread.
class ChunkLanes {
 public:
  /// No storage behind a Nextcloud wants smaller parts (S3: 5 MiB). Smaller ones go one by one.
  static constexpr std::size_t kLeastPart = std::size_t{5} << 20U;

  /// References must outlive this. `memory`: of all chunks together, but for those that have to be
  /// larger lest they become too many. `mostAtOnce`: what the server announces.
  ChunkLanes(UploadFolder& folder, DavClient& client, std::size_t memory, std::size_t mostAtOnce);

  ChunkLanes(const ChunkLanes&) = delete;
  ChunkLanes& operator=(const ChunkLanes&) = delete;
  ~ChunkLanes();

  /// Takes some of `bytes` into the chunk that is being filled, and returns how many; 0 where it is
  /// full and has to be sent first. `total` is the file's size, where that is known.
  /// \throws StorageError of a chunk before.
  std::size_t take(std::string_view bytes, std::optional<std::uint64_t> total);

  /// What was taken and not sent: all of the file before the first `send`.
  std::string_view held() const noexcept { return lanes_[filling_].bytes; }

  /// The same, which is not held any more: to be sent in another way.
  std::string takeHeld() noexcept { return std::exchange(lanes_[filling_].bytes, {}); }

  /// Its bytes have been sent in another way.
  void dropHeld() noexcept { lanes_[filling_].bytes.clear(); }

  /// Sends what is held, even if that is nothing.
  /// \throws StorageError of this chunk, or of one before.
  void send(std::optional<std::uint64_t> total, const CallLimits& limits);

  /// Waits until all that was sent has arrived.
  /// \throws StorageError
  void finish();

  /// Ends what is on its way, and waits for that. Nothing can be sent afterwards.
  void end() noexcept;

 private:
  struct Lane {
    std::string bytes;
    /// Of its chunk.
    std::size_t number = 0;
    /// Of the chunk on its way; without state where there is none.
    std::future<void> arrival;
  };

  /// Whether one more connection leaves the other callers theirs.
  bool leavesEnough() const;
  void sendAlone(std::optional<std::uint64_t> total, const CallLimits& limits);
  void sendBeside(std::optional<std::uint64_t> total, const CallLimits& limits);
  void reserve(std::string& held, std::size_t needed, std::optional<std::uint64_t> total) const;
  void await(Lane& lane);
  void sendSmaller(Lane& refused);

  UploadFolder& folder_;
  DavClient& client_;
  std::stop_source ending_;
  const std::size_t memory_;
  std::vector<Lane> lanes_;
  std::size_t filling_ = 0;
  const std::size_t part_;
  /// How large the chunk that is being filled becomes.
  std::size_t room_ = 0;
  /// The largest chunk that the server took.
  std::size_t proven_ = 0;
  /// Of the chunks on their way.
  std::optional<std::uint64_t> total_;
  const CallLimits* limits_ = nullptr;
};

}  // namespace mediadock
