#pragma once

/// \file
/// The contract between the host and a storage.

#include "mediadock/call_context.h"
#include "mediadock/capabilities.h"
#include "mediadock/entry.h"
#include "mediadock/entry_stream.h"
#include "mediadock/export.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mediadock {

struct ListOptions {
  /// Most entries on a page, at least 1.
  std::size_t pageSize = 1000;
  /// Empty for the first page, else the `nextToken` of the one before.
  std::string token;
};

struct RemoveOptions {
  /// Remove a directory with all below it; without it only an empty one.
  bool recursive = false;
  /// Remove only this version of a file, else `PreconditionFailed`.
  std::optional<ETag> ifMatch;
};

struct PreviewOptions {
  /// The picture fits into this many pixels, at least 1 each way; it is never enlarged.
  std::uint32_t maxWidth = 256;
  std::uint32_t maxHeight = 256;
  /// Read only if the picture is another one, else `NotModified`.
  std::optional<ETag> ifNoneMatch;
};

/// What copy and move do where something stands at the target.
enum class Overwrite {
  Never,    ///< `AlreadyExists`; decided by the storage.
  Replace,  ///< A file replaces a file. A directory at the target is `AlreadyExists` all the same.
};

/// A storage of whole objects at paths.
///
/// All calls may run concurrently, on any thread. None throws anything but `StorageError`. Every
/// call honours its context's deadline and cancellation. Codes that any call may throw, besides
/// those it names: `Unauthenticated`, `PermissionDenied`, `RateLimited`, `Unavailable`, `Timeout`,
/// `Cancelled`, `Connection`, `Tls`, `Protocol`, `Locked`, `Internal`.
///
/// `docs/writing-a-plugin.md` walks through an implementation; the conformance suite in
/// `tests/conformance` holds each sentence below against the built plugin.
class MEDIADOCK_CORE_EXPORT IStorageProvider {
 public:
  virtual ~IStorageProvider();

  /// What is known of the storage's abilities now. Does not block; a provider that asks its server
  /// for them knows more after `check`.
  virtual Capabilities capabilities() const = 0;

  /// Reaches the storage and finds out whether it can be used: returns if so, else throws the code
  /// that says why.
  virtual void check(const CallContext& context) = 0;

  /// What stands at `path`; nothing where nothing does, its parent is missing or is a file.
  virtual std::optional<Entry> stat(const StoragePath& path, const CallContext& context) = 0;

  /// One page of the direct children of the directory at `path`. The pages together hold every
  /// untouched child exactly once, whatever changes in between. A listing that breaks off is
  /// `Truncated`, never a shorter page.
  /// \throws StorageError `NotFound`, `NotADirectory`; `InvalidArgument` for a foreign token.
  virtual ListPage list(const StoragePath& path, const ListOptions& options,
                        const CallContext& context) = 0;

  /// Lists the directory at `path` as the storage tells of it, for whoever needs neither pages nor
  /// an order. Opening counts for the context's deadline, reading does not. By default made of the
  /// pages of `list`, with the limits of that for each.
  /// \throws StorageError `NotFound`, `NotADirectory`, here or at the first `next`.
  virtual std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                                 const CallContext& context);

  /// Opens the file at `path`. What can fail up front fails here, not at the first read.
  /// \throws StorageError `NotFound`, `IsADirectory`, `PreconditionFailed`, `NotModified`,
  ///   `RangeNotSatisfiable`. A suffix range longer than the file is the whole file; of length 0,
  ///   or any range of an empty file but a suffix one, it is not satisfiable.
  virtual std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                                const CallContext& context) = 0;

  /// Starts writing the file at `target.path`.
  /// \throws StorageError here or at `commit`: `IsADirectory`, `NotADirectory` (a parent is a
  ///   file), `NotFound` (parent missing, not to be made), `InvalidPath` (the root, or a name the
  ///   storage forbids, before a byte is sent), `InsufficientStorage`, `PayloadTooLarge`.
  virtual std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target,
                                                  const WriteOptions& options,
                                                  const CallContext& context) = 0;

  /// Goes on with a write where `token` was given for it; what was written behind that point is
  /// dropped. The target may be another one, the size not. At most one stream of a write lives at
  /// a time: another one is `Locked` where the storage can tell, and leaves an object that cannot
  /// be committed where not.
  /// \throws StorageError as `openWrite`; `NotFound` where the storage no longer has what was
  ///   written, `InvalidArgument` for a foreign token. By default `Unsupported`.
  virtual std::unique_ptr<IWriteStream> resumeWrite(const std::string& token,
                                                    const WriteTarget& target,
                                                    const WriteOptions& options,
                                                    const CallContext& context);

  /// Drops what a suspended write left in the storage. Harmless where nothing is left.
  /// \throws StorageError `InvalidArgument` for a foreign token, `Locked` where a stream of this
  ///   write lives. By default `Unsupported`.
  virtual void dropWrite(const std::string& token, const CallContext& context);

  /// Removes the file or directory at `path`. The root is refused with `InvalidPath`.
  /// \throws StorageError `NotFound`, `DirectoryNotEmpty`, `PreconditionFailed`.
  virtual void remove(const StoragePath& path, const RemoveOptions& options,
                      const CallContext& context) = 0;

  /// Makes the directory at `path` and its missing parents; an existing one is fine. Returns
  /// whether it was made by this call. Concurrent calls for one path all succeed.
  /// \throws StorageError `AlreadyExists` over a file, `NotADirectory` below one. By default
  ///   `Unsupported`.
  virtual bool makeDirectory(const StoragePath& path, const CallContext& context);

  /// Copies the file at `from` to `to` within the storage; the parent of `to` must stand.
  /// \throws StorageError `NotFound`, `IsADirectory`, `AlreadyExists`; `InvalidArgument` onto
  ///   itself. By default `Unsupported`.
  virtual Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                     const CallContext& context);

  /// Moves the file or directory at `from` to `to`; the parent of `to` must stand.
  /// \throws StorageError `NotFound`, `AlreadyExists`; `InvalidArgument` onto itself or below
  ///   itself. By default `Unsupported`.
  virtual Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                     const CallContext& context);

  /// Opens a picture of the file at `path` that the storage makes. The stream's info is that of the
  /// picture: its size, media type and etag, under the path of the file.
  /// \throws StorageError `NotFound` where there is no file or no picture of it, `NotModified`,
  ///   `InvalidArgument` for a width or height of 0. By default `Unsupported`.
  virtual std::unique_ptr<IReadStream> openPreview(const StoragePath& path,
                                                   const PreviewOptions& options,
                                                   const CallContext& context);

  /// By default `Unsupported`.
  virtual Quota quota(const CallContext& context);

  /// Wakes every blocked call and stream with `Cancelled`, within two seconds; later calls answer
  /// so, too. May be repeated. The destructor may be called once all streams are gone.
  virtual void shutdown() noexcept = 0;
};

}  // namespace mediadock
