#pragma once

/// \file
/// Reading and writing whole objects.
///
/// Not `std::istream`, which hides failures in a bad bit: here every failure is a `StorageError`.
/// A stream belongs to one thread at a time. It may outlive neither the library it came from (the
/// host sees to that) nor its provider.

#include "mediadock/entry.h"
#include "mediadock/export.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mediadock {

/// The part of an object that a reader asks for (RFC 9110 §14.1.2).
struct ByteRange {
  /// First byte, from 0. Absent: the last `last` bytes of the object are meant.
  std::optional<std::uint64_t> first;
  /// Last byte, inclusive, or the suffix length. Absent: to the end.
  std::optional<std::uint64_t> last;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct ReadOptions {
  std::optional<ByteRange> range;
  /// Read only this version, else `PreconditionFailed`.
  std::optional<ETag> ifMatch;
  /// Read only if the version is another one, else `NotModified`.
  std::optional<ETag> ifNoneMatch;
};

/// What a read stream serves, known before its first byte.
struct ReadInfo {
  /// The whole object: its full size, etag, type, time.
  Entry entry;
  /// Where in the object the stream starts.
  std::uint64_t offset = 0;
  /// How many bytes the stream gives. Absent where the storage does not say: then the end is where
  /// the storage's transfer ends whole, and the stream is the whole object from `offset` on.
  std::optional<std::uint64_t> length;
};

/// A piece of an open file from which the host may send by itself (`sendfile`). The stream owns
/// the descriptor and keeps it open while it lives.
struct FileRegion {
  int descriptor = -1;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

class MEDIADOCK_CORE_EXPORT IReadStream {
 public:
  virtual ~IReadStream();

  virtual const ReadInfo& info() const = 0;

  /// Fills at most `buffer` and returns how many bytes it gave, at least 1. Returns 0 only when all
  /// of `info().length`, or of a transfer whose end is certain, was given.
  /// \throws StorageError `Truncated` where the storage ended early, `Protocol` where it sent more,
  ///   `Timeout` after the idle limit, `Cancelled`, `Connection`.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;

  /// As `read`, but moves the bytes into `pipe`, an empty pipe of the caller's, without copying
  /// them through memory (splice(2)). Returns nothing, without having moved any, where that cannot
  /// be done: by default always; for a stream that can do it, where the next bytes are in memory
  /// already. Then `read` has them.
  virtual std::optional<std::size_t> splice(int pipe, std::size_t most);

  /// The file behind the stream, for one that is plain and local. By default none. Reading the
  /// region leaves the stream's own position alone.
  virtual std::optional<FileRegion> file() const;
};

/// Where a write ends up, and on which condition.
struct WriteTarget {
  StoragePath path;
  /// Create only. Where something stands at `commit`: `AlreadyExists`, and nothing is changed.
  bool ifAbsent = false;
  /// Replace only this version. Otherwise `PreconditionFailed`, and nothing is changed.
  std::optional<ETag> ifMatch;
  /// Make missing parent directories; without it a missing parent is `NotFound`.
  bool createParents = true;
};

struct WriteOptions {
  /// The exact number of bytes to come. `commit` refuses fewer with `Truncated`, `write` refuses
  /// more with `InvalidArgument`.
  std::optional<std::uint64_t> size;
  /// Media type, for storages that keep one.
  std::string contentType;
  /// The object's modification time; absent: the time of the commit.
  std::optional<Timestamp> modifiedAt;
  /// `suspend` is likely to come. Without this hint a storage that has to know from the first byte
  /// may keep a suspended write for a shorter time.
  bool mayBeSuspended = false;
};

/// An object being written. Nothing is visible before `commit`; until then a replaced object keeps
/// its old content, and destroying the stream leaves things as they were, but for what `suspend`
/// says.
class MEDIADOCK_CORE_EXPORT IWriteStream {
 public:
  virtual ~IWriteStream();

  /// Takes all of `bytes`, or throws; after a throw the stream can only be aborted.
  virtual void write(std::span<const std::byte> bytes) = 0;

  /// Hands to the storage what the stream still holds in memory, without making it visible, so
  /// that an idle stream is small. By default does nothing. More may be written afterwards.
  virtual void flush();

  /// Hands to the storage all that was written, to stay, and returns an opaque token with which
  /// `IStorageProvider::resumeWrite` goes on from just here, also in another process. More may be
  /// written afterwards; only what a token speaks for can be resumed. From the first token on,
  /// destroying the stream leaves what was handed over for at least a week, or as long as the
  /// storage keeps unfinished objects; `abort` drops it. By default throws `Unsupported`.
  virtual std::string suspend();

  /// Changes the target before `commit`, or after a `commit` that threw `AlreadyExists` or
  /// `PreconditionFailed`. By default throws `Unsupported`.
  virtual void retarget(WriteTarget target);

  /// Makes the object visible, whole and verified, and tells what now stands there.
  /// \throws StorageError `AlreadyExists` or `PreconditionFailed` where the target's condition does
  ///   not hold: the bytes are kept, `retarget` and `commit` again. After any other error only
  ///   `abort` is left. `Retry::OutcomeUnknown` where the storage may have done it.
  virtual Entry commit() = 0;

  /// Drops what was written. Harmless after `commit` and when repeated; the destructor does it,
  /// too.
  virtual void abort() noexcept = 0;
};

}  // namespace mediadock
