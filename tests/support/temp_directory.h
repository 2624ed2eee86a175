#pragma once

/// \file
/// A folder of a test's own that is gone when the test is.

#include <filesystem>
#include <sys/types.h>

namespace mediadock {

/// A fresh folder under the system's temporary folder; removed with all in it at the end.
class TempDirectory final {
 public:
  /// Makes the folder with the permission bits `mode`. Throws `std::system_error`.
  explicit TempDirectory(mode_t mode = 0700);
  ~TempDirectory();

  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  TempDirectory(TempDirectory&&) = delete;
  TempDirectory& operator=(TempDirectory&&) = delete;

  /// Absolute and without symbolic links.
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace mediadock
