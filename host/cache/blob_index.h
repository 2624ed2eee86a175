#pragma once

/// \file
/// The blobs in the cache: the space they use, and when each was last used.

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

namespace mediadock::cache {

/// Identifies the content of a file: it changes with every write to it.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t changedAtNs = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Not thread-safe.
class BlobIndex {
 public:
  /// Disk space used by a file of `length` bytes.
  static std::uint64_t roomFor(std::uint64_t length) noexcept;

  /// Adds or replaces a blob as the most recently used one. `checked` is the content whose checksum
  /// was verified.
  void add(const std::string& name, std::uint64_t length, std::optional<FileStamp> checked);

  void remove(const std::string& name);

  bool has(const std::string& name) const { return byName_.contains(name); }

  /// Makes it the most recently used one.
  void use(const std::string& name);

  bool isChecked(const std::string& name, const FileStamp& stamp) const;
  void setChecked(const std::string& name, const FileStamp& stamp);

  /// Removes the least recently used blob and returns its name; nullopt if there is none.
  std::optional<std::string> takeOldest();

  void clear();

  /// Space used by all of them.
  std::uint64_t room() const noexcept { return room_; }

 private:
  struct Blob {
    std::string name;
    std::uint64_t room = 0;
    std::optional<FileStamp> checked;
  };

  /// Least recently used first.
  std::list<Blob> blobs_;
  std::unordered_map<std::string, std::list<Blob>::iterator> byName_;
  std::uint64_t room_ = 0;
};

}  // namespace mediadock::cache
