#pragma once

/// \file
/// Writes that wait to be gone on with.

#include <map>
#include <mutex>
#include <string>

namespace mediadock::memory {

/// All calls may run concurrently. A token is the write's id, `@` and how many bytes count.
class SuspendedWrites {
 public:
  struct Write {
    std::string id;
    std::string content;
  };

  /// Keeps `content` under `id`, which is drawn where it is empty. Returns the token.
  std::string keep(std::string& id, const std::string& content);

  /// What `token` stands for. \throws StorageError `InvalidArgument`, `NotFound`.
  Write find(const std::string& token) const;

  void drop(const std::string& id) noexcept;

  /// \throws StorageError `InvalidArgument`.
  static std::string idOf(const std::string& token);

 private:
  mutable std::mutex mutex_;
  /// Both guarded by mutex_.
  std::map<std::string, std::string> contents_;
  unsigned count_ = 0;
};

}  // namespace mediadock::memory
