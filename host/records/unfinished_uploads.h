#pragma once

/// \file
/// Uploads that arrive in pieces, stored so that any host of the database can continue them.

#include "mediadock/entry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::records {

/// The progress of an upload, and everything needed to resume it.
struct UploadCheckpoint {
  /// Bytes of the file that are safely stored.
  std::uint64_t size = 0;
  /// The first bytes in hex, while there are too few to determine the file's type. The storage has
  /// none of them yet.
  std::string beginning;
  /// The storage's resume token; empty if it has nothing of the file.
  std::string token;
  /// State of the SHA-256 over these bytes; see `Sha256`.
  std::string digest;

  friend bool operator==(const UploadCheckpoint&, const UploadCheckpoint&) = default;
};

struct UnfinishedUpload {
  /// Bearer: anyone who knows it may continue the upload. It cannot be guessed.
  std::string id;
  /// Who started it; empty if unknown.
  std::string caller;
  /// The owner whose limits it counts against: the caller, or the client's address.
  std::string owner;
  /// The client's metadata for the file, in its own format.
  std::string metadata;
  /// Bytes of the whole file.
  std::uint64_t size = 0;
  UploadCheckpoint progress;
  /// The id of the file's record; generated before the file becomes visible. Empty until then.
  std::string recordId;
  /// The record exists. Kept so that a client that missed the response can learn of it.
  bool isFinished = false;
  Timestamp expiresAt;
  /// Number of saves.
  std::int64_t revision = 0;

  friend bool operator==(const UnfinishedUpload&, const UnfinishedUpload&) = default;
};

/// All calls may run concurrently, also from several hosts, and each is one transaction. Fails as
/// `IRecordStore` does.
class IUnfinishedUploads {
 public:
  virtual ~IUnfinishedUploads() = default;

  /// Returns false, and inserts nothing, if the owner has `most` unfinished ones. `AlreadyExists`
  /// if the id is taken.
  virtual bool insert(const UnfinishedUpload& upload, std::size_t most) = 0;

  /// Total stored bytes of an owner's unfinished uploads.
  virtual std::uint64_t bytesOf(const std::string& owner) = 0;

  virtual std::optional<UnfinishedUpload> find(const std::string& id) = 0;

  /// Stores the current state of `upload` and increments its revision. `Conflict` if it was saved
  /// by another writer since it was read, or was erased: that writer has taken over.
  virtual void save(UnfinishedUpload& upload) = 0;

  /// No-op if there is none.
  virtual void erase(const std::string& id) = 0;

  /// At most `limit` uploads that expired before `time`, oldest first.
  virtual std::vector<UnfinishedUpload> expiredBefore(Timestamp time, std::size_t limit) = 0;
};

}  // namespace mediadock::records
