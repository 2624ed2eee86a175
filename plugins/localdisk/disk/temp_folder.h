#pragma once

/// \file
/// The hidden folder for files being written.

#include "calls/call.h"
#include "disk/unique_descriptor.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::localdisk {

/// Directly under the root, so that it is on the same file system.
inline constexpr std::string_view kTempFolderName = ".mediadock-tmp";

/// Suffix of the names of suspended files.
inline constexpr std::string_view kSuspendedEnding = ".kept";

/// How long a suspended file is preserved. Longer than the week guaranteed for a suspended write.
inline constexpr std::chrono::hours kKeptFor{24 * 8};

/// Creates temporary files and deletes those left by a crash.
///
/// Each file has an exclusive flock(2) as long as its writer lives, by which a sweep recognises
/// live files, also those of another process or provider. Since a file cannot be created and locked
/// atomically, creators hold a shared lock on the folder meanwhile, and a sweep an exclusive one. A
/// suspended file outlives its writer: only its next writer uses it, until it has not been changed
/// for `kKeptFor`. Immutable, hence thread-safe.
class TempFolder {
 public:
  struct File {
    UniqueDescriptor descriptor;
    std::string name;
  };

  /// Opens or creates the folder below `root`, and sweeps it.
  TempFolder(int root, const Call& call);

  int descriptor() const noexcept { return descriptor_.get(); }

  /// Creates an empty locked file, open for reading and writing.
  File create(const Call& call) const;

  /// Durably turns a file into a suspended one, and returns its new name. No-op if it is one
  /// already.
  std::string keep(const std::string& name, const Call& call) const;

  /// Opens and locks a suspended file; nullopt if it no longer exists.
  /// \throws StorageError `Locked` if it has a live writer.
  std::optional<File> reopen(const std::string& name, const Call& call) const;

  void remove(const std::string& name) const noexcept;

 private:
  UniqueDescriptor lockFolder(int operation, const Call& call) const;
  void sweep(const Call& call) const;

  UniqueDescriptor descriptor_;
};

}  // namespace mediadock::localdisk
