#pragma once

/// \file
/// Settles what an interrupted operation left, by looking at the storage.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock {

struct ReconcileOptions {
  /// Only tell what would be done.
  bool isDryRun = false;
  /// Look only at operations on this path or below it.
  StoragePath within;
  /// Look only at operations of this kind.
  std::optional<UnfinishedOperation::Kind> kind;
};

/// One operation that had neither finished nor been cancelled.
struct Reconciled {
  UnfinishedOperation operation;
  /// Whether the storage had done it, so that the records followed; otherwise it was taken back.
  bool isFinished = false;
  /// A sentence for people: what was found and what it means.
  std::string description;
};

/// Looks at what the storage shows of one operation, without a change. For an upload that has
/// happened, the verdict's record says what the storage knows of it.
/// \throws StorageError of the provider or the record store.
Reconciled findOutcome(IStorageProvider& provider, IRecordStore& records,
                       UnfinishedOperation operation, const CallContext& context);

/// Asks the storage about each unfinished operation first, then settles all of them, so that
/// nothing is changed where the storage cannot be asked. Never touches a file. Meant for when no
/// operation is in flight in this process.
///
/// An upload has happened where its file stands with the announced size, unless a ready record
/// with the file's etag says that it is still the former file.
/// \throws StorageError of the provider or the record store.
std::vector<Reconciled> reconcile(IStorageProvider& provider, IRecordStore& records,
                                  const ReconcileOptions& options, const CallContext& context);

}  // namespace mediadock
