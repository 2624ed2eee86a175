#pragma once

/// \file
/// Settles interrupted operations according to what the storage shows.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock::media {

struct ReconcileOptions {
  /// Only report what would be done.
  bool isDryRun = false;
  /// Only operations at or below this path.
  StoragePath within;
  /// Only operations of this kind.
  std::optional<records::UnfinishedOperation::Kind> kind;
};

/// An operation that had neither finished nor been cancelled.
struct Reconciled {
  records::UnfinishedOperation operation;
  /// Whether the storage had carried it out, so that the records followed; otherwise it was
  /// cancelled.
  bool isFinished = false;
  /// One sentence for people: what was found and what it means.
  std::string description;
};

/// Determines the outcome of one operation from the storage, without changing anything. For an
/// upload that has happened, the result's record holds what the storage knows of it.
/// \throws StorageError of the provider or the record store.
Reconciled findOutcome(IStorageProvider& provider, records::IRecordStore& records,
                       records::UnfinishedOperation operation, const CallContext& context);

/// First determines the outcome of each unfinished operation, then resolves all of them, so that
/// nothing is changed if the storage cannot be reached. Never touches a file. Meant for when no
/// operation is in flight in this process.
///
/// An upload has happened if its file exists with the announced size, unless a ready record with
/// the file's etag shows that it is still the former file.
/// \throws StorageError of the provider or the record store.
std::vector<Reconciled> reconcile(IStorageProvider& provider, records::IRecordStore& records,
                                  const ReconcileOptions& options, const CallContext& context);

}  // namespace mediadock::media
