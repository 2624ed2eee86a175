#pragma once

/// \file
/// Suspend and resume of a chunked upload.

#include "writing/chunk_lanes.h"
#include "writing/suspended_writes.h"
#include "writing/upload_folder.h"
#include "writing/write_token.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// A suspended write is entirely on the server: the remaining data in the lanes becomes a chunk,
/// however small. A small chunk is remembered, and merged with the next small remainder into a new
/// chunk beside it:
///
///     token    1 2 3           3 is small, and remembered
///     resumed  1 2 3 | rest
///     token    1 2 _ 4         4 is 3 and the rest; 3 is superseded, and deleted when this token
///                              comes back, which proves that the previous token is obsolete
///     token    1 2 3'          3' is 4 and the next rest, and so on
///
/// Belongs to one write stream.
class ResumableUpload {
 public:
  /// References must outlive this. `memory` bounds the chunks of a suspended write.
  ResumableUpload(UploadFolder& folder, ChunkLanes& lanes, SuspendedWrites& writes,
                  std::size_t memory);

  /// Whether a token was issued for this write.
  bool isResumable() const noexcept { return hold_ != nullptr; }

  /// Resumes where the token was issued; call before anything is sent or taken.
  /// \throws StorageError `NotFound` if the server no longer has the data, `Locked`.
  void resume(const std::string& uploads, const WriteToken& token,
              const http_client::CallLimits& limits);

  /// Flushes all pending chunks, waits for them, and returns a token covering them. The folder must
  /// be open.
  /// \param written number of bytes of the file written so far.
  /// \throws StorageError `PayloadTooLarge` if pieces this small would need too many chunks.
  std::string suspend(std::uint64_t written, std::optional<std::uint64_t> total,
                      const http_client::CallLimits& limits);

  /// Call when a chunk is full: the tail is not merged any more.
  void forgetTail() noexcept { tail_.reset(); }

  /// Releases the hold: the write can no longer be resumed.
  void release() noexcept { hold_.reset(); }

  /// Deletes superseded chunks, before the chunks are assembled.
  void deleteSuperseded(const http_client::CallLimits& limits);

 private:
  std::size_t smallSize(std::optional<std::uint64_t> total) const noexcept;
  bool joinsTail(std::optional<std::uint64_t> total) const noexcept;
  void sendWithTail(std::optional<std::uint64_t> total, const http_client::CallLimits& limits);
  void sendBehind(std::optional<std::uint64_t> total, const http_client::CallLimits& limits);
  void requireRoom(std::optional<std::uint64_t> total) const;

  UploadFolder& folder_;
  ChunkLanes& lanes_;
  SuspendedWrites& writes_;
  const std::size_t memory_;
  std::unique_ptr<SuspendedWrites::Hold> hold_;
  /// The last chunk sent, if it is small. Once covered by a token, it is also remembered for other
  /// streams.
  std::optional<SuspendedWrites::Tail> tail_;
  /// Number of bytes sent up to and including the tail.
  std::uint64_t sentWithTail_ = 0;
  /// Number of the superseded chunk; 0: none. Even if that chunk is deleted, a stream resumed with
  /// an older token may create one of this number.
  std::size_t superseded_ = 0;
  bool isSupersededThere_ = false;
};

}  // namespace mediadock::nextcloud
