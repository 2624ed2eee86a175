#pragma once

/// \file
/// The keys for repeating an upload (`Idempotency-Key`).

#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::records {

/// Keys are scoped by caller: two callers may use the same one.
struct UploadKey {
  std::string caller;
  std::string key;
};

/// Exclusive hold on an upload until a given time. A takeover replaces it.
struct UploadLease {
  /// Identifies the upload's records.
  std::string uploadId;
  Timestamp until{};

  friend bool operator==(const UploadLease&, const UploadLease&) = default;
};

/// The state of a key that is already taken.
struct KeyedUpload {
  UploadLease lease;
  /// Identifies what was sent; empty until all of it has arrived.
  std::string fingerprint;
  /// The records of what has arrived, in the order of the files.
  std::vector<std::string> recordIds;

  bool hasArrived() const noexcept { return !fingerprint.empty(); }
};

/// All calls may run concurrently, also from several hosts, and each is one transaction. Fails as
/// `IRecordStore` does. A key is forgotten `kMemory` after its lease ends or its upload has
/// arrived.
class IUploadKeys {
 public:
  static constexpr std::chrono::hours kMemory{24};

  virtual ~IUploadKeys() = default;

  /// Gives the key to `lease` and returns nullopt. If it is already taken, changes nothing and
  /// returns its state.
  virtual std::optional<KeyedUpload> take(const UploadKey& key, const UploadLease& lease,
                                          Timestamp now) = 0;

  /// Replaces one lease by another, to extend it or to take it over. Returns false if `former` is
  /// not the key's current lease, or everything has arrived.
  virtual bool exchange(const UploadKey& key, const UploadLease& former,
                        const UploadLease& lease) = 0;

  /// Marks the upload as arrived. Like `release`, a no-op if `lease` is not the key's current
  /// lease.
  virtual void finish(const UploadKey& key, const UploadLease& lease,
                      const std::string& fingerprint, const std::vector<std::string>& recordIds,
                      Timestamp now) = 0;

  /// Nothing has arrived: removes the key.
  virtual void release(const UploadKey& key, const UploadLease& lease) = 0;

  /// Ends all leases, for a starting host: their holders are gone. A holder that still runs, on
  /// another host, can no longer extend its lease.
  virtual void endLeases() = 0;
};

}  // namespace mediadock::records
