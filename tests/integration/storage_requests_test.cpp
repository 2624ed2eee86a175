/// \file
/// How many requests a job of the host costs a Nextcloud: nothing is asked twice.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::ElementsAre;

class StorageRequests : public testing::Test {
 protected:
  StorageRequests() {
    cloud.putFile("folder/old", "old");
    // Discovery, the trial of uploads, the sweep, and a look at what the first upload came to are
    // once in a host's life.
    EXPECT_EQ(curl({host.url() + "/readyz"}).status, 200) << host.output();
    EXPECT_EQ(upload("first", 10, "rename"), 201) << host.output();
    EXPECT_TRUE(cloud.waitForRequests("PROPFIND", "/uploads/", 2));
    cloud.waitUntilIdle();
    cloud.clearRequests();
  }

  HostConfiguration configuration() const {
    return {.settings = {{"storage.provider", "nextcloud"},
                         {"storage.nextcloud.url", cloud.url()},
                         {"storage.nextcloud.username", cloud.username()}},
            .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_APP_PASSWORD", cloud.password()}}};
  }

  int upload(const std::string& name, std::size_t size, const std::string& onConflict) {
    const auto file = home.path() / name;
    std::ofstream(file) << std::string(size, 'x');
    return curl({"-F", "nextcloud_path=folder", "-F", "on_conflict=" + onConflict, "-F",
                 "file=@" + file.string(), host.url() + "/api/crm/storage/upload"})
        .status;
  }

  std::vector<std::string> methods() const {
    std::vector<std::string> methods;
    for (const auto& request : cloud.requests()) {
      methods.push_back(request.method);
    }
    return methods;
  }

  ScriptedNextcloud cloud;
  TempDirectory home;
  HostProcess host{configuration(), home.path() / "records.db"};
};

TEST_F(StorageRequests, OfAReplacement) {
  ASSERT_EQ(upload("old", 10, "replace"), 201);

  EXPECT_THAT(methods(), ElementsAre("PROPFIND", "MKCOL", "PUT", "MOVE", "PROPFIND"));
}

TEST_F(StorageRequests, OfASmallNewFile) {
  ASSERT_EQ(upload("new", 10, "rename"), 201);

  EXPECT_THAT(methods(), ElementsAre("PROPFIND", "PROPFIND", "PUT", "PROPFIND"));
}

TEST_F(StorageRequests, OfANewFileInChunks) {
  ASSERT_EQ(upload("new", 25'000'000, "rename"), 201);

  const auto all = methods();
  EXPECT_LE(std::count(all.begin(), all.end(), "PUT"), 4);
  EXPECT_EQ(std::count(all.begin(), all.end(), "MOVE"), 1);
  // File and folder before; once more where the bytes took long; the file afterwards.
  EXPECT_LE(std::count(all.begin(), all.end(), "PROPFIND"), 5);
  EXPECT_LE(all.size(), 11U);
}

TEST_F(StorageRequests, OfARenaming) {
  ASSERT_EQ(curl({"--json", R"({"from":"folder/old","to":"folder/new"})",
                  host.url() + "/api/crm/storage/move"})
                .status,
            200);

  EXPECT_THAT(methods(), ElementsAre("PROPFIND", "MOVE", "PROPFIND"));
}

TEST_F(StorageRequests, OfARemoval) {
  ASSERT_EQ(curl({"-X", "DELETE", host.storageUrl("file", "folder/old")}).status, 204);

  EXPECT_THAT(methods(), ElementsAre("PROPFIND", "DELETE"));
}

}  // namespace
}  // namespace mediadock
