#pragma once

/// \file
/// A local disk store in a folder of its own, and short ways to use it.

#include "localdisk_provider.h"
#include "localdisk_settings.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <stdlib.h>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::localdisk {

class SilentLog final : public ILogSink {
 public:
  void log(LogLevel, std::string_view) noexcept override {}
};

inline StoragePath at(std::string_view text) {
  return StoragePath::parse(text);
}

inline std::span<const std::byte> bytesOf(std::string_view text) {
  return std::as_bytes(std::span(text));
}

inline std::string readAll(IReadStream& stream) {
  std::string content;
  std::vector<char> block(1000);
  while (const auto got = stream.read(std::as_writable_bytes(std::span(block)))) {
    content.append(block.data(), got);
  }
  return content;
}

inline std::string readAll(IStorageProvider& store, std::string_view path) {
  return readAll(*store.openRead(at(path), {}, {}));
}

inline Entry writeAll(IStorageProvider& store, std::string_view path, std::string_view content,
                      const WriteOptions& options = {}) {
  const auto stream = store.openWrite({.path = at(path)}, options, {});
  stream->write(bytesOf(content));
  return stream->commit();
}

inline std::vector<std::string> namesOf(const ListPage& page) {
  std::vector<std::string> names;
  for (const auto& entry : page.entries) {
    names.emplace_back(entry.path.name());
  }
  return names;
}

/// `base` holds the store's `root`, and room beside it for what must stay untouched.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "localdisk-XXXXXX").string();
    base = ::mkdtemp(pattern.data());
    root = base / "root";
  }

  ~StoreTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(base, ignored);
  }

  std::unique_ptr<LocalDiskProvider> open() {
    return std::make_unique<LocalDiskProvider>(root, log);
  }

  static void putFile(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
  }

  static std::string fileContent(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::size_t tempFileCount() const {
    const std::filesystem::directory_iterator files(root / ".mediadock-tmp");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  SilentLog log;
  std::filesystem::path base;
  std::filesystem::path root;
};

}  // namespace mediadock::localdisk
