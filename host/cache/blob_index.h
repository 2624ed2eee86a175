#pragma once

/// \file
/// Which blobs there are, how much room they take, and which was used last.

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

namespace mediadock {

/// Which content of a file was seen: it changes with every write to it.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t changedAtNs = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// One thread at a time.
class BlobIndex {
 public:
  /// What a file of `length` bytes takes of a disk.
  static std::uint64_t roomFor(std::uint64_t length) noexcept;

  /// Adds or replaces a blob as the one used last. `checked` is what was found whole.
  void add(const std::string& name, std::uint64_t length, std::optional<FileStamp> checked);

  void remove(const std::string& name);

  bool has(const std::string& name) const { return byName_.contains(name); }

  /// Makes it the one used last.
  void use(const std::string& name);

  bool isChecked(const std::string& name, const FileStamp& stamp) const;
  void setChecked(const std::string& name, const FileStamp& stamp);

  /// Forgets the least recently used blob and returns its name; nothing where there is none.
  std::optional<std::string> takeOldest();

  void clear();

  /// What all of them take.
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

}  // namespace mediadock
