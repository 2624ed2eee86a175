/// \file
/// The systemd unit that the documentation gives, and the real host with its restrictions.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/pictures.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

namespace mediadock {
namespace {

TEST(ServiceUnit, ScoresAtMostOnePointFive) {
  // Fails above so many tenths.
  EXPECT_NO_THROW(runProgram({"systemd-analyze", "--no-pager", "security", "--offline=true",
                              "--threshold=15", MEDIADOCK_UNIT}));
}

TEST(ServiceUnit, RefusesNamespacesWhereItIsTried) {
  ChildProcess process({.command = {MEDIADOCK_RUN_AS_UNIT, MEDIADOCK_UNIT, "unshare", "--user",
                                    "--map-root-user", "true"}});

  EXPECT_NE(process.waitForExit(), 0);
  EXPECT_THAT(process.standardError(), testing::HasSubstr("Operation not permitted"));
}

class HostAsUnit : public testing::Test {
 protected:
  HostAsUnit() {
    std::filesystem::create_directory(root());
    runProgram({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key(), "-out", certificate()});
    host = std::make_unique<HostProcess>(
        HostConfiguration{.settings = {{"storage.localdisk.root", root()},
                                       {"http.tls.certificate", certificate()},
                                       {"http.tls.key", key()}},
                          .runner = {MEDIADOCK_RUN_AS_UNIT, MEDIADOCK_UNIT}},
        home.path() / "records.db");
  }

  std::string root() const { return home.path() / "media"; }

  std::string key() const { return home.path() / "key.pem"; }

  std::string certificate() const { return home.path() / "certificate.pem"; }

  CurlAnswer ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--cacert", certificate()});
    return curl(std::move(arguments));
  }

  CurlAnswer upload(const std::string& name, const std::string& content) const {
    const auto file = home.path() / name;
    std::ofstream(file, std::ios::binary) << content;
    return ask({"-F", "nextcloud_path=", "-F", "file=@" + file.string(),
                host->url() + "/api/crm/storage/upload"});
  }

  TempDirectory home;
  std::unique_ptr<HostProcess> host;
};

TEST_F(HostAsUnit, IsRestrictedByIt) {
  std::ifstream file("/proc/" + std::to_string(host->process().pid()) + "/status");
  const std::string status{std::istreambuf_iterator<char>(file), {}};

  // Of namespaces, executable memory, address families, system calls.
  EXPECT_THAT(status, testing::AllOf(testing::ContainsRegex("Seccomp_filters:\t[4-9]"),
                                     testing::HasSubstr("NoNewPrivs:\t1"),
                                     testing::HasSubstr("CapEff:\t0000000000000000"),
                                     testing::HasSubstr("Umask:\t0077")));
}

TEST_F(HostAsUnit, StoresServesAndRemoves) {
  const std::string content(3'000'000, 'x');

  ASSERT_EQ(upload("a.txt", content).status, 201) << host->output();
  EXPECT_EQ(ask({host->storageUrl("file", "a.txt")}).body, content);
  EXPECT_EQ(ask({"-r", "10-19", host->storageUrl("file", "a.txt")}).body.size(), 10);
  EXPECT_EQ(ask({host->storageUrl("browse", "")}).status, 200);
  EXPECT_EQ(ask({"-X", "DELETE", host->storageUrl("file", "a.txt")}).status, 204);
  EXPECT_THAT(host->url(), testing::StartsWith("https://"));
}

TEST_F(HostAsUnit, MakesThumbnailsOfEveryFormat) {
  for (const std::string suffix : {".jpg", ".png", ".webp", ".gif", ".avif", ".heic"}) {
    ASSERT_EQ(upload("a" + suffix, redAndBlue(400, 300, suffix)).status, 201) << host->output();

    const CurlAnswer answer = ask({host->storageUrl("thumbnail", "a" + suffix)});

    ASSERT_EQ(answer.status, 200) << suffix << "\n" << host->output();
    EXPECT_EQ(factsOf(answer.body).width, 256);
  }
}

TEST_F(HostAsUnit, EndsDownloadsBeforeItEnds) {
  const std::string content(8'000'000, 'x');
  ASSERT_EQ(upload("a.txt", content).status, 201) << host->output();
  const auto access = home.path() / "received";
  ChildProcess download(
      {.command = {"curl", "--silent", "--cacert", certificate(), "--output", access,
                   "--limit-rate", "4M", "--max-time", "60", host->storageUrl("file", "a.txt")}});
  while (!std::filesystem::exists(access) || std::filesystem::file_size(access) == 0) {
    std::this_thread::yield();
  }

  host->process().signal(SIGTERM);

  EXPECT_EQ(download.waitForExit(), 0);
  EXPECT_EQ(std::filesystem::file_size(access), content.size());
  EXPECT_EQ(host->process().waitForExit(), 0);
}

}  // namespace
}  // namespace mediadock
