#pragma once

/// \file
/// A file that lines are only ever added to.

#include "base/unique_descriptor.h"

#include <filesystem>
#include <mutex>
#include <string_view>

namespace mediadock {

/// Whole lines, each in one write, so that other processes may append to the same file. Where the
/// file was renamed or removed, as log rotation does, the next line goes to a new one. All calls
/// may run concurrently.
class AppendedFile {
 public:
  /// Opens the file, making it readable to owner and group where it is missing.
  /// \throws std::system_error
  explicit AppendedFile(std::filesystem::path path);

  /// Adds `line`, which has no end of its own.
  /// \throws std::system_error where it did not get there, or not whole.
  void append(std::string_view line);

 private:
  void open();
  bool isInPlace() const noexcept;
  void write(std::string_view bytes);

  const std::filesystem::path path_;
  std::mutex mutex_;
  /// The rest is guarded by `mutex_`.
  UniqueDescriptor file_;
  /// Whether a line broke off, so that the next one must not continue it.
  bool isBroken_ = false;
};

}  // namespace mediadock
