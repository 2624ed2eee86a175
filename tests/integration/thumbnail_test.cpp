/// \file
/// Thumbnails by the real host, of files on disk and of a Nextcloud that has previews.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "integration/storage_under_test.h"
#include "support/pictures.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace mediadock {
namespace {

int countOf(const std::vector<scripted::LoggedRequest>& requests, const std::string& part) {
  return static_cast<int>(std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
    return request.method == "GET" && request.target.find(part) != std::string::npos;
  }));
}

TEST(HostOnDisk, MakesAThumbnailOnceAndKeepsIt) {
  const TempDirectory home;
  const auto root = home.path() / "media";
  std::filesystem::create_directory(root);
  std::ofstream(root / "a.jpg", std::ios::binary) << photoOnItsSide(400, 200);
  const HostConfiguration configuration{.settings = {{"storage.localdisk.root", root.string()}}};

  std::string first;
  {
    HostProcess host(configuration, home.path() / "records.db");
    const auto answer = curl({host.storageUrl("thumbnail", "a.jpg") + "&size=64"});
    ASSERT_EQ(answer.status, 200) << host.output();
    first = answer.body;
    host.process().signal(SIGTERM);
    EXPECT_EQ(host.process().waitForExit(), 0);
  }
  EXPECT_EQ(factsOf(first).height, 64);
  EXPECT_EQ(factsOf(first).width, 32);

  HostProcess host(configuration, home.path() / "records.db");
  EXPECT_EQ(curl({host.storageUrl("thumbnail", "a.jpg") + "&size=64"}).body, first);
}

class HostOnNextcloud : public testing::Test {
 protected:
  HostConfiguration configuration() const {
    return {.settings = {{"storage.provider", "nextcloud"},
                         {"storage.nextcloud.url", cloud.url()},
                         {"storage.nextcloud.username", cloud.username()}},
            .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_APP_PASSWORD", cloud.password()}}};
  }

  ScriptedNextcloud cloud;
  TempDirectory home;
};

TEST_F(HostOnNextcloud, ShowsItsPreviewsMadeAnew) {
  cloud.putFile("a.jpg", redAndBlue(400, 300, ".jpg"));
  HostProcess host(configuration(), home.path() / "records.db");
  ASSERT_EQ(curl({host.url() + "/readyz"}).status, 200);
  cloud.clearRequests();

  const auto answer = curl({"-H", "Accept: image/webp", host.storageUrl("thumbnail", "a.jpg")});

  ASSERT_EQ(answer.status, 200) << host.output();
  EXPECT_EQ(answer.headers.at("content-type"), "image/webp");
  // What the scripted server shows of every picture.
  EXPECT_EQ(factsOf(answer.body).width, 64);
  EXPECT_EQ(countOf(cloud.requests(), "/core/preview"), 1);
  EXPECT_EQ(countOf(cloud.requests(), "a.jpg"), 0);
}

/// Later ones may come from the file, where a busy machine makes that look quicker.
TEST_F(HostOnNextcloud, ShowsItsPreviewsFromTheFirstRequestOn) {
  cloud.putFile("a.jpg", redAndBlue(400, 300, ".jpg"));
  HostProcess host(configuration(), home.path() / "records.db");

  ASSERT_EQ(curl({host.storageUrl("thumbnail", "a.jpg")}).status, 200);

  EXPECT_EQ(countOf(cloud.requests(), "x=256"), 1);
  EXPECT_EQ(countOf(cloud.requests(), ".jpg"), 0);
}

TEST_F(HostOnNextcloud, RendersFilesWherePreviewsAreSlower) {
  constexpr int kPictures = 8;
  for (int i = 0; i < kPictures; ++i) {
    cloud.putFile(std::to_string(i) + ".jpg", redAndBlue(400, 300, ".jpg"));
  }
  cloud.misbehave({.pathPart = "/core/preview",
                   .action = scripted::Delay{std::chrono::milliseconds(3000)},
                   .skip = 1});
  HostProcess host(configuration(), home.path() / "records.db");

  for (int i = 0; i < kPictures; ++i) {
    ASSERT_EQ(curl({host.storageUrl("thumbnail", std::to_string(i) + ".jpg")}).status, 200);
  }

  EXPECT_EQ(countOf(cloud.requests(), "x=256"), 1);
  EXPECT_EQ(countOf(cloud.requests(), ".jpg"), kPictures - 1);
}

TEST_F(HostOnNextcloud, RendersWhatHasNoPreview) {
  cloud.putFile("a.webp", redAndBlue(400, 300, ".webp"));
  HostProcess host(configuration(), home.path() / "records.db");
  ASSERT_EQ(curl({host.url() + "/readyz"}).status, 200);

  const auto answer = curl({host.storageUrl("thumbnail", "a.webp")});

  ASSERT_EQ(answer.status, 200) << host.output();
  EXPECT_EQ(factsOf(answer.body).width, 256);
  EXPECT_EQ(countOf(cloud.requests(), "a.webp"), 1);
}

TEST_F(HostOnNextcloud, FindsNothingInTextOfAPicturesName) {
  cloud.putFile("a.jpg", "text");
  HostProcess host(configuration(), home.path() / "records.db");

  EXPECT_EQ(curl({host.storageUrl("thumbnail", "a.jpg")}).status, 404);
}

}  // namespace
}  // namespace mediadock
