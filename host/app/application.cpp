#include "app/application.h"

#include "app/config/default_folders.h"
#include "media/rules/reconcile.h"
#include "media/uploads/resumable_uploads.h"
#include "mediadock/storage_error.h"
#include "records/open_record_store.h"
#include "storage/caching/cached_provider.h"
#include "storage/completion/completed_provider.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace mediadock::app {
namespace {

/// Runs before the server starts: later, an upload in flight would look like one left behind.
std::shared_ptr<records::IRecordStore> openSettledRecords(const Config& config,
                                                          IStorageProvider& provider) {
  // So that a request can report a busy database before its own deadline.
  const auto timeout = std::min<std::chrono::milliseconds>(
      records::SqlDatabase::kTimeout, std::chrono::milliseconds(config.http.requestTimeout) / 2);
  std::shared_ptr<records::IRecordStore> records =
      records::openRecordStore(config.recordsUrl, config.recordsPassword, timeout);
  Poco::Logger& log = Poco::Logger::get("app");
  records->uploadKeys().endLeases();
  records->leaveAllOpen(std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now()));
  try {
    for (const media::Reconciled& resolved :
         media::reconcile(provider, *records, {}, startContext())) {
      log.warning("left unfinished: " + resolved.description);
    }
  } catch (const StorageError& error) {
    log.warning(std::string("what an earlier host left unfinished is found out later: ") +
                error.what());
  }
  return records;
}

std::shared_ptr<cache::BlobCache> openCache(const cache::BlobCacheSettings& settings) {
  return std::make_shared<cache::BlobCache>(
      settings, [](const std::string& problem) { Poco::Logger::get("cache").warning(problem); });
}

/// Distinguishes the configured storage from others that share the cache.
std::string storageName(const HostSetup& setup) {
  std::string name = setup.config.providerName;
  const auto& values = setup.section.values();
  for (const SettingSpec& spec : setup.registry.settingsOf(setup.config.providerName)) {
    if (const auto value = values.find(spec.key); value != values.end() && !spec.isSecret) {
      name.append(" ").append(spec.key).append("=").append(value->second);
    }
  }
  return name;
}

std::shared_ptr<IStorageProvider> throughCache(std::shared_ptr<IStorageProvider> provider,
                                               cache::BlobCache& cache, const HostSetup& setup) {
  if (setup.config.cache.maxBytes == 0 || provider->capabilities().localFiles) {
    return provider;
  }
  return storage::makeCached(
      std::move(provider), cache,
      {.identity = storageName(setup), .revalidateAfter = setup.config.revalidateAfter});
}

media::ThumbnailSettings thumbnailSettings(const HostSetup& setup,
                                           std::shared_ptr<cache::BlobCache> cache) {
  media::ThumbnailSettings settings{
      .program = findThumbnailer(),
      .cache = std::move(cache),
      .storageName = storageName(setup),
      .atOnce = std::clamp(std::thread::hardware_concurrency() / 2, 2U, 8U)};
  if (settings.program.empty()) {
    Poco::Logger::get("app").warning("mediadock-thumbnailer is not there: no thumbnails are made");
  }
  return settings;
}

void resolveOpen(media::MediaService& media, const CallContext& context) {
  for (const media::Reconciled& resolved : media.outcomes().resolveDue(context)) {
    Poco::Logger::get("app").warning("was left open: " + resolved.description);
  }
}

}  // namespace

Application::Application(const HostSetup& setup)
    : providerLog_(setup.config.providerName),
      provider_(storage::completeProvider(
          setup.registry.open(setup.config.providerName, setup.section, providerLog_))),
      records_(openSettledRecords(setup.config, *provider_)),
      cache_(openCache(setup.config.cache)),
      media_(throughCache(provider_, *cache_, setup), records_, setup.config.deniedTypes,
             setup.config.resumableUploads, thumbnailSettings(setup, cache_)),
      server_(setup.config.http, media_),
      sweep_("expired uploads wait for the next sweep", std::chrono::minutes(1),
             [this](const CallContext& context) { media_.resumableUploads().sweep(context); }),
      settling_("operations of open outcome wait", std::chrono::seconds(1),
                [this](const CallContext& context) { resolveOpen(media_, context); }) {}

Application::~Application() {
  stop();
}

void Application::start() {
  server_.start();
  sweep_.start();
  settling_.start();
}

void Application::stop() {
  // The server first: the others may be held up in a plugin.
  server_.stop();
  sweep_.stop();
  settling_.stop();
  provider_->shutdown();
}

}  // namespace mediadock::app
