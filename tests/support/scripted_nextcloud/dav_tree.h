#pragma once

/// \file
/// The files of one user: bytes on disk, all that is known about them in memory.

#include "support/scripted_nextcloud/dav_node.h"
#include "support/scripted_nextcloud/file_descriptor.h"
#include "support/scripted_nextcloud/lock_table.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::scripted {

/// What a listing says about a file or folder.
struct NodeInfo {
  std::string path;
  std::uint64_t fileId = 0;
  bool isFolder = false;
  /// Of a folder: of all files below it.
  std::uint64_t size = 0;
  std::time_t modified = 0;
  std::time_t created = 0;
  std::time_t uploaded = 0;
  std::string etag;
  std::string checksum;
  /// Whether it lies in a share that permits nothing but updates.
  bool isUpdateOnly = false;
  /// Of a folder: what is right in it.
  std::uint64_t folders = 0;
  std::uint64_t files = 0;
};

/// What a finished upload leaves besides its bytes.
struct WriteFacts {
  /// Nothing: now.
  std::optional<std::time_t> modified;
  std::optional<std::time_t> created;
  std::string checksum;
};

enum class Overwrite { Allowed, Refused };

/// Thread-safe. Errors are thrown as the server words them (`DavError`); paths are tree paths.
class DavTree final {
 public:
  /// A file opened for a download; locked against writers while it lives.
  struct Reading {
    NodeInfo info;
    std::shared_ptr<const FileDescriptor> file;
    LockTable::Lock lock;
  };

  /// An upload that is under way. A new file becomes visible with `commit`; an existing one is
  /// written in place, and what came is all that is left of it if the upload breaks off.
  class Writing final {
   public:
    Writing(DavTree& tree, std::string path, bool isNew, std::filesystem::path blob,
            LockTable::Lock lock);
    ~Writing();

    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    bool isNew() const noexcept { return isNew_; }

    int descriptor() const noexcept { return file_.get(); }

    /// Publishes what was written to `descriptor()`.
    NodeInfo commit(const WriteFacts& facts);

   private:
    DavTree& tree_;
    std::string path_;
    bool isNew_;
    std::filesystem::path blob_;
    LockTable::Lock lock_;
    FileDescriptor file_;
    bool isCommitted_ = false;
  };

  /// `folder` holds the bytes and must exist; `numbers` is shared by all users of a server.
  DavTree(std::filesystem::path folder, NodeNumbers& numbers);
  ~DavTree();

  /// Bytes that fit in all; nothing: no limit.
  void setQuota(std::optional<std::uint64_t> bytes);
  std::optional<std::uint64_t> available() const;

  /// Makes the folder a share that permits nothing but updates: files in it may be written, but
  /// nothing may be made, moved, replaced or removed there.
  void permitOnlyUpdates(const std::string& folder);

  /// Throws a 403 where `path` may neither be made nor removed.
  void checkPermitted(const std::string& path) const;

  NodeInfo stat(const std::string& path) const;
  std::optional<NodeInfo> find(const std::string& path) const;

  /// The target first, then what is below it, down to `depth` levels.
  std::vector<NodeInfo> list(const std::string& path, unsigned depth) const;

  NodeInfo makeFolder(const std::string& path);
  void makeFolders(const std::string& path);
  void remove(const std::string& path);

  /// Whole folders, too; what stands at `to` is replaced. The pair says what is at `to` now and
  /// whether it is new there.
  std::pair<NodeInfo, bool> move(const std::string& from, const std::string& to,
                                 Overwrite overwrite);
  std::pair<NodeInfo, bool> copy(const std::string& from, const std::string& to,
                                 Overwrite overwrite);

  Reading openForReading(const std::string& path);

  /// `required` bytes have to fit.
  std::unique_ptr<Writing> openForWriting(const std::string& path, std::uint64_t required);

  /// What another client's running upload does to everybody else; released with the result.
  LockTable::Lock lockForWriting(const std::string& path);

  /// Throws a 507 if `required` bytes do not fit.
  void checkSpace(const std::string& path, std::uint64_t required) const;

 private:
  LockTable::Lock lockForWritingLocked(const std::string& path);
  DavNode* findNode(const std::string& path) const;
  DavNode& getNode(const std::string& path) const;
  DavNode& getParent(const std::string& path) const;
  std::optional<std::uint64_t> availableLocked() const;
  void checkSpaceLocked(const std::string& path, std::uint64_t required) const;
  DavNode& addFolder(const std::string& path);
  void checkTransfer(const std::string& from, const std::string& to, Overwrite overwrite) const;
  bool replaceTarget(const std::string& to);
  std::unique_ptr<DavNode> cloneNode(const DavNode& node);
  std::filesystem::path newBlob();
  NodeInfo publish(const std::string& path, const std::filesystem::path& blob, bool isNew,
                   const WriteFacts& facts);
  void touchFolders(const std::string& path);
  bool isUpdateOnly(const std::string& path) const;
  NodeInfo describe(const std::string& path, const DavNode& node) const;

  const std::filesystem::path folder_;
  NodeNumbers& numbers_;
  LockTable locks_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  DavNode root_;
  std::optional<std::uint64_t> quota_;
  std::vector<std::string> updateOnly_;
  std::uint64_t blobs_ = 0;
};

}  // namespace mediadock::scripted
