/// \file
/// The host on a Nextcloud that has every trouble in turn, while people upload, download and look.
/// The environment variable WEATHER names one profile to try alone.

#include "integration/condition.h"
#include "integration/curl.h"
#include "integration/host_process.h"
#include "integration/upload_ledger.h"
#include "support/scripted_nextcloud/profiles.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace mediadock {
namespace {

using testing::IsEmpty;

constexpr unsigned kUsers = 4;
constexpr unsigned kRounds = MEDIADOCK_WEATHER_ROUNDS;
/// Fewer than four chunked uploads would like.
constexpr unsigned kMaxConnections = 6;
constexpr std::size_t kChunkBytes = 2U << 20U;
constexpr std::size_t kSmall = 40000;
constexpr std::size_t kLarge = 3U << 20U;
constexpr const char* kBase = "CRM/";
/// Longer than any answer takes whose host keeps its deadlines.
constexpr const char* kTimeout = "90";
/// Requests to the server for each request to the host, on average in any weather. A chunked upload
/// in calm air takes seven, the others two to four; the rest is for what is sent again.
constexpr std::size_t kRequestsPerOperation = 12;

bool isWanted(const std::string& profile) {
  const char* const alone = std::getenv("WEATHER");
  return alone == nullptr || profile == alone;
}

Poco::JSON::Array::Ptr parseArray(const std::string& json) {
  return Poco::JSON::Parser().parse(json).extract<Poco::JSON::Array::Ptr>();
}

/// Whether the answer is an error that says what is wrong.
bool isProblem(const CurlAnswer& answer) {
  const auto type = answer.headers.find("content-type");
  return answer.exitCode == 0 && answer.status >= 400 && answer.status != 500 &&
         type != answer.headers.end() && type->second.starts_with("application/problem+json");
}

std::string describe(const CurlAnswer& answer) {
  return "status " + std::to_string(answer.status) + ", curl " + std::to_string(answer.exitCode) +
         ": " + answer.body.substr(0, 300);
}

enum class OnConflict { Fail, Rename, Replace };

/// One who works with the host, in a folder of theirs and in one of all.
class User final {
 public:
  User(unsigned number, UploadLedger& ledger)
      : folder_("user" + std::to_string(number)),
        ledger_(ledger) {}

  /// Does each thing once, and returns how many requests that were.
  unsigned work(const HostProcess& host, const std::string& weather) {
    const std::string prefix = weather + "-" + std::to_string(round_++) + "-";
    upload(host, folder_, prefix + "small.bin", kSmall, OnConflict::Fail);
    download(host);
    upload(host, folder_, prefix + "large.bin", kLarge, OnConflict::Rename);
    browse(host);
    upload(host, folder_, "own.bin", round_ % 2 == 0 ? kSmall : kLarge, OnConflict::Replace);
    upload(host, "shared", "same.bin", kSmall, OnConflict::Rename);
    downloadRange(host);
    return 7;
  }

 private:
  void upload(const HostProcess& host, const std::string& folder, const std::string& name,
              std::size_t size, OnConflict onConflict) {
    const unsigned number = ledger_.begin();
    const std::string content = uploadContent(number, size);
    const std::string file = (home_.path() / "file").string();
    std::ofstream(file, std::ios::binary) << content;
    const char* const conflict = onConflict == OnConflict::Fail     ? "fail"
                                 : onConflict == OnConflict::Rename ? "rename"
                                                                    : "replace";
    std::vector<std::string> arguments = {"--max-time", kTimeout,
                                          "-F",         "path=" + folder,
                                          "-F",         std::string("on_conflict=") + conflict};
    if (number % 2 == 0) {
      arguments.insert(arguments.end(), {"-F", "size=" + std::to_string(size)});
    }
    arguments.insert(arguments.end(), {"-F", "file=@" + file + ";filename=" + name,
                                       host.url() + "/api/crm/storage/upload"});
    const CurlAnswer answer = curl(std::move(arguments));
    note(number, folder + "/" + name, content, onConflict, answer);
  }

  void note(unsigned number, const std::string& path, const std::string& content,
            OnConflict onConflict, const CurlAnswer& answer) {
    if (answer.status != 201) {
      EXPECT_TRUE(isProblem(answer)) << path << ": " << describe(answer);
      ledger_.doubt(number, onConflict == OnConflict::Rename ? std::nullopt : std::optional(path));
      own_.erase(path);
      return;
    }
    const auto record = Poco::JSON::Parser().parse(answer.body).extract<Poco::JSON::Object::Ptr>();
    const auto stored = record->getValue<std::string>("nextcloud_path");
    EXPECT_EQ(record->getValue<std::size_t>("size"), content.size()) << stored;
    ledger_.confirm(number, stored);
    if (stored.starts_with(folder_ + "/")) {
      own_[stored] = content;
      last_ = stored;
    }
  }

  void download(const HostProcess& host) const {
    const CurlAnswer answer = curl({"--max-time", kTimeout, host.storageUrl("file", last_)});
    if (answer.status == 200 && answer.exitCode == 0 && own_.contains(last_)) {
      EXPECT_TRUE(answer.body == own_.at(last_)) << last_ << ": other bytes, successfully";
    }
    expectAnswered(answer, 200);
  }

  void downloadRange(const HostProcess& host) const {
    const CurlAnswer answer =
        curl({"--max-time", kTimeout, "--range", "1000-20999", host.storageUrl("file", last_)});
    if (answer.status == 206 && answer.exitCode == 0 && own_.contains(last_)) {
      EXPECT_TRUE(answer.body == own_.at(last_).substr(1000, 20000))
          << last_ << ": other bytes, successfully";
    }
    expectAnswered(answer, 206);
  }

