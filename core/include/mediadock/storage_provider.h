#pragma once

/// \file
/// The interface that every storage plugin implements.

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
  /// Maximum number of entries per page, at least 1.
  std::size_t pageSize = 1000;
  /// Empty for the first page, otherwise `nextToken` of the previous page.
  std::string token;
};

struct RemoveOptions {
  /// Removes a directory and everything below it; if false, only an empty one.
  bool recursive = false;
  /// Removes the file only if its version matches, otherwise throws `PreconditionFailed`.
  std::optional<ETag> ifMatch;
};

struct PreviewOptions {
  /// Upper bound of the picture's size in pixels, at least 1 each; pictures are never enlarged.
  std::uint32_t maxWidth = 256;
  std::uint32_t maxHeight = 256;
  /// Returns the picture only if its etag differs, otherwise throws `NotModified`.
  std::optional<ETag> ifNoneMatch;
};

/// What copy and move do if the target exists.
enum class Overwrite {
  Never,    ///< Throws `AlreadyExists`; the storage itself checks.
  Replace,  ///< A file replaces a file; if either is a directory, throws `AlreadyExists`.
};

/// A storage that holds whole objects at paths.
///
/// Thread-safe: all calls may run concurrently. Nothing but `StorageError` is thrown. Every call
/// honours the deadline and the cancellation of its context. Besides the codes listed for it, any
/// call may throw `Unauthenticated`, `PermissionDenied`, `RateLimited`, `Unavailable`, `Timeout`,
/// `Cancelled`, `Connection`, `Tls`, `Protocol`, `Locked`, `Internal`.
///
/// `docs/writing-a-plugin.md` walks through an implementation; the conformance suite in
/// `tests/conformance` tests the statements below against the built plugin.
class MEDIADOCK_CORE_EXPORT IStorageProvider {
 public:
  virtual ~IStorageProvider();

  /// The storage's abilities as far as known. Does not block; a provider that queries its server
  /// for them knows more after `check`.
  virtual Capabilities capabilities() const = 0;

  /// Connects to the storage and returns if it is usable; otherwise throws the code that says why.
  virtual void check(const CallContext& context) = 0;

  /// Returns nullopt if nothing exists at `path`, or if its parent is missing or a file.
  virtual std::optional<Entry> stat(const StoragePath& path, const CallContext& context) = 0;

  /// Returns one page of the direct children of the directory at `path`. Across all pages, every
  /// child that is not changed meanwhile appears exactly once. An incomplete listing throws
  /// `Truncated`; it is never returned as a shorter page.
  /// \throws StorageError `NotFound`, `NotADirectory`; `InvalidArgument` for an invalid token.
  virtual ListPage list(const StoragePath& path, const ListOptions& options,
                        const CallContext& context) = 0;

  /// Lists the directory at `path` in the storage's order, for callers that need neither pages nor
  /// sorting. The context's deadline covers the opening, not the reading. The default
  /// implementation calls `list` page by page and applies the limits of that call to each page.
  /// \throws StorageError `NotFound`, `NotADirectory`, here or at the first `next`.
  virtual std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                                 const CallContext& context);

  /// Opens the file at `path`. Whatever can fail up front fails here, not at the first read. A
  /// range has the meaning that `resolve` gives it. \throws StorageError `NotFound`,
  /// `IsADirectory`, `PreconditionFailed`, `NotModified`; for the
  ///   range, as `resolve`.
  virtual std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                                const CallContext& context) = 0;

  /// Starts writing the file at `target.path`.
  /// \throws StorageError here or at `commit`: `IsADirectory`, `NotADirectory` (a parent is a
  ///   file), `NotFound` (parent missing and `createParents` is false), `InvalidPath` (the root, or
  ///   a name that the storage forbids; thrown before a byte is sent), `InsufficientStorage`,
  ///   `PayloadTooLarge`.
  virtual std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target,
                                                  const WriteOptions& options,
                                                  const CallContext& context) = 0;

  /// Resumes a write at the point for which `token` was issued; anything written after it is
  /// dropped. The target may differ, the size may not. Only one stream per write may exist at a
  /// time: a second one throws `Locked` if the storage can detect it; otherwise the object cannot
  /// be committed.
  /// \throws StorageError as `openWrite`; `NotFound` if the storage no longer has the data,
  ///   `InvalidArgument` for an invalid token. By default `Unsupported`.
  virtual std::unique_ptr<IWriteStream> resumeWrite(const std::string& token,
                                                    const WriteTarget& target,
                                                    const WriteOptions& options,
                                                    const CallContext& context);

  /// Deletes what a suspended write left in the storage. No-op if nothing is left.
  /// \throws StorageError `InvalidArgument` for an invalid token, `Locked` if a stream of this
  ///   write exists. By default `Unsupported`.
  virtual void dropWrite(const std::string& token, const CallContext& context);

  /// Removes the file or directory at `path`. Throws `InvalidPath` for the root.
  /// \throws StorageError `NotFound`, `DirectoryNotEmpty`, `PreconditionFailed`.
  virtual void remove(const StoragePath& path, const RemoveOptions& options,
                      const CallContext& context) = 0;

  /// Creates the directory at `path` and its missing parents. Returns false if it existed already.
  /// Concurrent calls for the same path all succeed.
  /// \throws StorageError `AlreadyExists` over a file, `NotADirectory` below one. By default
  ///   `Unsupported`.
  virtual bool makeDirectory(const StoragePath& path, const CallContext& context);

  /// Copies the file at `from` to `to` within the storage; the parent of `to` must exist.
  /// \throws StorageError `NotFound`, `IsADirectory`, `AlreadyExists`; `InvalidArgument` onto
  ///   itself. By default `Unsupported`.
  virtual Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                     const CallContext& context);

  /// Moves the file or directory at `from` to `to`; the parent of `to` must exist.
  /// \throws StorageError `NotFound`, `AlreadyExists`; `InvalidArgument` onto itself or below
  ///   itself. By default `Unsupported`.
  virtual Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                     const CallContext& context);

  /// Opens a preview picture of the file at `path`, made by the storage. The stream's info
  /// describes the picture (size, media type, etag), under the path of the file.
  /// \throws StorageError `NotFound` if there is no file or no preview of it, `NotModified`,
  ///   `InvalidArgument` for a width or height of 0. By default `Unsupported`.
  virtual std::unique_ptr<IReadStream> openPreview(const StoragePath& path,
                                                   const PreviewOptions& options,
                                                   const CallContext& context);

  /// By default `Unsupported`.
  virtual Quota quota(const CallContext& context);

  /// Makes every blocked call and stream throw `Cancelled` within two seconds, and every later call
  /// at once. Idempotent. The provider may be destroyed once all its streams are destroyed.
  virtual void shutdown() noexcept = 0;
};

}  // namespace mediadock
