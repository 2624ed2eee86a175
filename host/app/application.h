#pragma once

/// \file
/// The serving host as one object.

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

namespace mediadock {

/// Owns provider, records, cache, media service and server; made bottom-up, ended top-down. Belongs
/// to one thread.
class Application final {
 public:
  /// Opens the provider and the records, settles what an earlier host left unfinished, and binds
  /// the address. A storage that cannot be reached is logged and no failure.
  /// \throws StorageError `ConfigInvalid`; another code where the database cannot be opened.
  explicit Application(const HostSetup& setup);
  ~Application();

  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;
  Application(Application&&) = delete;
  Application& operator=(Application&&) = delete;

  /// Begins to serve. Returns at once.
  void start();

  /// Ends what is in flight, as `HttpServer::stop` does. The destructor does so, too.
  void stop();

  /// Where it serves: `http://HOST:PORT`.
  std::string url() const { return server_.url(); }

 private:
  ProviderLog providerLog_;
  std::shared_ptr<IStorageProvider> provider_;
  std::shared_ptr<IRecordStore> records_;
  std::shared_ptr<BlobCache> cache_;
  MediaService media_;
  HttpServer server_;
  /// Clears away uploads that their clients never finished.
  BackgroundTask sweep_;
  /// Finds out what became of operations whose outcome is open.
  BackgroundTask settling_;
};

}  // namespace mediadock
