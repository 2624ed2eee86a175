// A plugin that fails wherever it is told to, with exceptions that may not leave a plugin.

#include "mediadock/plugin.h"

#include <stdexcept>
#include <string>

namespace mediadock {
namespace {

constexpr SettingSpec kSettings[] = {
    {"factory", "", "What the factory does: standard, integer, storage, null."},
    {"method", "standard", "What methods throw: standard, integer, storage."},
    {"streams", "false", "Whether opening gives streams, whose methods then throw."}};

[[noreturn]] void fail(const std::string& how) {
  if (how == "integer") {
    throw 42;
  }
  if (how == "storage") {
    throw StorageError(StorageErrc::Locked, "somebody else works on it");
  }
  throw std::runtime_error("broken on purpose");
}

class ThrowingReadStream final : public IReadStream {
 public:
  ThrowingReadStream(std::string how, const StoragePath& path) : how_(std::move(how)) {
    info_.entry.path = path;
  }

  const ReadInfo& info() const override {
    if (info_.entry.path.isRoot()) {
      fail(how_);
    }
    return info_;
  }

  std::size_t read(std::span<std::byte> /*buffer*/) override { fail(how_); }

  std::optional<FileRegion> file() const override { fail(how_); }

 private:
  std::string how_;
  /// That of the root throws.
  ReadInfo info_;
};

class ThrowingWriteStream final : public IWriteStream {
 public:
  explicit ThrowingWriteStream(std::string how) : how_(std::move(how)) {}

  void write(std::span<const std::byte> /*bytes*/) override { fail(how_); }

  void flush() override { fail(how_); }

  std::string suspend() override { fail(how_); }

  void retarget(WriteTarget /*target*/) override { fail(how_); }

  Entry commit() override { fail(how_); }

  void abort() noexcept override {}

 private:
  std::string how_;
};

class ThrowingProvider final : public IStorageProvider {
 public:
  ThrowingProvider(std::string how, bool hasStreams)
      : how_(std::move(how)),
        hasStreams_(hasStreams) {}

  Capabilities capabilities() const override { fail(how_); }

  void check(const CallContext& /*context*/) override { fail(how_); }

  std::optional<Entry> stat(const StoragePath& /*path*/, const CallContext& /*context*/) override {
    fail(how_);
  }

  ListPage list(const StoragePath& /*path*/, const ListOptions& /*options*/,
                const CallContext& /*context*/) override {
    fail(how_);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& /*options*/,
                                        const CallContext& /*context*/) override {
    if (hasStreams_) {
      return std::make_unique<ThrowingReadStream>(how_, path);
    }
    fail(how_);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& /*target*/,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    if (hasStreams_) {
      return std::make_unique<ThrowingWriteStream>(how_);
    }
    fail(how_);
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& /*token*/,
                                            const WriteTarget& /*target*/,
                                            const WriteOptions& /*options*/,
                                            const CallContext& /*context*/) override {
    fail(how_);
  }

  void dropWrite(const std::string& /*token*/, const CallContext& /*context*/) override {
    fail(how_);
  }

  void remove(const StoragePath& /*path*/, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    fail(how_);
  }

  bool makeDirectory(const StoragePath& /*path*/, const CallContext& /*context*/) override {
    fail(how_);
  }

  Entry copy(const StoragePath& /*from*/, const StoragePath& /*to*/, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    fail(how_);
  }

  Entry move(const StoragePath& /*from*/, const StoragePath& /*to*/, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    fail(how_);
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& /*path*/,
                                           const PreviewOptions& /*options*/,
                                           const CallContext& /*context*/) override {
    fail(how_);
  }

  Quota quota(const CallContext& /*context*/) override { fail(how_); }

  void shutdown() noexcept override {}

 private:
  std::string how_;
  bool hasStreams_;
};

std::unique_ptr<IStorageProvider> makeProvider(const ProviderContext& context) {
  const std::string factory = context.settings.text("factory");
  if (factory == "null") {
    return nullptr;
  }
  if (!factory.empty()) {
    fail(factory);
  }
  return std::make_unique<ThrowingProvider>(context.settings.text("method", "standard"),
                                            context.settings.flag("streams", false));
}

}  // namespace
}  // namespace mediadock

MEDIADOCK_PLUGIN("throwing", "1.0.0", mediadock::kSettings, mediadock::makeProvider);
