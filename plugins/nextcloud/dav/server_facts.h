#pragma once

/// \file
/// What was discovered about the server.

#include "dav/dav_urls.h"
#include "dav/name_rules.h"
#include "mediadock/capabilities.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// Whether listings contain the etags of files.
enum class FileEtags { Unknown, Given, Lacking };

/// Immutable after discovery, except for what only shows in use.
struct ServerFacts {
  /// For the provider's root: the file tree and the base path below it.
  DavUrls urls;
  bool isNextcloud = false;
  /// Request target of the Nextcloud's root, without a trailing slash.
  std::string installTarget;
  /// Request target for Nextcloud's chunked uploads, without a trailing slash.
  std::string uploadsTarget;
  /// The largest chunk and the most parallel chunks that the server asks for. Known after an
  /// examination.
  std::optional<std::uint64_t> maxChunkBytes;
  std::optional<std::uint64_t> maxParallelChunks;
  /// Whether chunks are separate files until they are assembled, so that a small one may precede
  /// others. Known after a trial.
  std::optional<bool> keepsChunks;
  /// The server lists folders in pages. Known after an examination.
  bool hasPaging = false;
  /// Set once pages were incomplete or inconsistent.
  std::shared_ptr<std::atomic<bool>> isPagingBroken = std::make_shared<std::atomic<bool>>(false);
  /// Index of the `Destination` form that the server accepted.
  std::shared_ptr<std::atomic<std::size_t>> destinationForm =
      std::make_shared<std::atomic<std::size_t>>(0);
  /// From the files seen so far: `Given` for good once one had an etag. Folders do not count (Go's
  /// WebDAV lists them without etags).
  std::shared_ptr<std::atomic<FileEtags>> fileEtags =
      std::make_shared<std::atomic<FileEtags>>(FileEtags::Unknown);
  NameRules names;
  /// The etag abilities are a guess until a file was seen; see `able`.
  Capabilities capabilities;

  /// Records whether `entry` has an etag.
  void learn(const Entry& entry) const noexcept;

  /// From now on folders are listed without pages.
  void distrustPages() const noexcept { *isPagingBroken = true; }

  bool hasEtags() const noexcept { return *fileEtags == FileEtags::Given; }

  /// The capabilities as currently known.
  Capabilities able() const;
};

/// \throws StorageError always: `Unsupported`, the server has no `what`.
[[noreturn]] void refuseLacking(const std::string& what);

}  // namespace mediadock::nextcloud
