#pragma once

/// \file
/// A cache in a folder of its own.

#include "cache/blob_cache.h"
#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

namespace mediadock::cache {

inline std::string contentOf(const CachedBlob& blob) {
  std::string content(blob.length(), '\0');
  const auto got =
      ::pread(blob.descriptor(), content.data(), content.size(), static_cast<off_t>(blob.offset()));
  EXPECT_EQ(got, static_cast<ssize_t>(content.size()));
  return content;
}

class BlobCacheTest : public testing::Test {
 protected:
  /// Room for a hundred blobs of a few bytes.
  static constexpr std::uint64_t kMostBytes = 100 * 4096;

  std::unique_ptr<BlobCache> open(std::uint64_t maxBytes = kMostBytes) {
    return std::make_unique<BlobCache>(
        BlobCacheSettings{folder.path() / "cache", maxBytes},
        [this](const std::string& problem) { problems.push_back(problem); });
  }

  static bool put(BlobCache& cache, const std::string& key, const std::string& content) {
    const auto writer = cache.startWriting(key, "text/plain", content.size());
    return writer && writer->write(std::as_bytes(std::span(content))) && writer->commit();
  }

  static std::optional<std::string> get(BlobCache& cache, const std::string& key) {
    const auto blob = cache.find(key);
    return blob ? std::optional(contentOf(*blob)) : std::nullopt;
  }

  std::filesystem::path blobs() const { return folder.path() / "cache" / "blobs"; }

  std::vector<std::filesystem::path> files() const {
    const std::filesystem::directory_iterator all(blobs());
    return {begin(all), end(all)};
  }

  /// What the files take of the disk.
  std::uint64_t bytesOnDisk() const {
    std::uint64_t sum = 0;
    for (const auto& file : files()) {
      sum += BlobIndex::roomFor(std::filesystem::file_size(file));
    }
    return sum;
  }

  TempDirectory folder;
  std::vector<std::string> problems;
};

}  // namespace mediadock::cache
