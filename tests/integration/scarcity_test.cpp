/// \file
/// A host that has little of what it needs: descriptors, room on the disk.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/raw_http.h"
#include "support/temp_directory.h"

#include <Poco/URI.h>
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/mount.h>
#include <unistd.h>

namespace mediadock {
namespace {

class Scarcity : public testing::Test {
 protected:
  HostConfiguration underShell(const std::string& preparation) const {
    return {.settings = {{"storage.localdisk.root", (scarce_ / "media").string()}},
            .runner = {"sh", "-ec", preparation + R"(; exec "$0" "$@")"}};
  }

  std::string makeFile(const std::string& name, std::size_t bytes) const {
    auto file = (home_.path() / name).string();
    std::ofstream(file) << std::string(bytes, 'x');
    return file;
  }

  CurlAnswer upload(const HostProcess& host, const std::string& file) const {
    return curl({"-F", "nextcloud_path=folder", "-F", "file=@" + file,
                 host.url() + "/api/crm/storage/upload"});
  }

  TempDirectory home_;
  /// What is scarce there lies on it.
  std::filesystem::path scarce_ = home_.path() / "scarce";
};

TEST_F(Scarcity, SilentConnectionsGiveWayWhereDescriptorsRunOut) {
  constexpr int kSilent = 120;
  const HostProcess host(underShell("ulimit -n 64"), scarce_ / "records.db");
  const auto port = Poco::URI(host.url()).getPort();
  const auto file = makeFile("a.txt", 100000);
  std::deque<RawConnection> silent;
  for (int i = 0; i < kSilent; ++i) {
    silent.emplace_back(port).send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    ASSERT_EQ(silent.back().receive().status(), 200) << i;
  }

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(upload(host, file).status, 201) << host.output();
    EXPECT_EQ(curl({host.storageUrl("file", "folder/a.txt")}).status, 200);
    EXPECT_EQ(curl({host.storageUrl("browse", "folder")}).status, 200);
    EXPECT_EQ(curl({"-X", "DELETE", host.storageUrl("file", "folder/a.txt")}).status, 204);
  }
}

/// A file system of a few megabytes of its own, as root or as whoever may have a name space.
std::string smallDisk(const std::filesystem::path& folder) {
  return "mount -t tmpfs -o size=6m none " + folder.string();
}

/// Runs a command where nobody else sees what it mounts; below a root that is no mount point, as in
/// a chroot, others may see it, too.
constexpr const char* kWithMounts =
    R"(unshare --mount true 2>&1 || set -- --propagation unchanged "$@"; exec unshare --mount "$@")";

class FullDisk : public Scarcity {
 protected:
  FullDisk() { std::filesystem::create_directories(scarce_); }

  /// Where others saw it, it would be left.
  ~FullDisk() override { ::umount2(scarce_.c_str(), MNT_DETACH); }

  HostConfiguration onSmallDisk() const {
    auto configuration = underShell(smallDisk(scarce_));
    const auto begin = configuration.runner.begin();
    if (::geteuid() == 0) {
      configuration.runner.insert(begin, {"sh", "-c", kWithMounts, "sh"});
    } else {
      configuration.runner.insert(begin, {"unshare", "--mount", "--map-root-user"});
    }
    return configuration;
  }
};

TEST_F(FullDisk, IsFreedByDeletion) {
  const HostProcess host(onSmallDisk(), scarce_ / "records.db");
  const auto large = makeFile("large", 1 << 20);
  const auto small = makeFile("small", 3000);
  int files = 0;
  while (upload(host, large).status == 201) {
    ++files;
  }
  int smallFiles = 0;
  while (upload(host, small).status == 201) {
    ++smallFiles;
  }
  ASSERT_GT(files, 0) << host.output();
  ASSERT_GT(smallFiles, 0) << host.output();
  ASSERT_LT(smallFiles, 2000) << "the disk is not full";

  EXPECT_EQ(curl({"-X", "DELETE", host.storageUrl("file", "folder/small")}).status, 204)
      << host.output();
  EXPECT_EQ(curl({"-X", "DELETE", host.storageUrl("file", "folder/large")}).status, 204)
      << host.output();
  EXPECT_EQ(curl({host.storageUrl("file", "folder/large")}).status, 404);
  EXPECT_EQ(upload(host, small).status, 201);
  EXPECT_EQ(curl({"-X", "DELETE", host.storageUrl("file", "folder") + "&recursive=1"}).status, 204);
}

}  // namespace
}  // namespace mediadock
