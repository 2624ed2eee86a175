#pragma once

/// \file
/// The storages that the API is served from, each behind its real plugin.

#include "mediadock/settings.h"
#include "mediadock/storage_provider.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace mediadock {

/// When files of `put` were last changed: in seconds since the epoch, and as HTTP writes it.
inline constexpr std::int64_t kLongAgo = 1714557600;
inline constexpr const char* kLongAgoDate = "Wed, 01 May 2024 10:00:00 GMT";

/// A running storage, from construction to destruction, and a way to its files past the API.
class IServedStorage {
 public:
  virtual ~IServedStorage() = default;

  /// A provider of the storage, made by its plugin.
  virtual std::shared_ptr<IStorageProvider> open() const = 0;

  /// Makes a file, last changed long ago, and its missing parents.
  virtual void put(const std::string& path, const std::string& content) = 0;
};

/// A storage that keeps its files as such in a folder of this machine.
class FolderStorage : public IServedStorage {
 public:
  void put(const std::string& path, const std::string& content) override;

  /// Makes a file of zeros that takes no room on the disk.
  void putSparse(const std::string& path, std::uint64_t size);

  virtual std::filesystem::path folder() const = 0;

 private:
  std::filesystem::path preparedPlace(const std::string& path) const;
};

std::unique_ptr<FolderStorage> startLocalDisk(const Settings::Values& moreSettings = {});
std::unique_ptr<FolderStorage> startApache();
std::unique_ptr<FolderStorage> startNginx();
std::unique_ptr<FolderStorage> startRclone();

/// An Apache that tells no sizes in its listings, and larger files in chunks.
std::unique_ptr<FolderStorage> startUnsized();

/// \param profile of the scripted Nextcloud's, `encryption` being one without ranges.
std::unique_ptr<IServedStorage> startNextcloud(const std::string& profile = "faithful");

/// The plugin `nextcloud` for a server of the test's own.
std::shared_ptr<IStorageProvider> openNextcloud(const std::string& url, const std::string& username,
                                                const std::string& password);

/// A storage by the name it has in test names.
template <typename Storage>
struct StorageCase {
  const char* name;
  std::unique_ptr<Storage> (*start)();
};

template <typename Storage>
void PrintTo(const StorageCase<Storage>& tested, std::ostream* out) {
  *out << tested.name;
}

inline constexpr auto kNameOfStorage = [](const auto& info) {
  return std::string(info.param.name);
};

std::vector<StorageCase<IServedStorage>> everyStorage();
std::vector<StorageCase<FolderStorage>> everyFolderStorage();

}  // namespace mediadock
