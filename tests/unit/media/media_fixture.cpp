#include "unit/media/media_fixture.h"

#include "mediadock/plugin.h"
#include "mediadock/storage_error.h"
#include "records/open_record_store.h"
#include "storage/completion/completed_provider.h"

#include <Poco/Crypto/DigestEngine.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>

extern "C" const mediadock::PluginDescriptor mediadock_plugin_descriptor;

namespace mediadock::media {
namespace {

class SilentLog final : public ILogSink {
 public:
  void log(LogLevel /*level*/, std::string_view /*message*/) noexcept override {}
};

std::shared_ptr<IStorageProvider> makeStorage(const std::string& without) {
  static SilentLog log;
  const Settings settings({{"without", without}});
  CreateFailure failure;
  auto* const provider =
      mediadock_plugin_descriptor.create(ProviderContext{settings, log}, failure);
  if (provider == nullptr) {
    throw std::runtime_error(failure.message);
  }
  return {provider, mediadock_plugin_descriptor.destroy};
}

std::string sha256(const std::string& content) {
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(content);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

std::span<const std::byte> bytesOf(const std::string& content) {
  return std::as_bytes(std::span(content));
}

}  // namespace

MediaWorld::MediaWorld(const std::string& without, const std::string& deniedTypes)
    : storage(makeStorage(without)),
      deniedTypes_(deniedTypes) {
  restart();
}

void MediaWorld::failAt(const std::string& step, StorageErrc code, Retry retry) {
  onStep([=](const std::string& current) {
    if (current == step) {
      throw StorageError({.code = code, .message = "injected", .retry = retry});
    }
  });
}

void MediaWorld::restart() {
  service.reset();
  store.reset();
  interceptor_ = {};
  store = records::openRecordStore("sqlite:" + (folder.path() / "media.db").string(), "");
  const Interceptor forward = [this](const std::string& step) {
    // A copy, since an interceptor may end itself.
    if (const auto interceptor = interceptor_) {
      interceptor(step);
    }
  };
  service = std::make_unique<MediaService>(storage::completeProvider(intercept(storage, forward)),
                                           intercept(store, forward), deniedTypes_, resumable,
                                           thumbnails);
}

records::MediaRecord MediaWorld::upload(const std::string& name, const UploadFields& fields,
                                        const std::string& content) {
  const auto upload = service->uploads().start(name, fields, context);
  upload->write(bytesOf(content));
  return upload->commit(fields);
}

void MediaWorld::put(const StoragePath& path, const std::string& content) {
  const auto stream = storage->openWrite({.path = path}, {.size = content.size()}, context);
  stream->write(bytesOf(content));
  stream->commit();
}

std::string MediaWorld::contentOf(const StoragePath& path) {
  const auto stream = storage->openRead(path, {}, context);
  std::string content(stream->info().length.value(), '\0');
  std::size_t count = 0;
  while (count < content.size()) {
    count += stream->read(std::as_writable_bytes(std::span(content).subspan(count)));
  }
  return content;
}

std::vector<std::string> MediaWorld::files() {
  std::vector<std::string> found;
  collectFiles(StoragePath(), found);
  std::sort(found.begin(), found.end());
  return found;
}

void MediaWorld::collectFiles(const StoragePath& from, std::vector<std::string>& found) {
  for (const auto& entry : storage->list(from, {}, context).entries) {
    if (entry.isDirectory()) {
      collectFiles(entry.path, found);
    } else {
      found.push_back(entry.path.str());
    }
  }
}

std::vector<std::string> MediaWorld::records() {
  std::vector<std::string> found;
  for (const auto& record : store->findUnder(StoragePath(), 100, {}, 10000)) {
    found.push_back(record.path.str());
  }
  return found;
}

void MediaWorld::expectInStep() {
  EXPECT_EQ(records(), files());
  EXPECT_THAT(store->unfinished(), testing::SizeIs(0));
  for (const auto& record : store->findUnder(StoragePath(), 100, {}, 10000)) {
    EXPECT_EQ(record.sha256, sha256(contentOf(record.path))) << record.path.str();
    EXPECT_EQ(record.filename, record.path.name());
  }
}

}  // namespace mediadock::media
