#pragma once

/// \file
/// The server's folder for one chunked upload (version 2).

#include "dav/dav_client.h"
#include "dav/status_error.h"
#include "writing/chunk_sizes.h"
#include "writing/write_token.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock::nextcloud {

/// Prefix of our upload folders, in whichever process they were created. It is followed by the ID
/// of that process (`UploadOwner`), except in folders that another process may resume.
inline constexpr std::string_view kUploadPrefix = "mediadock-";

/// Prefix of those that may be resumed.
inline constexpr std::string_view kResumablePrefix = "mediadock-kept-";

/// Created with the first chunk, or by an earlier stream. Belongs to one write stream.
class UploadFolder {
 public:
  /// References must outlive this. `retries`: how often a corrupted chunk is sent again.
  UploadFolder(DavClient& client, ChunkSizes& sizes, unsigned retries);

  bool isOpen() const noexcept { return !folder_.empty(); }

  /// Creates the folder below `uploads`, with a name that begins with `prefix`. `destination` is
  /// the `Destination` of the MKCOL and of each chunk: its parent must exist.
  void open(const std::string& uploads, std::string_view prefix, std::string destination,
            const http_client::CallLimits& limits);

  /// Resumes with the folder of a token, and deletes the chunks that do not count. Call
  /// `setDestination` afterwards. \throws StorageError `NotFound` if the folder, or some of the
  /// data, is gone.
  void reopen(const std::string& uploads, const WriteToken& token,
              const http_client::CallLimits& limits);

  /// Sets the `Destination` for the following chunks.
  void setDestination(std::string destination) { destination_ = std::move(destination); }

  bool isAnnounced() const noexcept { return !destination_.empty(); }

  /// Request target.
  const std::string& target() const noexcept { return folder_; }

  std::string name() const { return folder_.substr(folder_.rfind('/') + 1); }

  /// Sends `bytes` as one chunk, or as several if the server refuses that size. `total` is the
  /// file's size, if known; with it, a full storage is reported at once.
  void send(std::string_view bytes, std::optional<std::uint64_t> total,
            const http_client::CallLimits& limits);

  /// Reserves the chunk number for the next `size` bytes of the file, to be sent with `sendAs`.
  /// \throws StorageError `PayloadTooLarge` if the remaining chunks do not suffice for the rest.
  std::size_t claim(std::size_t size, std::optional<std::uint64_t> total);

  /// Sends a reserved chunk. May run concurrently with itself and with everything that does not
  /// open or remove the folder.
  /// \throws StorageError `PayloadTooLarge` with `Retry::Safe` if the server does not accept it as
  ///   one chunk; send smaller ones then.
  void sendAs(std::size_t number, std::string_view bytes, std::optional<std::uint64_t> total,
              const http_client::CallLimits& limits);

  /// Sends a chunk under the given number; only its last `added` bytes are new.
  void sendJoined(std::size_t number, std::string_view bytes, std::size_t added,
                  std::optional<std::uint64_t> total, const http_client::CallLimits& limits);

  /// Rewinds to chunk `number`: it and the later ones, `bytes` in total, will be sent again.
  void goBack(std::size_t number, std::uint64_t bytes) noexcept {
    chunks_ = number - 1;
    sent_ -= bytes;
  }

  /// The highest chunk number in use.
  std::size_t chunks() const noexcept { return chunks_; }

  /// Number of bytes of the file in the chunks.
  std::uint64_t sent() const noexcept { return sent_; }

  /// The size for the next chunk, given the file's size: `usual` unless a limit forbids it.
  std::size_t nextSize(std::optional<std::uint64_t> total, std::size_t usual) const noexcept;

  /// Upper bound: larger chunks were refused.
  std::size_t largestChunk() const noexcept { return sizes_.limit(); }

  /// The source of the final MOVE: the assembled chunks.
  std::string assembledFileTarget() const { return folder_ + "/.file"; }

  /// Whether the folder still exists. The server removes it when it assembles the file.
  bool stands(const http_client::CallLimits& limits);

  /// Distinguishes the two meanings of a 404: a missing parent, or an upload that the server
  /// discarded, as it does after a day or two.
  /// \throws StorageError `Conflict` if the folder is gone.
  void refuseIfGone(const http_client::CallLimits& limits);

  /// Number of bytes that the server has; nullopt if the folder is gone.
  std::optional<std::uint64_t> storedBytes(const http_client::CallLimits& limits);

  /// Call when it was assembled or is left to the sweep.
  void forget() noexcept { folder_.clear(); }

  void removeChunk(std::size_t number, const http_client::CallLimits& limits);

 private:
  enum class Sent { Yes, TooLarge };

  using ChunkSink = std::function<void(std::size_t number, std::uint64_t bytes)>;

  /// Passes each chunk on the server to `sink`. Returns false if the folder is gone.
  bool list(const ChunkSink& sink, const http_client::CallLimits& limits);

  /// \throws StorageError `PayloadTooLarge` if the rest does not fit into the remaining chunks.
  void requireRoom(std::optional<std::uint64_t> total) const;
  /// Returns `TooLarge` if the size was refused; the limit is lowered then.
  Sent sendPiece(std::size_t number, std::string_view piece, std::optional<std::uint64_t> total,
                 const http_client::CallLimits& limits);
  Sent trySend(const http_client::HttpRequest& request, std::string_view piece,
               const http_client::CallLimits& limits);
  /// Returns nullopt if the chunk was accepted.
  /// \throws StorageError `ChecksumMismatch` if the server received other bytes.
  std::optional<DavRefusal> exchange(const http_client::HttpRequest& request,
                                     std::string_view piece, const http_client::CallLimits& limits);

  DavClient& client_;
  ChunkSizes& sizes_;
  unsigned retries_;
  /// Request target; empty if there is no folder.
  std::string folder_;
  std::string destination_;
  std::size_t chunks_ = 0;
  std::uint64_t sent_ = 0;
};

/// A unique random name: 32 hex digits.
std::string randomName();

/// The same after one of the two prefixes.
std::string newUploadName(std::string_view prefix);

/// Compares `sent` with the response's `X-Hash-SHA256`, the hash of the stored data, if present.
/// \throws StorageError `ChecksumMismatch`.
void refuseOtherHash(const http_client::HttpHead& answer, std::string_view sent);

/// Deletes the folder or chunk at `target`, if it exists.
/// \throws StorageError if the server does not delete it.
void dropUpload(DavClient& client, const std::string& target,
                const http_client::CallLimits& limits);

}  // namespace mediadock::nextcloud
