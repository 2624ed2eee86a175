#pragma once

/// \file
/// An append-only file of lines, safe with log rotation.

#include "base/unique_descriptor.h"

#include <filesystem>
#include <mutex>
#include <string_view>

namespace mediadock::http {

/// Writes each line with a single write, so that other processes may append to the same file. If
/// the file was renamed or removed, as by log rotation, the next line goes to a new one.
/// Thread-safe.
class AppendedFile {
 public:
  /// Opens the file; creates it, readable for owner and group, if it does not exist.
  /// \throws std::system_error
  explicit AppendedFile(std::filesystem::path path);

  /// Appends `line`, which has no line break of its own.
  /// \throws std::system_error if it was not written, or not completely.
  void append(std::string_view line);

 private:
  void open();
  bool isInPlace() const noexcept;
  void write(std::string_view bytes);

  const std::filesystem::path path_;
  std::mutex mutex_;
  /// The rest is guarded by `mutex_`.
  base::UniqueDescriptor file_;
  /// Whether the last line was cut off, so that a line break must precede the next.
  bool isBroken_ = false;
};

}  // namespace mediadock::http
