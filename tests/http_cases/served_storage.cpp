#include "http_cases/served_storage.h"

#include "storage/boundary/guarded_provider.h"
#include "storage/loading/plugin_loader.h"
#include "support/apache_dav.h"
#include "support/nginx_dav.h"
#include "support/rclone_dav.h"
#include "support/scripted_nextcloud/profiles.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"
#include "support/temp_directory.h"

#include <chrono>
#include <fstream>
#include <utility>

namespace mediadock {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<IStorageProvider> load(const std::string& plugin, Settings::Values settings) {
  static SilentLog log;
  const Settings own(std::move(settings));
  return createGuarded(loadPlugin(plugin), ProviderContext{own, log});
}

template <typename Server>
std::shared_ptr<IStorageProvider> openNextcloudOn(const Server& server) {
  return openNextcloud(server.url(), server.username(), server.password());
}

class LocalDisk final : public FolderStorage {
 public:
  explicit LocalDisk(Settings::Values settings) : settings_(std::move(settings)) {
    settings_["root"] = root_.path().string();
  }

  std::shared_ptr<IStorageProvider> open() const override {
    return load(MEDIADOCK_LOCALDISK, settings_);
  }

  fs::path folder() const override { return root_.path(); }

 private:
  TempDirectory root_;
  Settings::Values settings_;
};

/// Apache, nginx or rclone.
template <typename Server>
class PlainWebDav final : public FolderStorage {
 public:
  std::shared_ptr<IStorageProvider> open() const override { return openNextcloudOn(server_); }

  fs::path folder() const override { return server_.documentRoot(); }

 private:
  Server server_;
};

class Nextcloud final : public IServedStorage {
 public:
  explicit Nextcloud(const std::string& profile) { scripted::applyProfile(server_, profile); }

  std::shared_ptr<IStorageProvider> open() const override { return openNextcloudOn(server_); }

  void put(const std::string& path, const std::string& content) override {
    // What still reads the file would lock it.
    server_.waitUntilIdle();
    server_.putFile(path, content, kLongAgo);
  }

 private:
  ScriptedNextcloud server_;
};

void makeOld(const fs::path& file) {
  fs::last_write_time(file, std::chrono::file_clock::from_sys(
                                std::chrono::sys_seconds(std::chrono::seconds(kLongAgo))));
}

}  // namespace

void FolderStorage::put(const std::string& path, const std::string& content) {
  const fs::path file = preparedPlace(path);
  std::ofstream(file, std::ios::binary) << content;
  giveToWorkers(file);
  makeOld(file);
}

void FolderStorage::putSparse(const std::string& path, std::uint64_t size) {
  const fs::path file = preparedPlace(path);
  std::ofstream(file).close();
  fs::resize_file(file, size);
  giveToWorkers(file);
  makeOld(file);
}

fs::path FolderStorage::preparedPlace(const std::string& path) const {
  fs::path place = folder();
  for (const fs::path& name : fs::path(path).parent_path()) {
    place /= name;
    if (fs::create_directory(place)) {
      giveToWorkers(place);
    }
  }
  return folder() / path;
}

std::shared_ptr<IStorageProvider> openNextcloud(const std::string& url, const std::string& username,
                                                const std::string& password) {
  return load(MEDIADOCK_NEXTCLOUD, {{"url", url}, {"username", username}, {"password", password}});
}

std::unique_ptr<FolderStorage> startLocalDisk(const Settings::Values& moreSettings) {
  return std::make_unique<LocalDisk>(moreSettings);
}

std::unique_ptr<FolderStorage> startApache() {
  return std::make_unique<PlainWebDav<ApacheDav>>();
}

std::unique_ptr<FolderStorage> startUnsized() {
  class Unsized final : public FolderStorage {
   public:
    std::shared_ptr<IStorageProvider> open() const override { return openNextcloudOn(server_); }

    fs::path folder() const override { return server_.documentRoot(); }

   private:
    ApacheDav server_{{.unsized = true}};
  };

  return std::make_unique<Unsized>();
}

std::unique_ptr<FolderStorage> startNginx() {
  return std::make_unique<PlainWebDav<NginxDav>>();
}

std::unique_ptr<FolderStorage> startRclone() {
  return std::make_unique<PlainWebDav<RcloneDav>>();
}

std::unique_ptr<IServedStorage> startNextcloud(const std::string& profile) {
  return std::make_unique<Nextcloud>(profile);
}

std::vector<StorageCase<FolderStorage>> everyFolderStorage() {
  return {{"LocalDisk", [] { return startLocalDisk(); }},
          {"Apache", startApache},
          {"Nginx", startNginx},
          {"Rclone", startRclone}};
}

std::vector<StorageCase<IServedStorage>> everyStorage() {
  using Started = std::unique_ptr<IServedStorage>;
  return {{"LocalDisk", []() -> Started { return startLocalDisk(); }},
          {"Apache", []() -> Started { return startApache(); }},
          {"Nginx", []() -> Started { return startNginx(); }},
          {"Rclone", []() -> Started { return startRclone(); }},
          {"Nextcloud", [] { return startNextcloud(); }},
          {"NextcloudWithoutRanges", [] { return startNextcloud("encryption"); }}};
}

}  // namespace mediadock
