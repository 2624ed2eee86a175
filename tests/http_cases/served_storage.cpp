#include "http_cases/served_storage.h"

#include "storage/boundary/fault_boundary_provider.h"
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
  return storage::createGuarded(storage::loadPlugin(plugin), ProviderContext{own, log});
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

/// A folder of its own at a server that all storages of this process share: each start would take
/// longer than most tests.
template <typename Server>
class PlainWebDav final : public FolderStorage {
 public:
  explicit PlainWebDav(const Server& server) : server_(server) {
    static int made = 0;
    name_ = "storage-" + std::to_string(++made);
    fs::create_directory(folder());
    giveToWorkers(folder());
  }

  ~PlainWebDav() override {
    std::error_code ignored;
    fs::remove_all(folder(), ignored);
  }

  PlainWebDav(const PlainWebDav&) = delete;
  PlainWebDav& operator=(const PlainWebDav&) = delete;
  PlainWebDav(PlainWebDav&&) = delete;
  PlainWebDav& operator=(PlainWebDav&&) = delete;

  std::shared_ptr<IStorageProvider> open() const override {
    return load(MEDIADOCK_NEXTCLOUD, {{"url", server_.url()},
                                      {"username", server_.username()},
                                      {"password", server_.password()},
                                      {"base_path", name_}});
  }

  fs::path folder() const override { return server_.documentRoot() / name_; }

 private:
  const Server& server_;
  std::string name_;
};

class Nextcloud final : public IServedStorage {
 public:
  explicit Nextcloud(const std::string& profile) { scripted::applyProfile(server_, profile); }

  std::shared_ptr<IStorageProvider> open() const override {
    return openNextcloud(server_.url(), server_.username(), server_.password());
  }

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
  static const ApacheDav server;
  return std::make_unique<PlainWebDav<ApacheDav>>(server);
}

std::unique_ptr<FolderStorage> startUnsized() {
  static const ApacheDav server({.unsized = true});
  return std::make_unique<PlainWebDav<ApacheDav>>(server);
}

std::unique_ptr<FolderStorage> startNginx() {
  static const NginxDav server;
  return std::make_unique<PlainWebDav<NginxDav>>(server);
}

std::unique_ptr<FolderStorage> startRclone() {
  static const RcloneDav server;
  return std::make_unique<PlainWebDav<RcloneDav>>(server);
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
