#pragma once

/// \file
/// Detects the type of a file from its first bytes.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace mediadock::media {

/// What the first bytes of a file show.
struct SniffedType {
  static constexpr const char* kUnknown = "application/octet-stream";
  static constexpr const char* kEmpty = "application/x-empty";

  /// A media type in its canonical spelling.
  std::string type = kUnknown;
  /// Only readable text, in any encoding.
  bool isText = false;

  friend bool operator==(const SniffedType&, const SniffedType&) = default;
};

/// Uses libmagic, limited to the first bytes and with its parsers for nested formats disabled;
/// before that, looks for markup the way browsers do, so disguised markup at the start of a file is
/// found. All calls may run concurrently, but only a few run at a time, because a libmagic handle
/// is not thread-safe and takes megabytes.
class TypeSniffer {
 public:
  /// Number of bytes that are examined; of a longer file, callers should pass this many.
  static constexpr std::size_t kBytes = 4096;

  TypeSniffer();
  ~TypeSniffer();

  TypeSniffer(const TypeSniffer&) = delete;
  TypeSniffer& operator=(const TypeSniffer&) = delete;

  /// The type of a file that begins with `beginning`.
  /// \throws StorageError `Internal` if libmagic cannot load its database.
  SniffedType sniff(std::span<const std::byte> beginning);

 private:
  class Handle;
  class Lease;

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Handle>> idle_;
  /// Handles that may still be opened.
  std::size_t unopened_;
};

}  // namespace mediadock::media
