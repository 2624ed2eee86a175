#pragma once

/// \file
/// Splits a file into chunks while it is written, and uploads several in parallel if the client is
/// faster than one connection.

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

namespace mediadock::nextcloud {

/// The first chunk uses all of the memory and is sent alone: it shows whether the server, or a
/// proxy, accepts its size. The later ones share that memory. While one is in flight the next one
/// is filled; once that is full, another connection is used, and so on. If a chunk is refused for a
/// size that was accepted before, it and the following ones are sent again in smaller chunks.
///
/// Belongs to one write stream; not thread-safe.
class ChunkLanes {
 public:
  /// No storage behind a Nextcloud requires larger parts (S3: 5 MiB). Smaller chunks are sent one
  /// by one.
  static constexpr std::size_t kLeastPart = std::size_t{5} << 20U;

  /// References must outlive this. `memory` is for all chunks together, except those that must be
  /// larger to stay below the maximum number of chunks. `mostAtOnce` is the server's limit.
  ChunkLanes(UploadFolder& folder, DavClient& client, std::size_t memory, std::size_t mostAtOnce);

  ChunkLanes(const ChunkLanes&) = delete;
  ChunkLanes& operator=(const ChunkLanes&) = delete;
  ~ChunkLanes();

  /// Appends some of `bytes` to the current chunk and returns how many; 0 if the chunk is full and
  /// must be sent first. `total` is the file's size, if known.
  /// \throws StorageError of an earlier chunk.
  std::size_t take(std::string_view bytes, std::optional<std::uint64_t> total);

  /// Data that was taken and not sent; before the first `send`, the whole file so far.
  std::string_view held() const noexcept { return lanes_[filling_].bytes; }

  /// Moves out `held()`, to be sent in another way.
  std::string takeHeld() noexcept { return std::exchange(lanes_[filling_].bytes, {}); }

  /// Drops `held()` after it was sent in another way.
  void dropHeld() noexcept { lanes_[filling_].bytes.clear(); }

  /// Sends the current chunk, even if it is empty.
  /// \throws StorageError of this chunk, or of an earlier one.
  void send(std::optional<std::uint64_t> total, const http_client::CallLimits& limits);

  /// Waits until all sent chunks have arrived.
  /// \throws StorageError of any of them.
  void finish();

  /// Cancels the chunks in flight and waits for them. Nothing can be sent afterwards.
  void end() noexcept;

 private:
  struct Lane {
    std::string bytes;
    /// Number of the chunk.
    std::size_t number = 0;
    /// Result of the chunk in flight; invalid if there is none.
    std::future<void> arrival;
  };

  /// Whether one more connection leaves enough for other callers.
  bool leavesEnough() const;
  void sendAlone(std::optional<std::uint64_t> total, const http_client::CallLimits& limits);
  void sendBeside(std::optional<std::uint64_t> total, const http_client::CallLimits& limits);
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
  /// Target size of the current chunk.
  std::size_t room_ = 0;
  /// The largest chunk that the server accepted.
  std::size_t proven_ = 0;
  /// Of the chunks in flight.
  std::optional<std::uint64_t> total_;
  const http_client::CallLimits* limits_ = nullptr;
};

}  // namespace mediadock::nextcloud
