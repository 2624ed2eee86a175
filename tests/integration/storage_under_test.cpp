#include "integration/storage_under_test.h"

#include "support/apache_dav.h"
#include "support/nginx_dav.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <filesystem>

namespace mediadock {
namespace {

HostConfiguration nextcloudConfiguration(const std::string& url, const std::string& username,
                                         const std::string& password) {
  return {.settings = {{"storage.provider", "nextcloud"},
                       {"storage.nextcloud.url", url},
                       {"storage.nextcloud.username", username},
                       {"storage.nextcloud.chunk_bytes", "5242880"},
                       {"storage.nextcloud.base_path", "CRM"}},
          .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_APP_PASSWORD", password}}};
}

/// Files below `root` whose path has `part` in it.
std::vector<std::string> filesNamed(const std::filesystem::path& root, const std::string& part) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (std::filesystem::recursive_directory_iterator file(root, ignored), end; file != end;
       file.increment(ignored)) {
    if (file->is_regular_file(ignored) && file->path().string().find(part) != std::string::npos) {
      found.push_back(file->path().string());
    }
  }
  return found;
}

class LocalDisk final : public IStorageUnderTest {
 public:
  HostConfiguration configuration() const override {
    return {.settings = {{"storage.localdisk.root", root_.path().string()}}};
  }

  std::vector<std::string> leftovers() const override {
    return filesNamed(root_.path(), ".mediadock-");
  }

 private:
  TempDirectory root_;
};

/// Apache or nginx.
template <typename Server>
class PlainWebDav final : public IStorageUnderTest {
 public:
  HostConfiguration configuration() const override {
    return nextcloudConfiguration(server_.url(), server_.username(), server_.password());
  }

  std::vector<std::string> leftovers() const override {
    return filesNamed(server_.documentRoot(), ".mediadock-");
  }

 private:
  Server server_;
};

class Nextcloud final : public IStorageUnderTest {
 public:
  HostConfiguration configuration() const override {
    return nextcloudConfiguration(server_.url(), server_.username(), server_.password());
  }

  std::vector<std::string> leftovers() const override { return server_.openUploads(); }

 private:
  ScriptedNextcloud server_;
};

}  // namespace

void PrintTo(const StorageCase& tested, std::ostream* out) {
  *out << tested.name;
}

std::string storageCaseName(const testing::TestParamInfo<StorageCase>& info) {
  return info.param.name;
}

std::unique_ptr<IStorageUnderTest> startLocalDisk() {
  return std::make_unique<LocalDisk>();
}

std::unique_ptr<IStorageUnderTest> startApache() {
  return std::make_unique<PlainWebDav<ApacheDav>>();
}

std::unique_ptr<IStorageUnderTest> startNginx() {
  return std::make_unique<PlainWebDav<NginxDav>>();
}

std::unique_ptr<IStorageUnderTest> startScriptedNextcloud() {
  return std::make_unique<Nextcloud>();
}

}  // namespace mediadock
