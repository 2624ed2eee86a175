#pragma once

/// \file
/// Tells what a file is by its bytes.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace mediadock {

/// What the beginning of a file says about it.
struct SniffedType {
  static constexpr const char* kUnknown = "application/octet-stream";
  static constexpr const char* kEmpty = "application/x-empty";

  /// A media type in its canonical spelling.
  std::string type = kUnknown;
  /// Nothing but readable text, in whatever encoding.
  bool isText = false;

  friend bool operator==(const SniffedType&, const SniffedType&) = default;
};

/// libmagic, asked about no more than the first bytes and with its parsers of nested formats off;
/// and before it a look for markup as browsers look, which finds it under any disguise at the start
/// of a file. All calls may run concurrently; a few are let in at a time, for each handle of
/// libmagic belongs to one thread and takes megabytes.
class TypeSniffer {
 public:
  /// What is looked at, and what a caller should have of a longer file.
  static constexpr std::size_t kBytes = 4096;

  TypeSniffer();
  ~TypeSniffer();

  TypeSniffer(const TypeSniffer&) = delete;
  TypeSniffer& operator=(const TypeSniffer&) = delete;

  /// What a file is that begins with `beginning`.
  /// \throws StorageError `Internal` where libmagic lacks its database.
  SniffedType sniff(std::span<const std::byte> beginning);

 private:
  class Handle;
  class Lease;

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Handle>> idle_;
  /// How many handles may still be opened.
  std::size_t unopened_;
};

}  // namespace mediadock
