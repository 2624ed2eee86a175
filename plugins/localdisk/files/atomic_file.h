#pragma once

/// \file
/// A file that appears whole or not at all.

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

namespace mediadock {

/// What becomes of a file that has the target's name already.
enum class Existing { Keep, Replace };

/// An unfinished file in the hidden folder, to be renamed to where it belongs. Removed with the
/// object unless it was published; a kept one is cut to what was kept. One thread at a time.
class AtomicFile {
 public:
  AtomicFile(std::shared_ptr<const RootDirectory> root, const Call& call);
  /// Goes on with a kept file from `offset`; what stands behind is cut off.
  AtomicFile(std::shared_ptr<const RootDirectory> root, TempFolder::File kept, std::uint64_t offset,
             const Call& call);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  int descriptor() const noexcept { return file_.descriptor.get(); }

  /// Refuses early what the disk has no room for. Takes nothing: an announcement is no byte.
  /// \throws StorageError `InsufficientStorage`.
  void requireRoom(std::uint64_t bytes, const Call& call) const;

  void append(std::span<const std::byte> bytes, const Call& call);

  /// Sets the modification time; absent: now.
  /// \throws StorageError `InvalidArgument` for a time that the disk cannot keep.
  void setModifiedAt(const std::optional<Timestamp>& time, const Call& call);

  /// Returns when the content is on the disk.
  void sync(const Call& call);

  /// From now on the first `bytes` of the file outlive the object, under the name that is returned.
  const std::string& keep(std::uint64_t bytes, const Call& call);

  /// Renames the file to `name` in an open directory. Returns false, with `errno` set, where that
  /// does not work; the file can then be published elsewhere.
  bool publish(int directory, const std::string& name, Existing existing, const Call& call);

  void discard() noexcept;

 private:
  std::shared_ptr<const RootDirectory> root_;
  TempFolder::File file_;
  /// How much of the file stays without a further `keep`; absent: nothing.
  std::optional<std::uint64_t> keptBytes_;
};

/// Renames between open directories. A directory may only be moved with `Existing::Keep`, for
/// rename(2) would replace an empty one. Returns false with `errno` set where it does not work.
bool renameEntry(int fromDirectory, const std::string& from, int toDirectory, const std::string& to,
                 Existing existing, const Call& call);

/// Returns when the names in an open directory are on the disk. Comes after a change, so that a
/// failure leaves the outcome unknown.
void syncDirectory(int directory, const Call& call);

}  // namespace mediadock
