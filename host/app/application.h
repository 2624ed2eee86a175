#pragma once

/// \file
/// The serving host: provider, records, cache, media service and HTTP server.

#include "app/background_task.h"
#include "app/host_setup.h"
#include "app/logging.h"
#include "cache/blob_cache.h"
#include "http/server/server.h"
#include "media/media_service.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>
#include <string>

namespace mediadock::app {

/// Owns all parts of the host; constructed bottom-up, stopped top-down. Not thread-safe.
class Application final {
 public:
  /// Opens the provider and the records, resolves what an earlier host left unfinished, and binds
  /// the address. An unreachable storage is logged and is not an error.
  /// \throws StorageError `ConfigInvalid`; another code if the database cannot be opened.
  explicit Application(const HostSetup& setup);
  ~Application();

  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;
  Application(Application&&) = delete;
  Application& operator=(Application&&) = delete;

  /// Starts serving and returns at once.
  void start();

  /// Stops requests in flight, as `HttpServer::stop` does. Also called by the destructor.
  void stop();

  /// The address it serves: `http://HOST:PORT`.
  std::string url() const { return server_.url(); }

 private:
  ProviderLog providerLog_;
  std::shared_ptr<IStorageProvider> provider_;
  std::shared_ptr<records::IRecordStore> records_;
  std::shared_ptr<cache::BlobCache> cache_;
  media::MediaService media_;
  http::HttpServer server_;
  /// Removes uploads that their clients never finished.
  BackgroundTask sweep_;
  /// Resolves operations whose outcome is open.
  BackgroundTask settling_;
};

}  // namespace mediadock::app
