#pragma once

/// \file
/// Uploads that come in pieces, kept so that any host of the database can go on with them.

#include "mediadock/entry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// How far an upload has come, and all that is needed to go on from there.
struct UploadCheckpoint {
  /// Bytes of the file that count.
  std::uint64_t size = 0;
  /// The first bytes in hex, while they are too few to judge the file by. The storage has none yet.
  std::string beginning;
  /// What the storage goes on by; empty where it has nothing of the file.
  std::string token;
  /// State of the SHA-256 over these bytes; see `ResumableSha256`.
  std::string digest;

  friend bool operator==(const UploadCheckpoint&, const UploadCheckpoint&) = default;
};

struct UnfinishedUpload {
  /// Whoever knows it may go on: it cannot be guessed.
  std::string id;
  /// Who began it; empty where nobody is known.
  std::string caller;
  /// Whose limits it counts against: the caller, or the client's address.
  std::string owner;
  /// What the client said of the file, in its own form.
  std::string metadata;
  /// Bytes of the whole file.
  std::uint64_t size = 0;
  UploadCheckpoint progress;
  /// The id that the file's record gets; drawn before the file becomes visible. Empty until then.
  std::string recordId;
  /// The record exists. Kept so that a client that missed the answer learns of it.
  bool isFinished = false;
  Timestamp expiresAt;
  /// Counts the saves.
  std::int64_t revision = 0;

  friend bool operator==(const UnfinishedUpload&, const UnfinishedUpload&) = default;
};

/// All calls may run concurrently, also those of several hosts, and each is one transaction. Fails
/// as `IRecordStore` does.
class IUnfinishedUploads {
 public:
  virtual ~IUnfinishedUploads() = default;

  /// Returns false, and inserts nothing, where the owner has `most` that are not finished.
  /// `AlreadyExists` where the id is taken.
  virtual bool insert(const UnfinishedUpload& upload, std::size_t most) = 0;

  /// Bytes that count of all uploads of an owner that are not finished.
  virtual std::uint64_t bytesOf(const std::string& owner) = 0;

  virtual std::optional<UnfinishedUpload> find(const std::string& id) = 0;

  /// Keeps `upload` as it is now and counts its revision up. `Conflict` where it was saved by
  /// somebody else since it was read, or is gone: whoever else writes it has gone on.
  virtual void save(UnfinishedUpload& upload) = 0;

  /// Nothing happens where there is none.
  virtual void erase(const std::string& id) = 0;

  /// At most `limit` of those that expired before `time`, the oldest first.
  virtual std::vector<UnfinishedUpload> expiredBefore(Timestamp time, std::size_t limit) = 0;
};

}  // namespace mediadock
