#pragma once

/// \file
/// Writes to the scripted Nextcloud that are suspended and gone on with.

#include "dav/dav_client.h"
#include "nextcloud_settings.h"
#include "unit/nextcloud/writing/write_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

class SuspendedWrite : public NextcloudChange {
 protected:
  static inline const StoragePath kFile = StoragePath::parse("f");

  SuspendedWrite() { restart(); }

  /// A provider that has tried what the server can do.
  void restart(const Settings::Values& more = {}) {
    server_.clearRequests();
    configure(more);
    provider_->check({});
    server_.waitForRequests("PROPFIND", "/uploads/", 2);
    server_.waitUntilIdle();
    server_.clearRequests();
  }

  /// Writes the beginning of a file of `size` bytes.
  std::string suspended(const std::string& text, std::uint64_t size) {
    const auto stream = open({.path = kFile}, {.size = size, .mayBeSuspended = true});
    put(*stream, text);
    return stream->suspend();
  }

  std::unique_ptr<IWriteStream> resume(const std::string& token, std::uint64_t size,
                                       WriteTarget target = {.path = kFile}) {
    return provider_->resumeWrite(token, target, {.size = size}, {});
  }

  std::string resumedWith(const std::string& token, const std::string& text, std::uint64_t size) {
    const auto stream = resume(token, size);
    put(*stream, text);
    return stream->suspend();
  }

  void finish(const std::string& token, const std::string& text, std::uint64_t size) {
    const auto stream = resume(token, size);
    put(*stream, text);
    stream->commit();
  }

  void expectGone(const std::string& token, std::uint64_t size) {
    EXPECT_THAT([&] { resume(token, size); }, ThrowsStorageError(StorageErrc::NotFound));
  }

  std::string onlyUpload() const {
    const auto all = server_.openUploads();
    EXPECT_THAT(all, testing::SizeIs(1));
    return all.empty() ? "" : all.front();
  }

  /// Behind the plugin's back.
  void request(const std::string& method, const std::string& chunk, const std::string& body = {}) {
    DavClient client(parseNextcloudSettings(Settings({{"url", server_.url()},
                                                      {"username", server_.username()},
                                                      {"app_password", server_.password()}})));
    const http_client::CallLimits limits({}, {}, std::chrono::seconds(20));
    const auto answer = client.exchange({.method = method,
                                         .target = "/remote.php/dav/uploads/" + server_.username() +
                                                   "/" + onlyUpload() + "/" + chunk},
                                        body, limits);
    EXPECT_LT(answer.status(), 300);
  }

  /// Numbers of the chunks that were sent.
  std::vector<std::string> chunksSent() const {
    std::vector<std::string> names;
    for (const auto& chunk : asked("PUT", "/uploads/")) {
      names.push_back(chunk.path.substr(chunk.path.rfind('/') + 1));
    }
    return names;
  }
};

}  // namespace mediadock::nextcloud
