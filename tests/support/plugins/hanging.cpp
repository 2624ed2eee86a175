// A plugin that does not come back from the call it is told, whatever its context says.

#include "mediadock/plugin.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

namespace mediadock {
namespace {

constexpr SettingSpec kSettings[] = {
    {"call", "", "The call that hangs: factory, capabilities, stat, read, close and so on."},
    {"until", "", "A file whose existence lets it return. Without: never."}};

class Hang {
 public:
  explicit Hang(const Settings& settings)
      : call_(settings.text("call")),
        until_(settings.text("until")) {}

  void in(std::string_view call) const {
    while (call == call_ && (until_.empty() || !std::filesystem::exists(until_))) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

 private:
  const std::string call_;
  const std::filesystem::path until_;
};

constexpr std::string_view kContent = "content";

Entry entryAt(const StoragePath& path) {
  return {.path = path, .size = kContent.size(), .etag = ETag{.value = "one"}};
}

class HangingReadStream final : public IReadStream {
 public:
  HangingReadStream(const Hang& hang, const StoragePath& path)
      : hang_(hang),
        info_{.entry = entryAt(path), .length = kContent.size()} {}

  ~HangingReadStream() override { hang_.in("close"); }

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    hang_.in("read");
    const auto left = std::as_bytes(std::span(kContent)).subspan(given_);
    const auto count = std::min(buffer.size(), left.size());
    std::copy_n(left.begin(), count, buffer.begin());
    given_ += count;
    return count;
  }

 private:
  const Hang& hang_;
  ReadInfo info_;
  std::size_t given_ = 0;
};

/// Any path is a file of the same content; nothing can be changed.
class HangingProvider final : public IStorageProvider {
 public:
  explicit HangingProvider(const Settings& settings) : hang_(settings) {}

  Capabilities capabilities() const override {
    hang_.in("capabilities");
    return {.etag = true, .localFiles = true};
  }

  void check(const CallContext& /*context*/) override { hang_.in("check"); }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& /*context*/) override {
    hang_.in("stat");
    return entryAt(path);
  }

  ListPage list(const StoragePath& /*path*/, const ListOptions& /*options*/,
                const CallContext& /*context*/) override {
    hang_.in("list");
    return {};
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& /*options*/,
                                        const CallContext& /*context*/) override {
    hang_.in("openRead");
    return std::make_unique<HangingReadStream>(hang_, path);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& /*target*/,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    throw StorageError(StorageErrc::PermissionDenied, "nothing can be changed");
  }

  void remove(const StoragePath& /*path*/, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    throw StorageError(StorageErrc::PermissionDenied, "nothing can be changed");
  }

  void shutdown() noexcept override { hang_.in("shutdown"); }

 private:
  const Hang hang_;
};

std::unique_ptr<IStorageProvider> makeProvider(const ProviderContext& context) {
  Hang(context.settings).in("factory");
  return std::make_unique<HangingProvider>(context.settings);
}

}  // namespace
}  // namespace mediadock

MEDIADOCK_PLUGIN("hanging", MEDIADOCK_VERSION, mediadock::kSettings, mediadock::makeProvider);
