#pragma once

/// \file
/// The keys under which clients may send an upload again (`Idempotency-Key`).

#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// A key is its caller's own: two may use the same one.
struct UploadKey {
  std::string caller;
  std::string key;
};

/// Who works on an upload, and until when nobody else may. Whoever takes over changes it.
struct UploadLease {
  /// What the upload's records are found by.
  std::string uploadId;
  Timestamp until{};

  friend bool operator==(const UploadLease&, const UploadLease&) = default;
};

/// What is known of a key that was taken before.
struct KeyedUpload {
  UploadLease lease;
  /// Tells what was sent; empty unless all of it has arrived.
  std::string fingerprint;
  /// Of what has arrived, in the order of the files.
  std::vector<std::string> recordIds;

  bool hasArrived() const noexcept { return !fingerprint.empty(); }
};

/// All calls may run concurrently, also those of several hosts, and each is one transaction. Fails
/// as `IRecordStore` does. A key that nobody touches is forgotten after `kMemory`.
class IUploadKeys {
 public:
  static constexpr std::chrono::hours kMemory{24};

  virtual ~IUploadKeys() = default;

  /// Gives the key to `lease`. Where it was taken before, changes nothing and tells what is known.
  virtual std::optional<KeyedUpload> take(const UploadKey& key, const UploadLease& lease,
                                          Timestamp now) = 0;

  /// Puts one lease in the place of another, to make it longer or to take it over. False where the
  /// key has not that lease, or all has arrived.
  virtual bool exchange(const UploadKey& key, const UploadLease& former,
                        const UploadLease& lease) = 0;

  /// All has arrived. As the next call, does nothing where the key has not that lease.
  virtual void finish(const UploadKey& key, const UploadLease& lease,
                      const std::string& fingerprint, const std::vector<std::string>& recordIds,
                      Timestamp now) = 0;

  /// Nothing has arrived: forgets the key.
  virtual void release(const UploadKey& key, const UploadLease& lease) = 0;

  /// Ends all leases, for a host that starts: those who had them are gone. One that is not, on
  /// another host, can no longer make its lease longer.
  virtual void endLeases() = 0;
};

}  // namespace mediadock
