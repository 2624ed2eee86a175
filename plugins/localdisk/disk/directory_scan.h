#pragma once

/// \file
/// Iterates over the names in a directory, in the disk's order.

#include "calls/call.h"
#include "disk/file_status.h"
#include "disk/unique_descriptor.h"

#include <dirent.h>
#include <memory>
#include <optional>
#include <string>

namespace mediadock::localdisk {

class DirectoryScan {
 public:
  struct Found {
    std::string name;
    FileKind kind = FileKind::Other;
  };

  /// Takes ownership of a directory that is open for reading. `call` must outlive the scan.
  DirectoryScan(UniqueDescriptor directory, const Call& call);

  /// The next name except `.` and `..`; nullopt at the end. Checks the call's limits regularly.
  /// \throws StorageError `Truncated` if the disk fails to return the rest.
  std::optional<Found> next();

  int descriptor() const noexcept { return ::dirfd(stream_.get()); }

 private:
  struct Closer {
    void operator()(DIR* stream) const noexcept { ::closedir(stream); }
  };

  FileKind kindOf(const dirent& found) const;

  const Call& call_;
  std::unique_ptr<DIR, Closer> stream_;
  std::size_t count_ = 0;
};

}  // namespace mediadock::localdisk
