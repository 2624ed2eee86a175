#pragma once

/// \file
/// One file or folder of a user, as the server knows it.

#include <atomic>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace mediadock::scripted {

/// A file or folder; times are seconds since the epoch. The bytes of a file are in `blob`.
struct DavNode {
  std::uint64_t fileId = 0;
  bool isFolder = false;
  std::uint64_t size = 0;
  std::time_t modified = 0;
  std::time_t created = 0;
  std::time_t uploaded = 0;
  /// Without quotes.
  std::string etag;
  /// What a client once sent as OC-Checksum.
  std::string checksum;
  std::filesystem::path blob;
  std::map<std::string, std::unique_ptr<DavNode>> children;
};

/// Whether there is a folder; `node` may be null.
inline bool isFolder(const DavNode* node) {
  return node != nullptr && node->isFolder;
}

/// Numbers and entity tags that are new on one server. Thread-safe.
class NodeNumbers final {
 public:
  std::uint64_t nextFileId() { return next_.fetch_add(1); }

  /// 13 hex digits from the clock, never the same twice.
  std::string nextFolderEtag();

 private:
  std::atomic<std::uint64_t> next_{70};
  std::atomic<std::uint64_t> lastEtag_{0};
};

/// The entity tag of a file's present state. The same second and the same length give the same tag
/// whatever the bytes are: that is how Nextcloud on a local disk behaves.
std::string computeEtag(const DavNode& file);

/// Bytes in the file, or in all files below the folder.
std::uint64_t totalSize(const DavNode& node);

/// Removes the bytes of the file, or of all files below the folder.
void removeBlobs(const DavNode& node);

}  // namespace mediadock::scripted
