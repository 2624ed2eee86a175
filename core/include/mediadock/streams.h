#pragma once

/// \file
/// Interfaces for reading and writing whole objects.
///
/// Not `std::istream`, which hides failures in a bad bit: here every failure throws `StorageError`.
/// A stream is not thread-safe. It must not outlive its provider or the library that it comes from
/// (the host ensures the latter).

#include "mediadock/byte_range.h"
#include "mediadock/entry.h"
#include "mediadock/export.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mediadock {

struct ReadOptions {
  std::optional<ByteRange> range;
  /// Reads only this version, otherwise throws `PreconditionFailed`.
  std::optional<ETag> ifMatch;
  /// Reads only if the version differs, otherwise throws `NotModified`.
  std::optional<ETag> ifNoneMatch;
};

/// What a read stream delivers; known before its first byte.
struct ReadInfo {
  /// The whole object: full size, etag, type, time.
  Entry entry;
  /// Offset in the object at which the stream starts.
  std::uint64_t offset = 0;
  /// Number of bytes in the stream. Absent if the storage does not say: then the stream is the
  /// object from `offset` on, and ends where the storage's transfer completes.
  std::optional<std::uint64_t> length;
};

/// A region of an open file that the host may send directly (`sendfile`). The stream owns the
/// descriptor and keeps it open until it is destroyed.
struct FileRegion {
  int descriptor = -1;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

class MEDIADOCK_CORE_EXPORT IReadStream {
 public:
  virtual ~IReadStream();

  virtual const ReadInfo& info() const = 0;

  /// Reads up to `buffer.size()` bytes and returns how many, at least 1. Returns 0 only after all
  /// of `info().length` was delivered or, if that is absent, after the transfer verifiably ended.
  /// \throws StorageError `Truncated` if the storage ends early, `Protocol` if it sends too much,
  ///   `Timeout` after the idle limit, `Cancelled`, `Connection`.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;

  /// As `read`, but moves the bytes into `pipe`, an empty pipe owned by the caller, without copying
  /// them through memory (splice(2)). Returns nullopt, having moved nothing, if that is not
  /// possible: by default always; in a stream that supports it, if the next bytes are already in
  /// memory. Use `read` then.
  virtual std::optional<std::size_t> splice(int pipe, std::size_t most);

  /// The file behind the stream, if it is a plain local one; by default nullopt. Reading the region
  /// does not move the stream's own position.
  virtual std::optional<FileRegion> file() const;
};

/// Where to write, and on which condition.
struct WriteTarget {
  StoragePath path;
  /// Creates only. If the target exists at `commit`, throws `AlreadyExists` and changes nothing.
  bool ifAbsent = false;
  /// Replaces only this version; otherwise throws `PreconditionFailed` and changes nothing.
  std::optional<ETag> ifMatch;
  /// Creates missing parent directories; if false, a missing parent is `NotFound`.
  bool createParents = true;
};

struct WriteOptions {
  /// The exact number of bytes to be written. With fewer, `commit` throws `Truncated`; with more,
  /// `write` throws `InvalidArgument`.
  std::optional<std::uint64_t> size;
  /// Media type, for storages that store one.
  std::string contentType;
  /// The object's modification time; if absent, the time of the commit.
  std::optional<Timestamp> modifiedAt;
  /// Hint that `suspend` is likely. Without it, a storage that must know from the first byte may
  /// keep a suspended write for a shorter time.
  bool mayBeSuspended = false;
};

/// An object being written. Nothing is visible before `commit`: until then an existing object keeps
/// its old content. Destroying the stream without `commit` changes nothing, except as described for
/// `suspend`.
class MEDIADOCK_CORE_EXPORT IWriteStream {
 public:
  virtual ~IWriteStream();

  /// Writes all of `bytes` or throws; after a throw only `abort` is allowed.
  virtual void write(std::span<const std::byte> bytes) = 0;

  /// Sends buffered data to the storage without making it visible, so that an idle stream uses
  /// little memory. By default a no-op. Writing may continue afterwards.
  virtual void flush();

  /// Persists everything written so far in the storage and returns an opaque token with which
  /// `IStorageProvider::resumeWrite` continues from exactly this point, also in another process.
  /// Writing may continue afterwards; only data covered by a token can be resumed. After the first
  /// token, destroying the stream keeps the persisted data for at least a week or as long as the
  /// storage keeps unfinished objects; `abort` deletes it. By default throws `Unsupported`.
  virtual std::string suspend();

  /// Changes the target before `commit`, or after a `commit` that threw `AlreadyExists` or
  /// `PreconditionFailed`. By default throws `Unsupported`.
  virtual void retarget(WriteTarget target);

  /// Verifies the object, makes it visible, and returns its entry.
  /// \throws StorageError `AlreadyExists` or `PreconditionFailed` if the target's condition does
  ///   not hold: the data is kept, and `retarget` and `commit` may be called again. After any other
  ///   error only `abort` is allowed. `Retry::OutcomeUnknown` if the commit may have happened.
  virtual Entry commit() = 0;

  /// Discards what was written, also what a token of `suspend` covers. Idempotent, and a no-op
  /// after `commit`. The destructor does the same, but keeps what a token covers.
  virtual void abort() noexcept = 0;
};

}  // namespace mediadock
