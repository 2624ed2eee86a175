#pragma once

/// \file
/// The plugin before a scripted Nextcloud.

#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace mediadock::nextcloud {

class ScriptedWorld : public testing::Test {
 protected:
  ScriptedWorld() { provider = open(server.url()); }

  std::unique_ptr<IStorageProvider> open(const std::string& url, const std::string& base = "") {
    const Settings settings({{"url", url},
                             {"username", server.username()},
                             {"password", server.password()},
                             {"base_path", base}});
    return makeNextcloudProvider({settings, log});
  }

  /// Waits for the sweep, too, which the first check starts after it tried uploads; for tests that
  /// count requests.
  void checkAndSweep() {
    provider->check({});
    server.waitForRequests("PROPFIND", "/uploads/", 2);
    server.waitUntilIdle();
  }

  Entry put(const StoragePath& path, std::string_view content) {
    const auto stream = provider->openWrite({.path = path}, {.size = content.size()}, {});
    stream->write(std::as_bytes(std::span(content)));
    return stream->commit();
  }

  static std::string readAll(IReadStream& stream) {
    std::string result;
    std::array<std::byte, 4096> block{};
    while (const auto count = stream.read(block)) {
      result.append(reinterpret_cast<const char*>(block.data()), count);
    }
    return result;
  }

  std::ptrdiff_t requestsOf(const std::string& method, const std::string& pathPart) const {
    const auto all = server.requests();
    return std::count_if(all.begin(), all.end(), [&](const auto& request) {
      return request.method == method && request.path.find(pathPart) != std::string::npos;
    });
  }

  SilentLog log;
  ScriptedNextcloud server;
  std::unique_ptr<IStorageProvider> provider;
};

}  // namespace mediadock::nextcloud
