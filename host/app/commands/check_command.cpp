#include "app/commands/commands.h"
#include "app/host_setup.h"
#include "app/logging.h"
#include "http/server/server.h"
#include "http/syntax/http_date.h"
#include "media/media_service.h"
#include "mediadock/storage_error.h"
#include "records/open_record_store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace mediadock::app {
namespace {

/// Checks one part after the other, prints each result, and keeps the exit code of the first
/// failure.
class Examination {
 public:
  explicit Examination(Console& console) : console_(console) {}

  void of(const std::string& part, const std::function<std::string()>& look) {
    try {
      console_.print(part + ": ok, " + look());
    } catch (const StorageError& error) {
      console_.print(part + ": " + error.what());
      if (result_ == ExitCode::Done) {
        result_ = exitCodeOf(error.code());
      }
    }
  }

  ExitCode result() const { return result_; }

 private:
  Console& console_;
  ExitCode result_ = ExitCode::Done;
};

/// The same host with any free port, so that a running host does not interfere.
http::HttpSettings onFreePort(http::HttpSettings settings) {
  settings.address = settings.address.substr(0, settings.address.rfind(':')) + ":0";
  return settings;
}

std::string lookAtServer(const http::HttpSettings& settings,
                         const std::shared_ptr<IStorageProvider>& provider,
                         const std::shared_ptr<records::IRecordStore>& records) {
  media::MediaService media(provider, records);
  const http::HttpServer server(onFreePort(settings), media);
  return settings.address + " can be served on if its port is free";
}

std::string lookAtStorage(IStorageProvider& provider) {
  provider.check(startContext());
  std::string found = "it can be used";
  for (const auto& evidence : provider.capabilities().evidence) {
    found += "\n  " + evidence.ability + ": " + evidence.answered + " (" + evidence.asked + ", " +
             http::formatRfc3339(evidence.at) + ")";
  }
  return found;
}

}  // namespace

ExitCode check(const ConfigInput& input, Console& console) {
  std::optional<HostSetup> setup;
  std::shared_ptr<IStorageProvider> provider;
  std::shared_ptr<records::IRecordStore> records;
  Examination examination(console);
  examination.of("configuration", [&] {
    setup.emplace(setUpHost(input, PluginCare::Probe));
    return std::string("all keys are known");
  });
  if (!setup) {
    return examination.result();
  }
  const Config& config = setup->config;
  console.hide(setup->redactor);
  startLogging(config.log, setup->redactor);
  ProviderLog log(config.providerName);
  examination.of("plugin", [&] {
    provider = setup->registry.open(config.providerName, setup->section, log);
    return config.providerName + " is loaded";
  });
  if (provider) {
    examination.of("storage", [&] { return lookAtStorage(*provider); });
  }
  examination.of("records", [&] {
    records = records::openRecordStore(config.recordsUrl, config.recordsPassword);
    records->check();
    return config.recordsUrl;
  });
  if (provider && records) {
    examination.of("http", [&] { return lookAtServer(config.http, provider, records); });
  }
  return examination.result();
}

}  // namespace mediadock::app
