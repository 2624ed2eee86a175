#include "storage/calls/read_options.h"

#include "mediadock/storage_error.h"

namespace mediadock::storage {
void requireConditions(const Entry& entry, const ReadOptions& options) {
  if (options.ifMatch && !(entry.etag && entry.etag->matchesStrongly(*options.ifMatch))) {
    throw StorageError(StorageErrc::PreconditionFailed, "the file has another version");
  }
  if (options.ifNoneMatch && entry.etag && entry.etag->matchesWeakly(*options.ifNoneMatch)) {
    throw StorageError(StorageErrc::NotModified, "the version is the one you have");
  }
}

}  // namespace mediadock::storage
