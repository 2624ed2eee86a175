#pragma once

/// \file
/// The hidden folder for files that are being written.

#include "calls/call.h"
#include "disk/unique_descriptor.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Directly under the root, so that it is on the same file system.
inline constexpr std::string_view kTempFolderName = ".mediadock-tmp";

/// How the name of a kept file ends.
inline constexpr std::string_view kKeptEnding = ".kept";

/// How long a kept file is left alone. More than the week that a suspended write is promised.
inline constexpr std::chrono::hours kKeptFor{24 * 8};

/// Makes temporary files and removes those that a crash left.
///
/// Each file carries an exclusive flock(2) as long as its writer lives, which is how a sweep tells
/// the living from the dead, also those of another process or provider. For a file cannot be made
/// and locked in one step, makers hold the folder's lock shared meanwhile, and a sweep holds it
/// alone. A kept file outlives its writer: nobody but its next writer asks for it, until it was not
/// changed for `kKeptFor`. Immutable; safe to share between threads.
class TempFolder {
 public:
  struct File {
    UniqueDescriptor descriptor;
    std::string name;
  };

  /// Opens or makes the folder below `root`, and sweeps it.
  TempFolder(int root, const Call& call);

  int descriptor() const noexcept { return descriptor_.get(); }

  /// Makes an empty locked file, open for reading and writing.
  File create(const Call& call) const;

  /// Makes a file a kept one, durably, and returns its new name. One that is kept already stays.
  std::string keep(const std::string& name, const Call& call) const;

  /// Opens and locks a kept file; nothing where it is gone.
  /// \throws StorageError `Locked` where its writer lives.
  std::optional<File> reopen(const std::string& name, const Call& call) const;

  void remove(const std::string& name) const noexcept;

 private:
  UniqueDescriptor lockFolder(int operation, const Call& call) const;
  void sweep(const Call& call) const;

  UniqueDescriptor descriptor_;
};

}  // namespace mediadock
