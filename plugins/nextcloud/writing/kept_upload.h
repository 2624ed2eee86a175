#pragma once

/// \file
/// The part of a chunked upload that lets another stream go on with it.

#include "writing/chunk_lanes.h"
#include "writing/kept_writes.h"
#include "writing/upload_folder.h"
#include "writing/write_token.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mediadock {

/// What is suspended is all at the server: the rest that the lanes hold becomes a chunk, however
/// small. A small one is remembered, and takes the next small rest in, as a new chunk beside it:
///
///     token    1 2 3           3 is small, and known
///     resumed  1 2 3 | rest
///     token    1 2 _ 4         4 is 3 and the rest; 3 is superseded, and deleted when this token
///                              comes back, which proves that nobody needs the one before
///     token    1 2 3'          3' is 4 and the next rest, and so on
///
/// Belongs to one write stream.
class KeptUpload {
 public:
  /// References must outlive this. `memory`: no chunk of a suspended write needs more.
  KeptUpload(UploadFolder& folder, ChunkLanes& lanes, KeptWrites& writes, std::size_t memory);

  /// Whether a token was given for this write.
  bool isKept() const noexcept { return hold_ != nullptr; }

  /// Goes on where the token was given; nothing was sent or taken yet.
  /// \throws StorageError `NotFound` where the server no longer has the bytes, `Locked`.
  void resume(const std::string& uploads, const WriteToken& token, const CallLimits& limits);

  /// Flushes all pending chunks, waits for them, and returns a token covering them. The folder is
  /// open.
  /// \param written how many bytes of the file were written.
  /// \throws StorageError `PayloadTooLarge` where pieces so small would need too many chunks.
  std::string suspend(std::uint64_t written, std::optional<std::uint64_t> total,
                      const CallLimits& limits);

  /// To be called when a chunk is full: the tail stays as it is.
  void forgetTail() noexcept { tail_.reset(); }

  /// Releases the hold: the write can no longer be resumed.
  void release() noexcept { hold_.reset(); }

  /// Leaves only chunks that count, before they are joined.
  void settle(const CallLimits& limits);

 private:
  std::size_t smallSize(std::optional<std::uint64_t> total) const noexcept;
  bool joinsTail(std::optional<std::uint64_t> total) const noexcept;
  void sendWithTail(std::optional<std::uint64_t> total, const CallLimits& limits);
  void sendBehind(std::optional<std::uint64_t> total, const CallLimits& limits);
  void requireRoom(std::optional<std::uint64_t> total) const;

  UploadFolder& folder_;
  ChunkLanes& lanes_;
  KeptWrites& writes_;
  const std::size_t memory_;
  std::unique_ptr<KeptWrites::Hold> hold_;
  /// The last chunk that was sent, where it is small. From a token on others remember it.
  std::optional<KeptWrites::Tail> tail_;
  /// How many bytes had been sent with it.
  std::uint64_t sentWithTail_ = 0;
  /// A number that does not count; 0: none. Where the chunk is not there any more, a stream of an
  /// older token may still make one of this number.
  std::size_t superseded_ = 0;
  bool isSupersededThere_ = false;
};

}  // namespace mediadock
