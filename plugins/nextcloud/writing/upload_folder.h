#pragma once

/// \file
/// The server's folder of one chunked upload (version 2).

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

namespace mediadock {

/// Folders of that name are ours, whichever of our processes made them. What follows names that
/// process (`UploadOwner`), but of those that may be gone on with by another.
inline constexpr std::string_view kUploadPrefix = "mediadock-";

/// Those of them that may be gone on with.
inline constexpr std::string_view kKeptUploadPrefix = "mediadock-kept-";

/// Made with its first chunk, or by the stream before. Belongs to one write stream.
class UploadFolder {
 public:
  /// References must outlive this. `retries`: how often a chunk that arrived as other
  /// bytes is sent again.
  UploadFolder(DavClient& client, ChunkSizes& sizes, unsigned retries);

  bool isOpen() const noexcept { return !folder_.empty(); }

  /// Makes the folder below `uploads`, under a name that begins with `prefix`. `destination` is the
  /// `Destination` of the MKCOL and of each chunk: its parent has to stand.
  void open(const std::string& uploads, std::string_view prefix, std::string destination,
            const CallLimits& limits);

  /// Goes on with the folder of a token, and deletes the chunks that do not count. To be followed
  /// by `announce`.
  /// \throws StorageError `NotFound` where the folder, or some of the bytes, are gone.
  void reopen(const std::string& uploads, const WriteToken& token, const CallLimits& limits);

  /// The `Destination` of the chunks from now on.
  void announce(std::string destination) { destination_ = std::move(destination); }

  bool isAnnounced() const noexcept { return !destination_.empty(); }

  /// Request target.
  const std::string& target() const noexcept { return folder_; }

  std::string name() const { return folder_.substr(folder_.rfind('/') + 1); }

  /// Sends `bytes` as one chunk, or as several where the server takes none so large. `total` is the
  /// file's size, where that is known; so a full storage says so at once.
  void send(std::string_view bytes, std::optional<std::uint64_t> total, const CallLimits& limits);

  /// Gives the next `size` bytes of the file their chunk's number, to be sent by `sendAs`.
  /// \throws StorageError `PayloadTooLarge` where the chunks do not suffice for the rest.
  std::size_t claim(std::size_t size, std::optional<std::uint64_t> total);

  /// Sends a chunk that was claimed. Safe beside itself and all that does not open or remove the
  /// folder.
  /// \throws StorageError `PayloadTooLarge`, to be repeated safely in smaller ones, where the
  /// server
  ///   does not take it as one.
  void sendAs(std::size_t number, std::string_view bytes, std::optional<std::uint64_t> total,
              const CallLimits& limits);

  /// Sends a chunk of a number of the caller's choice, of whose bytes the last `added` are new.
  void sendJoined(std::size_t number, std::string_view bytes, std::size_t added,
                  std::optional<std::uint64_t> total, const CallLimits& limits);

  /// The chunks from `number` on, of so many bytes, are to be sent again, in smaller ones.
  void goBack(std::size_t number, std::uint64_t bytes) noexcept {
    chunks_ = number - 1;
    sent_ -= bytes;
  }

  /// The highest number in use.
  std::size_t chunks() const noexcept { return chunks_; }

  /// How many bytes of the file the chunks have.
  std::uint64_t sent() const noexcept { return sent_; }

  /// How large the next chunk should be, given the file's size: `usual`, if nothing forbids it.
  std::size_t nextSize(std::optional<std::uint64_t> total, std::size_t usual) const noexcept;

  /// Larger chunks were refused.
  std::size_t largestChunk() const noexcept { return sizes_.limit(); }

  /// What is to be moved to the target: the chunks' sum.
  std::string sumTarget() const { return folder_ + "/.file"; }

  /// Whether the server still has the folder. It goes when the file is put together.
  bool stands(const CallLimits& limits);

  /// Tells the two meanings of a 404 apart: a missing parent, or an upload that the server threw
  /// away, as it does after a day or two.
  /// \throws StorageError `Conflict` where the folder is gone.
  void refuseIfGone(const CallLimits& limits);

  /// How many bytes the server has of it; nothing where the folder is gone.
  std::optional<std::uint64_t> keptBytes(const CallLimits& limits);

  /// It was put together, or is left to the sweep.
  void forget() noexcept { folder_.clear(); }

  void removeChunk(std::size_t number, const CallLimits& limits);

 private:
  enum class Sent { Yes, TooLarge };

  using ChunkSink = std::function<void(std::size_t number, std::uint64_t bytes)>;

  /// Tells all chunks that the server has. Returns false where the folder is gone.
  bool list(const ChunkSink& sink, const CallLimits& limits);

  /// \throws StorageError `PayloadTooLarge` where the rest does not fit from the next chunk on.
  void requireRoom(std::optional<std::uint64_t> total) const;
  /// `Yes`, or `TooLarge`: then the limit is lower.
  Sent sendPiece(std::size_t number, std::string_view piece, std::optional<std::uint64_t> total,
                 const CallLimits& limits);
  Sent trySend(const HttpRequest& request, std::string_view piece, const CallLimits& limits);
  /// Nothing where the chunk was taken.
  /// \throws StorageError `ChecksumMismatch` where the server has got other bytes.
  std::optional<DavRefusal> exchange(const HttpRequest& request, std::string_view piece,
                                     const CallLimits& limits);

  DavClient& client_;
  ChunkSizes& sizes_;
  unsigned retries_;
  /// Request target; empty where there is none.
  std::string folder_;
  std::string destination_;
  std::size_t chunks_ = 0;
  std::uint64_t sent_ = 0;
};

/// A name that nobody else thinks of: 32 hex digits.
std::string randomName();

/// The same with one of the two prefixes.
std::string newUploadName(std::string_view prefix);

/// Compares `sent` with the response's `X-Hash-SHA256`, the hash of what was stored, if present.
/// \throws StorageError `ChecksumMismatch`.
void refuseOtherHash(const HttpHead& answer, std::string_view sent);

/// Removes the folder, or the chunk, at `target`, if it is there.
/// \throws StorageError where the server does not.
void dropUpload(DavClient& client, const std::string& target, const CallLimits& limits);

}  // namespace mediadock
