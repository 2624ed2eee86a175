#pragma once

/// \file
/// The bytes of one upload on their way into the provider's write stream.

#include "media/types/upload_type_check.h"
#include "media/uploads/resumable_sha256.h"
#include "mediadock/storage_provider.h"
#include "records/unfinished_uploads.h"
#include "storage/calls/renewed_context.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock {

class SideThreads;

/// How a write is opened or resumed.
struct WritePlan {
  WriteTarget target;
  WriteOptions options;
};

/// Holds back the first bytes until they have shown what the file is: before that the storage gets
/// no byte and is not told of the file. Then passes all on, and computes their digest. Belongs to
/// one thread; destroying it before `commit` aborts the write.
class UploadStream {
 public:
  /// Borrows provider and threads for its lifetime.
  /// \param hashing computes the digest of a long file beside the thread that moves it.
  /// \param from the point to resume at; a default one is the beginning.
  /// \throws StorageError `NotFound` if the storage no longer has what was written; `Internal` for
  ///   a checkpoint that is damaged.
  UploadStream(IStorageProvider& provider, SideThreads& hashing, const UploadTypeCheck& typeCheck,
               WritePlan plan, const UploadCheckpoint& from, const RenewedContext& context);

  /// \throws RefusedType once the first bytes show a type that is not taken; so do the calls below
  ///   that open the stream for a short file. StorageError of the provider.
  void write(std::span<const std::byte> bytes);

  /// Opens the provider's stream with what there is, if it is not open yet.
  void open();

  void flush();

  UploadCheckpoint suspend();

  /// Aims at another path or under other conditions. \pre It is open.
  void retarget(WriteTarget target);

  /// Makes the file visible. \pre It is open.
  Entry commit() { return stream_->commit(); }

  const WriteTarget& target() const noexcept { return target_; }

  /// How many bytes the provider's stream has.
  std::uint64_t size() const noexcept { return size_; }

  /// SHA-256 of these bytes in lower-case hex.
  std::string sha256() const { return digest_.hex(); }

  /// What the bytes are; nullopt if that did not matter, or the upload was resumed behind them.
  const std::optional<SniffedType>& type() const noexcept { return type_; }

 private:
  void pass(std::span<const std::byte> bytes);
  void passAndHash(std::span<const std::byte> bytes);

  IStorageProvider& provider_;
  SideThreads& hashing_;
  const UploadTypeCheck typeCheck_;
  WriteTarget target_;
  const WriteOptions options_;
  /// The file's bytes may take longer than a call may.
  const RenewedContext context_;
  /// The first bytes, until there are enough to judge the file by.
  std::vector<std::byte> beginning_;
  std::optional<SniffedType> type_;
  /// Null before the file's type was judged.
  std::unique_ptr<IWriteStream> stream_;
  ResumableSha256 digest_;
  std::uint64_t size_ = 0;
};

}  // namespace mediadock
