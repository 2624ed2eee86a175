#pragma once

/// \file
/// The way of writing to a plain WebDAV server, on a scripted Nextcloud.

#include "nextcloud_settings.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "unit/nextcloud/writing/write_fixture.h"
#include "writing/temporary_upload.h"

#include <memory>
#include <string>

namespace mediadock::nextcloud {

/// The files tree of a Nextcloud, written to as if it were a plain server's.
class TemporaryWrite : public NextcloudChange {
 protected:
  std::unique_ptr<IWriteStream> openPlain(const std::string& path, WriteOptions options = {},
                                          const CallContext& context = {}) {
    WriteContext write{
        DavTree(client_, facts_),
        locks_,
        sizes_,
        kept_,
        looks_,
        sweep_,
        settings_,
        std::make_unique<http_client::CallLimits>(context, std::stop_token(), settings_.ioTimeout)};
    return makeTemporaryUpload(std::move(write), {.path = StoragePath::parse(path)},
                               std::move(options));
  }

  void writePlain(const std::string& text, const std::string& path = "f") {
    const auto stream = openPlain(path);
    put(*stream, text);
    stream->commit();
  }

  NextcloudSettings settings_ = parseNextcloudSettings(
      Settings({{"url", server_.url() + "/remote.php/dav/files/" + server_.username()},
                {"username", server_.username()},
                {"app_password", server_.password()},
                {"chunk_bytes", std::to_string(kChunk)},
                {"max_connections", "4"},
                {"io_timeout_s", "0.4"}}));
  DavClient client_{settings_};
  std::shared_ptr<const ServerFacts> facts_ = std::make_shared<ServerFacts>(
      ServerFacts{.urls = DavUrls(settings_.origin, settings_.rootSegments)});
  PathLocks locks_;
  ChunkSizes sizes_;
  SuspendedWrites kept_{0};
  RecentLooks looks_;
  UploadSweep sweep_{client_, std::stop_token()};
};

}  // namespace mediadock::nextcloud
