#pragma once

/// \file
/// The folder that holds the blobs.

#include "base/unique_descriptor.h"
#include "cache/blob_index.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::cache {

/// A blob's file as listed in the folder.
struct BlobListing {
  std::string name;
  std::uint64_t length = 0;
  /// When it was last read, as precisely as the file system records that, or written.
  std::chrono::nanoseconds usedAt{0};
};

/// An open file of the folder, and its state when it was opened.
struct OpenedBlob {
  base::UniqueDescriptor file;
  FileStamp stamp;
  std::uint64_t length = 0;
};

/// Returns nullopt if fstat fails.
std::optional<FileStamp> stampOf(int descriptor) noexcept;

/// An open folder that has one owner per machine at a time and is accessible to nobody else. Files
/// are accessed relative to it, even if it is moved. All calls may run concurrently.
class BlobFolder {
 public:
  /// Creates the folder and its parents if needed.
  /// \throws std::runtime_error with a message, if another owner has it or it cannot be used.
  explicit BlobFolder(const std::filesystem::path& path);

  /// Whether the folder was removed.
  bool isGone() const noexcept;

  /// All blobs, least recently used first. Removes what a previous owner left unfinished.
  std::vector<BlobListing> list() const;

  /// Returns nullopt if there is no such file, it is a link, or it belongs to another user.
  std::optional<OpenedBlob> open(const std::string& name) const noexcept;

  /// Creates a file for reading and writing; `name` must not be that of a blob. Returns a closed
  /// descriptor on failure.
  base::UniqueDescriptor create(const std::string& name) const noexcept;

  /// Replaces an existing file of the new name.
  bool rename(const std::string& from, const std::string& to) const noexcept;

  void remove(const std::string& name) const noexcept;

 private:
  base::UniqueDescriptor directory_;
  unsigned owner_;
};

/// The name of an unfinished file.
std::string unfinishedName(std::uint64_t number);

}  // namespace mediadock::cache
