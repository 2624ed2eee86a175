#pragma once

/// \file
/// The folders of chunked uploads (version 2) of one user.

#include "support/scripted_nextcloud/dav_node.h"
#include "support/scripted_nextcloud/request.h"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace mediadock::scripted {

/// One chunk that has arrived whole.
struct Chunk {
  std::uint64_t size = 0;
  std::time_t modified = 0;
  std::string etag;
  std::filesystem::path blob;
};

/// Orders chunk names as people count: 2 before 10.
struct NaturalOrder {
  bool operator()(const std::string& left, const std::string& right) const;
};

/// An upload that has been started and neither finished nor given up.
struct UploadFolder {
  std::time_t modified = 0;
  /// Of the virtual file that is the sum of the chunks.
  std::string etag;
  std::map<std::string, Chunk, NaturalOrder> chunks;

  std::uint64_t totalSize() const;
};

/// Thread-safe. Errors are thrown as the server words them (`DavError`).
class UploadFolders final {
 public:
  UploadFolders(std::filesystem::path folder, NodeNumbers& numbers);

  void make(const std::string& id);
  void remove(const std::string& id);

  /// A copy of what is known about the upload. Throws a 404 without it.
  UploadFolder get(const std::string& id) const;

  std::map<std::string, UploadFolder> all() const;

  /// Stores a chunk, unless it is cut off: an older one of that name then stays. Returns whether
  /// the name is new.
  bool putChunk(const std::string& id, const std::string& name, RequestBody& body);

  /// Throws a 404 without it.
  void removeChunk(const std::string& id, const std::string& name);

  /// Moves the times of all uploads into the past.
  void makeOlder(std::chrono::seconds age);

  /// Appends all chunks, in order, to the open file `target`.
  void assemble(const std::string& id, int target) const;

 private:
  const std::filesystem::path folder_;
  NodeNumbers& numbers_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<std::string, UploadFolder> uploads_;
  std::uint64_t blobs_ = 0;
};

}  // namespace mediadock::scripted
