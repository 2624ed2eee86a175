#pragma once

/// \file
/// Who uploaded what, and what the storage may hold because of it.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mediadock {

/// The bytes of upload `number`: they name it, so that a file tells whose it is.
std::string uploadContent(unsigned number, std::size_t size);

/// The upload that wrote exactly these bytes; nothing if none did, or if a byte is wrong.
std::optional<unsigned> findUpload(const std::string& content);

/// What was promised to the uploaders, held against the storage at the end. Thread-safe.
class UploadLedger final {
 public:
  /// The number of a new upload.
  unsigned begin();

  /// It was answered with success: these bytes and no others stand at `path`.
  void confirm(unsigned number, const std::string& path);

  /// It was answered with an error, but may have been done; `path` is where, if that is known.
  void doubt(unsigned number, const std::optional<std::string>& path);

  std::size_t confirmedCount() const;

  /// What is wrong with a storage that has these files: a sentence each.
  std::vector<std::string> audit(const std::map<std::string, std::string>& contentByPath) const;

 private:
  struct Place {
    std::set<unsigned> acceptable;
    bool mustExist = false;
  };

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  unsigned begun_ = 0;
  std::size_t confirmed_ = 0;
  std::map<std::string, Place> places_;
  /// In doubt, and of a path that the host would have chosen.
  std::set<unsigned> anywhere_;
};

}  // namespace mediadock
