#pragma once

/// \file
/// A file that becomes visible complete or not at all.

#include "calls/call.h"
#include "disk/file_status.h"
#include "disk/root_directory.h"
#include "mediadock/entry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace mediadock::localdisk {

/// What to do with an existing file of the target's name.
enum class Existing { Keep, Replace };

/// An unfinished file in the hidden folder, to be renamed to its target. Removed on destruction
/// unless it was published; a suspended one is truncated to the suspended length instead. Not
/// thread-safe.
class AtomicFile {
 public:
  AtomicFile(std::shared_ptr<const RootDirectory> root, const Call& call);
  /// Resumes a suspended file at `offset`; anything after it is truncated.
  AtomicFile(std::shared_ptr<const RootDirectory> root, TempFolder::File suspended,
             std::uint64_t offset, const Call& call);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  int descriptor() const noexcept { return file_.descriptor.get(); }

  /// Fails early if the disk has too little space. Reserves nothing.
  /// \throws StorageError `InsufficientStorage`.
  void requireRoom(std::uint64_t bytes, const Call& call) const;

  void append(std::span<const std::byte> bytes, const Call& call);

  /// Sets the modification time; if absent, the current time.
  /// \throws StorageError `InvalidArgument` for a time that the disk cannot store.
  void setModifiedAt(const std::optional<Timestamp>& time, const Call& call);

  /// Returns once the content is on disk.
  void sync(const Call& call);

  /// Makes the first `bytes` of the file outlive the object, under the returned name.
  const std::string& keep(std::uint64_t bytes, const Call& call);

  /// Renames the file to `name` in an open directory. Returns false, with `errno` set, on failure;
  /// the file can then be published elsewhere.
  bool publish(int directory, const std::string& name, Existing existing, const Call& call);

  void discard() noexcept;

 private:
  std::shared_ptr<const RootDirectory> root_;
  TempFolder::File file_;
  /// Length to keep on destruction; absent: the file is removed.
  std::optional<std::uint64_t> keptBytes_;
};

/// Renames between open directories. A directory may only be moved with `Existing::Keep`, since
/// rename(2) would replace an empty one. Returns false, with `errno` set, on failure.
bool renameEntry(int fromDirectory, const std::string& from, int toDirectory, const std::string& to,
                 Existing existing, const Call& call);

/// Returns once the names in an open directory are on disk. Called after a change, so a failure
/// leaves the outcome unknown.
void syncDirectory(int directory, const Call& call);

}  // namespace mediadock::localdisk
