#pragma once

/// \file
/// What is known of the server once it was asked.

#include "dav/dav_urls.h"
#include "dav/name_rules.h"
#include "mediadock/capabilities.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mediadock {

/// Whether listings name the version of a file.
enum class FileEtags { Unknown, Given, Lacking };

/// Immutable once found out, but for the things that only use shows.
struct ServerFacts {
  /// Of the provider's root: the files tree and the base path below it.
  DavUrls urls;
  bool isNextcloud = false;
  /// Request target of a Nextcloud's own root, without a slash at its end.
  std::string installTarget;
  /// Request target below which Nextcloud takes chunked uploads, without a slash at its end.
  std::string uploadsTarget;
  /// The largest chunk, and the most chunks at a time, that the server wishes for. Known after an
  /// examination.
  std::optional<std::uint64_t> maxChunkBytes;
  std::optional<std::uint64_t> maxParallelChunks;
  /// Whether chunks stay files of their own until they are joined, so that small ones may stand
  /// before others. Known after a trial.
  std::optional<bool> keepsChunks;
  /// Lists folders in pages. Known after an examination.
  bool hasPaging = false;
  /// Set once its pages did not add up.
  std::shared_ptr<std::atomic<bool>> isPagingBroken = std::make_shared<std::atomic<bool>>(false);
  /// Which of the forms of a `Destination` was taken where the first was refused.
  std::shared_ptr<std::atomic<std::size_t>> destinationForm =
      std::make_shared<std::atomic<std::size_t>>(0);
  /// As the last file that was seen has it; what folders have says nothing (Go's WebDAV gives none
  /// to them). One etag is enough for ever.
  std::shared_ptr<std::atomic<FileEtags>> fileEtags =
      std::make_shared<std::atomic<FileEtags>>(FileEtags::Unknown);
  NameRules names;
  /// Of etags what is likely, as long as no file was seen; see `able`.
  Capabilities capabilities;

  /// Takes down what a listing or a look says of `entry`.
  void learn(const Entry& entry) const noexcept;

  /// From now on folders are listed all at once.
  void distrustPages() const noexcept { *isPagingBroken = true; }

  bool hasEtags() const noexcept { return *fileEtags == FileEtags::Given; }

  /// The capabilities as they are known now.
  Capabilities able() const;
};

/// \throws StorageError `Unsupported`: the server has no `what`.
[[noreturn]] void refuseLacking(const std::string& what);

}  // namespace mediadock
