#pragma once

/// \file
/// The one symbol that a plugin exports, and the macro that defines it.
///
///     namespace {
///     constexpr mediadock::SettingSpec kSettings[] = {{"root", "var/media", "Folder to keep."}};
///     }
///     MEDIADOCK_PLUGIN("shelf", "1.0.0", kSettings, makeShelfProvider);
///
/// where `makeShelfProvider` takes a `const ProviderContext&` and returns a
/// `std::unique_ptr<IStorageProvider>`. The library is called `libmediadock_shelf.so`.

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_provider.h"
#include "mediadock/version.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>

namespace mediadock {

/// The ABI version. `major` is raised when the layout, order or meaning of anything in
/// `core/include` changes, `minor` when something is added that old plugins need not know.
inline constexpr std::uint16_t kPluginAbiMajor = 6;
inline constexpr std::uint16_t kPluginAbiMinor = 0;

/// "MDOCKPLG" in ASCII.
inline constexpr std::uint64_t kPluginMagic = 0x4D444F434B504C47;

#define MEDIADOCK_STRINGIFY_(x) #x
#define MEDIADOCK_STRINGIFY(x) MEDIADOCK_STRINGIFY_(x)

#if defined(__clang__)
#define MEDIADOCK_COMPILER_ "clang " MEDIADOCK_STRINGIFY(__clang_major__)
#else
#define MEDIADOCK_COMPILER_ "gcc " MEDIADOCK_STRINGIFY(__GNUC__)
#endif

#if defined(__SANITIZE_ADDRESS__)
#define MEDIADOCK_SANITIZER_ "address"
#elif defined(__SANITIZE_THREAD__)
#define MEDIADOCK_SANITIZER_ "thread"
#else
#define MEDIADOCK_SANITIZER_ "none"
#endif

/// What host and plugin must have in common, since C++ types cross the boundary.
#define MEDIADOCK_BUILD_FINGERPRINT \
  MEDIADOCK_COMPILER_               \
  "; libstdc++ cxx11 abi " MEDIADOCK_STRINGIFY(_GLIBCXX_USE_CXX11_ABI) "; C++ " MEDIADOCK_STRINGIFY( \
      __cplusplus) "; sanitizer " MEDIADOCK_SANITIZER_ "; core " MEDIADOCK_VERSION

/// One configuration key of a provider. All strings are static.
struct SettingSpec {
  const char* key;
  /// The value if the key is not set; empty for none.
  const char* defaultValue;
  const char* help;
  /// Never shown; may also be read from a file, through `<key>_file`.
  bool isSecret = false;
};

/// The failure of a factory, filled in by the plugin and owned by the host, so that no memory
/// allocated by the plugin crosses the boundary.
struct CreateFailure {
  StorageErrc code = StorageErrc::Internal;
  char message[1024] = {};
};

/// The type of `mediadock_plugin_descriptor`. Constant-initialised, so that it can be read before
/// any code of the plugin runs.
struct PluginDescriptor {
  std::uint64_t magic;
  std::uint32_t structSize;
  std::uint16_t abiMajor;
  std::uint16_t abiMinor;
  const char* fingerprint;
  const char* name;
  const char* version;
  const SettingSpec* settings;
  std::size_t settingCount;
  /// Creates a provider, or returns null and fills in `failure`. Does not throw. Must not access
  /// the network: that is for `IStorageProvider::check`.
  IStorageProvider* (*create)(const ProviderContext& context, CreateFailure& failure) noexcept;
  void (*destroy)(IStorageProvider* provider) noexcept;
};

/// Calls `factory` and turns any exception into a `CreateFailure`. Used by `MEDIADOCK_PLUGIN`.
template <typename Factory>
IStorageProvider* createProvider(Factory factory, const ProviderContext& context,
                                 CreateFailure& failure) noexcept {
  const auto fail = [&failure](StorageErrc code, const char* message) {
    failure.code = code;
    std::size_t length = 0;
    for (; length + 1 < sizeof failure.message && message[length] != '\0'; ++length) {
      failure.message[length] = message[length];
    }
    failure.message[length] = '\0';
    return static_cast<IStorageProvider*>(nullptr);
  };
  try {
    std::unique_ptr<IStorageProvider> provider = factory(context);
    return provider ? provider.release() : fail(StorageErrc::Internal, "the factory gave nothing");
  } catch (const StorageError& error) {
    return fail(error.code(), error.what());
  } catch (const std::exception& error) {
    return fail(StorageErrc::Internal, error.what());
  } catch (...) {
    return fail(StorageErrc::Internal, "the factory threw something that is no exception");
  }
}

}  // namespace mediadock

/// Defines the exported descriptor. Use once per plugin, at global scope.
#define MEDIADOCK_PLUGIN(NAME, VERSION, SETTINGS, FACTORY)                                        \
  extern "C" __attribute__((visibility("default")))                                               \
  const mediadock::PluginDescriptor mediadock_plugin_descriptor;                                  \
  extern "C" const mediadock::PluginDescriptor mediadock_plugin_descriptor = {                    \
      mediadock::kPluginMagic,                                                                    \
      sizeof(mediadock::PluginDescriptor),                                                        \
      mediadock::kPluginAbiMajor,                                                                 \
      mediadock::kPluginAbiMinor,                                                                 \
      MEDIADOCK_BUILD_FINGERPRINT,                                                                \
      NAME,                                                                                       \
      VERSION,                                                                                    \
      SETTINGS,                                                                                   \
      sizeof(SETTINGS) / sizeof((SETTINGS)[0]),                                                   \
      [](const mediadock::ProviderContext& context, mediadock::CreateFailure& failure) noexcept { \
        return mediadock::createProvider(FACTORY, context, failure);                              \
      },                                                                                          \
      [](mediadock::IStorageProvider* provider) noexcept { delete provider; }}
