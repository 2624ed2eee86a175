#pragma once

/// \file
/// Reads the names in a directory, one after the other, in the disk's order.

#include "calls/call.h"
#include "disk/file_status.h"
#include "disk/unique_descriptor.h"

#include <dirent.h>
#include <memory>
#include <optional>
#include <string>

namespace mediadock {

class DirectoryScan {
 public:
  struct Found {
    std::string name;
    FileKind kind = FileKind::Other;
  };

  /// Takes over a directory that is open for reading. `call` must outlive the scan.
  DirectoryScan(UniqueDescriptor directory, const Call& call);

  /// The next name but `.` and `..`; nothing at the end. Asks the call's limits now and then.
  /// \throws StorageError `Truncated` where the disk breaks off.
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

}  // namespace mediadock
