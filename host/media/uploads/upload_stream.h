#pragma once

/// \file
/// Passes the bytes of one upload to the provider's write stream.

#include "base/sha256.h"
#include "media/types/upload_type_check.h"
#include "mediadock/storage_provider.h"
#include "records/unfinished_uploads.h"
#include "storage/calls/per_call_deadline.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock::media {

class BackgroundWorkers;

/// How a write is opened or resumed.
struct WritePlan {
  WriteTarget target;
  WriteOptions options;
};

/// Buffers the first bytes until they show the file's type: before that, the provider's stream is
/// not opened. Then passes everything on and computes the digest. Not thread-safe; destroying it
/// before `commit` aborts the write.
class UploadStream {
 public:
  /// Borrows provider and threads for its lifetime.
  /// \param hashing computes the digest of a long file in parallel with the transfer.
  /// \param from the point to resume at; a default one is the beginning.
  /// \throws StorageError `NotFound` if the storage no longer has what was written; `Internal` for
  ///   a corrupt checkpoint.
  UploadStream(IStorageProvider& provider, BackgroundWorkers& hashing,
               const UploadTypeCheck& typeCheck, WritePlan plan,
               const records::UploadCheckpoint& from, const storage::PerCallDeadline& context);

  /// \throws RefusedType once the first bytes show a type that is not accepted; for a short file,
  ///   the calls below that open the stream may throw it. StorageError of the provider.
  void write(std::span<const std::byte> bytes);

  /// Opens the provider's stream with the bytes so far, if it is not open yet.
  void open();

  void flush();

  records::UploadCheckpoint suspend();

  /// Changes the path or the conditions. \pre It is open.
  void retarget(WriteTarget target);

  /// Makes the file visible. \pre It is open.
  Entry commit() { return stream_->commit(); }

  const WriteTarget& target() const noexcept { return target_; }

  /// Bytes passed to the provider's stream.
  std::uint64_t size() const noexcept { return size_; }

  /// SHA-256 of these bytes in lower-case hex.
  std::string sha256() const { return digest_.hex(); }

  /// The type of the content; nullopt if it did not matter, or the upload was resumed after the
  /// first bytes.
  const std::optional<SniffedType>& type() const noexcept { return type_; }

 private:
  void pass(std::span<const std::byte> bytes);
  void passAndHash(std::span<const std::byte> bytes);

  IStorageProvider& provider_;
  BackgroundWorkers& hashing_;
  const UploadTypeCheck typeCheck_;
  WriteTarget target_;
  const WriteOptions options_;
  /// Receiving the bytes may take longer than a call may.
  const storage::PerCallDeadline context_;
  /// The first bytes, until there are enough to determine the type.
  std::vector<std::byte> beginning_;
  std::optional<SniffedType> type_;
  /// Null until the type has been checked.
  std::unique_ptr<IWriteStream> stream_;
  base::Sha256 digest_;
  std::uint64_t size_ = 0;
};

}  // namespace mediadock::media
