#pragma once

/// \file
/// The folder that blobs are kept in.

#include "base/unique_descriptor.h"
#include "cache/blob_index.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// The file of a blob as a listing has it.
struct BlobListing {
  std::string name;
  std::uint64_t length = 0;
  /// When it was last read, as exactly as the file system keeps that, or written.
  std::chrono::nanoseconds usedAt{0};
};

/// A file of the folder, and how it was when it was opened.
struct OpenedBlob {
  UniqueDescriptor file;
  FileStamp stamp;
  std::uint64_t length = 0;
};

/// Nothing where the file cannot be asked.
std::optional<FileStamp> stampOf(int descriptor) noexcept;

/// An open folder that belongs to one owner on this machine at a time, readable to nobody else.
/// Files are named within it, wherever it is moved to. All calls may run concurrently.
class BlobFolder {
 public:
  /// Makes the folder and its parents where they are missing.
  /// \throws std::runtime_error in words: where another owner has it, or it cannot be used.
  explicit BlobFolder(const std::filesystem::path& path);

  /// Whether the folder was removed.
  bool isGone() const noexcept;

  /// All blobs, least recently used first. Removes what an owner before left unfinished.
  std::vector<BlobListing> list() const;

  /// Nothing where there is no such file, or it is a link or someone else's.
  std::optional<OpenedBlob> open(const std::string& name) const noexcept;

  /// A new file for reading and writing, whose name is no blob's. Not open where it cannot be made.
  UniqueDescriptor create(const std::string& name) const noexcept;

  /// Puts the file in place of what has the other name.
  bool rename(const std::string& from, const std::string& to) const noexcept;

  void remove(const std::string& name) const noexcept;

 private:
  UniqueDescriptor directory_;
  unsigned owner_;
};

/// The name of an unfinished file.
std::string unfinishedName(std::uint64_t number);

}  // namespace mediadock
