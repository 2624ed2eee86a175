#pragma once

/// \file
/// The plugin on a scripted Nextcloud, for tests of what it changes there.

#include "mediadock/storage_error.h"
#include "nextcloud_provider.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

/// Part of the path of each chunk.
inline constexpr const char* kChunks = "/uploads/";

class NextcloudChange : public testing::Test {
 protected:
  static constexpr std::size_t kChunk = 1000;

  NextcloudChange() { configure({}); }

  /// Makes the provider anew, with these settings besides.
  void configure(const Settings::Values& more) {
    Settings::Values values{{"url", server_.url()},
                            {"username", server_.username()},
                            {"app_password", server_.password()},
                            {"chunk_bytes", std::to_string(kChunk)},
                            {"io_timeout_s", "0.4"}};
    for (const auto& [key, value] : more) {
      values[key] = value;
    }
    const Settings settings(values);
    provider_ = makeNextcloudProvider({settings, log_});
  }

  std::unique_ptr<IWriteStream> open(WriteTarget target, const WriteOptions& options = {},
                                     const CallContext& context = {}) {
    return provider_->openWrite(target, options, context);
  }

  static void put(IWriteStream& stream, const std::string& text) {
    stream.write(std::as_bytes(std::span(text)));
  }

  Entry write(const std::string& path, const std::string& text, const WriteOptions& options = {}) {
    return write(WriteTarget{.path = StoragePath::parse(path)}, text, options);
  }

  Entry write(const WriteTarget& target, const std::string& text,
              const WriteOptions& options = {}) {
    const auto stream = open(target, options);
    put(*stream, text);
    return stream->commit();
  }

  std::vector<scripted::LoggedRequest> asked(const std::string& method,
                                             const std::string& pathPart = {}) const {
    auto all = server_.requests();
    std::erase_if(all, [&](const auto& request) {
      return request.method != method || request.path.find(pathPart) == std::string::npos;
    });
    return all;
  }

  static std::string field(const scripted::LoggedRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? "(none)" : found->second;
  }

  SilentLog log_;
  ScriptedNextcloud server_;
  std::unique_ptr<IStorageProvider> provider_;
};

}  // namespace mediadock::nextcloud