  void browse(const HostProcess& host) const {
    const CurlAnswer answer = curl({"--max-time", kTimeout, host.storageUrl("browse", folder_)});
    expectAnswered(answer, 200);
    if (answer.status != 200) {
      return;
    }
    std::set<std::string> listed;
    const auto entries = parseArray(answer.body);
    for (const auto& entry : *entries) {
      listed.insert(entry.extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("path"));
    }
    for (const auto& [path, content] : own_) {
      EXPECT_TRUE(listed.contains(path)) << path << " is missing in a listing";
    }
  }

  /// A download that breaks off may do so visibly.
  static void expectAnswered(const CurlAnswer& answer, int success) {
    constexpr int kTimedOut = 28;
    EXPECT_NE(answer.exitCode, kTimedOut);
    EXPECT_TRUE(answer.status == success || isProblem(answer)) << describe(answer);
  }

  const std::string folder_;
  UploadLedger& ledger_;
  TempDirectory home_;
  unsigned round_ = 0;
  /// What is sure to stand in the folder.
  std::map<std::string, std::string> own_;
  std::string last_ = "none";
};

class NextcloudWeather : public testing::Test {
 protected:
  NextcloudWeather() {
    for (unsigned i = 0; i < kUsers; ++i) {
      users_.push_back(std::make_unique<User>(i, ledger_));
    }
  }

  std::unique_ptr<HostProcess> startHost() const {
    return std::make_unique<HostProcess>(
        HostConfiguration{
            .settings = {{"storage.provider", "nextcloud"},
                         {"storage.nextcloud.url", server_.url()},
                         {"storage.nextcloud.username", server_.username()},
                         {"storage.nextcloud.base_path", "CRM"},
                         {"storage.nextcloud.chunk_bytes", std::to_string(kChunkBytes)},
                         {"storage.nextcloud.io_timeout_s", "10"},
                         {"storage.nextcloud.max_connections", std::to_string(kMaxConnections)}},
            .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_APP_PASSWORD", server_.password()}}},
        home_.path() / "records.db");
  }

  /// All users at work, the weather as the profile says.
  void weather(const std::string& profile) {
    SCOPED_TRACE(profile);
    const auto host = startHost();
    server_.clearRequests();
    scripted::applyProfile(server_, profile);
    std::atomic<unsigned> operations{0};
    std::vector<std::thread> threads;
    for (const auto& user : users_) {
      threads.emplace_back([&] {
        for (unsigned round = 0; round < kRounds; ++round) {
          operations += user->work(*host, profile);
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    checkManners(operations);
    EXPECT_TRUE(host->process().isRunning()) << host->output();
    scripted::applyProfile(server_, "faithful");
    std::cout << profile << ": " << operations << " operations, " << server_.requests().size()
              << " requests, " << ledger_.confirmedCount() << " uploads confirmed so far\n";
  }

  void checkManners(unsigned operations) const {
    const auto requests = server_.requests();
    EXPECT_LE(server_.maxConcurrentRequests(), kMaxConnections);
    EXPECT_LE(requests.size(), operations * kRequestsPerOperation);
    for (const scripted::LoggedRequest& request : requests) {
      EXPECT_FALSE(request.isChunked) << request.method << ' ' << request.path;
    }
  }

  /// The files of the base folder, by path in it.
  std::map<std::string, std::string> storedFiles() const {
    std::map<std::string, std::string> files;
    for (const std::string& path : server_.listTree()) {
      if (path.starts_with(kBase) && !path.ends_with('/')) {
        files[path.substr(std::string(kBase).size())] = server_.readFile(path).value();
      }
    }
    return files;
  }

  /// Size of each file that the host has a ready record of.
  static std::map<std::string, std::size_t> recordedSizes(const HostProcess& host) {
    const CurlAnswer answer = curl({host.url() + "/api/crm/media?limit=1000"});
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::map<std::string, std::size_t> sizes;
    const auto records = parseArray(answer.body);
    for (const auto& each : *records) {
      const auto record = each.extract<Poco::JSON::Object::Ptr>();
      sizes[record->getValue<std::string>("nextcloud_path")] =
          record->getValue<std::size_t>("size");
    }
    return sizes;
  }

  ScriptedNextcloud server_;
  TempDirectory home_;
  UploadLedger ledger_;
  std::vector<std::unique_ptr<User>> users_;
};

TEST_F(NextcloudWeather, LosesNothingRepeatsNothingAndHammersNothing) {
  for (const scripted::Profile& profile : scripted::profiles()) {
    if (isWanted(profile.name)) {
      weather(profile.name);
    }
  }
  // The next day, so that what could not be deleted in bad weather is old enough to be swept.
  server_.ageUploads(std::chrono::hours(25));
  // A new start settles what was left in doubt.
  const auto host = startHost();
  users_.front()->work(*host, "after");
  const auto files = storedFiles();
  std::map<std::string, std::size_t> sizes;
  for (const auto& [path, content] : files) {
    sizes[path] = content.size();
  }

  EXPECT_GT(ledger_.confirmedCount(), 0U);
  EXPECT_THAT(ledger_.audit(files), IsEmpty());
  EXPECT_EQ(recordedSizes(*host), sizes);
  EXPECT_TRUE(eventually([&] { return server_.openUploads().empty(); }))
      << testing::PrintToString(server_.openUploads());
}

}  // namespace
}  // namespace mediadock
