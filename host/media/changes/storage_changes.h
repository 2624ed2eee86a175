#pragma once

/// \file
/// Removes and moves files in the storage and updates their records.

#include "media/changes/open_outcomes.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_provider.h"

#include <optional>

namespace mediadock::records {
class IRecordStore;
}  // namespace mediadock::records

namespace mediadock::media {

class FileTypes;
class FirstCheck;

struct MoveResult {
  /// The file or folder at its new path.
  Entry entry;
  /// Its etag before the move, if known.
  std::optional<ETag> etagBefore;
};

/// Each change is announced in the records, made in the storage, and then finished in the records,
/// so that a crash in between can be resolved by what the storage shows. All calls may run
/// concurrently, and throw the StorageErrors of provider and record store.
class StorageChanges {
 public:
  /// Borrows all for its lifetime.
  StorageChanges(IStorageProvider& provider, records::IRecordStore& records, FirstCheck& firstCheck,
                 FileTypes& types, OpenOutcomes& outcomes)
      : provider_(provider),
        records_(records),
        firstCheck_(firstCheck),
        types_(types),
        outcomes_(outcomes) {}

  /// Removes a file and its record, or a folder (a non-empty one only if `recursive`) and the
  /// records below it. Also removes a record whose file is missing. `NotFound` if neither exists.
  /// Returns the etag of the removed file, if known without asking the storage.
  std::optional<ETag> remove(const StoragePath& path, const RemoveOptions& options,
                             const CallContext& context);

  /// Moves a file or folder with its records, and creates missing parents of `to`; never replaces.
  /// \throws RefusedType if the new name gives a file another type, and that type is not accepted.
  MoveResult move(const StoragePath& from, const StoragePath& to, const CallContext& context);

 private:
  void endFailedRemoval(OpenOutcomes::InFlight& removal, const StoragePath& path,
                        const RemoveOptions& options, const StorageError& error,
                        const CallContext& context);
  void checkRenamed(const Entry& file, const StoragePath& to, const CallContext& context);
  Entry relocate(const StoragePath& from, const StoragePath& to, const CallContext& context);
  void renewEtags(const StoragePath& to, const Entry& former, const Entry& moved,
                  const CallContext& context);
  /// After a move by copying: the copies have new etags.
  void renewEtagsBelow(const StoragePath& folder, const CallContext& context);

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  FirstCheck& firstCheck_;
  FileTypes& types_;
  OpenOutcomes& outcomes_;
};

}  // namespace mediadock::media
