#include "storage/loading/plugin_loader.h"

#include "storage/loading/elf_image.h"
#include "storage/loading/plugin_file.h"

// Boost.Filesystem is not linked; since C++17 the standard has its own.
#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace mediadock::storage {
namespace {

constexpr const char* kDescriptorSymbol = "mediadock_plugin_descriptor";

std::string expectedFound(std::string_view what, std::string_view expected,
                          std::string_view found) {
  std::ostringstream text;
  text << "expected " << what << " " << expected << ", found " << found;
  return text.str();
}

std::string hex(std::uint64_t number) {
  std::ostringstream text;
  text << "0x" << std::hex << number;
  return text.str();
}

std::string quoted(const char* text) {
  return text == nullptr ? "none" : "'" + std::string(text) + "'";
}

bool differs(const char* text, std::string_view expected) {
  return text == nullptr || text != expected;
}

/// The order matters, since each check makes the next one safe: with a wrong magic there is no
/// structure, and with another ABI the later members are elsewhere.
void requireFit(const std::filesystem::path& file, const PluginDescriptor& found) {
  const auto refuse = [&file](std::string_view what, std::string_view expected,
                              std::string_view actual) {
    refusePlugin(file, expectedFound(what, expected, actual));
  };
  if (found.magic != kPluginMagic) {
    refuse("the magic number", hex(kPluginMagic), hex(found.magic));
  }
  if (found.structSize < sizeof(PluginDescriptor)) {
    refuse("a descriptor of", std::to_string(sizeof(PluginDescriptor)) + " bytes or more",
           std::to_string(found.structSize));
  }
  if (found.abiMajor != kPluginAbiMajor) {
    refuse("plugin ABI", std::to_string(kPluginAbiMajor), std::to_string(found.abiMajor));
  }
  if (found.abiMinor > kPluginAbiMinor) {
    refuse("plugin ABI of at most",
           std::to_string(kPluginAbiMajor) + "." + std::to_string(kPluginAbiMinor),
           std::to_string(found.abiMajor) + "." + std::to_string(found.abiMinor));
  }
  if (differs(found.fingerprint, MEDIADOCK_BUILD_FINGERPRINT)) {
    refuse("a build with", "'" MEDIADOCK_BUILD_FINGERPRINT "'", quoted(found.fingerprint));
  }
  const std::string name = pluginNameOf(file).value_or("");
  if (differs(found.name, name)) {
    refuse("the provider name", "'" + name + "' as in the file name", quoted(found.name));
  }
  if (found.version == nullptr || found.create == nullptr || found.destroy == nullptr ||
      (found.settings == nullptr && found.settingCount != 0)) {
    refuse("a descriptor with", "version, create, destroy and settings", "one with a null in it");
  }
}

/// All libraries loaded so far, by path with links resolved.
struct Libraries {
  std::mutex mutex;
  std::map<std::filesystem::path, boost::dll::shared_library> opened;  // guarded by mutex
  /// Those whose static initialisers threw, with the reason. The dynamic linker considers them
  /// loaded, and would return them half initialised. Guarded by mutex.
  std::map<std::filesystem::path, std::string> broken;
};

Libraries& libraries() {
  // Never destroyed: static objects destroyed later may still hold providers.
  static auto& all = *new Libraries;
  return all;
}

/// Loads the library at `realFile`. \pre the caller holds `all.mutex`.
boost::dll::shared_library openLibrary(Libraries& all, const std::filesystem::path& file,
                                       const std::filesystem::path& realFile) {
  using boost::dll::load_mode::rtld_local;
  using boost::dll::load_mode::rtld_now;
  if (const auto problem = elfProblem(realFile)) {
    refusePlugin(file, *problem);
  }
  try {
    return boost::dll::shared_library(realFile, rtld_now | rtld_local);
  } catch (const std::system_error& error) {
    // Of the two overloads, only the throwing one provides the text of dlerror(3).
    refusePlugin(file,
                 std::string("expected a library that can be loaded, found: ") + error.what());
  } catch (const std::exception& error) {
    all.broken[realFile] = error.what();
  } catch (...) {
    all.broken[realFile] = "something that is no exception";
  }
  return {};
}

/// The library of `file`, opened once and never closed.
const boost::dll::shared_library& libraryOf(const std::filesystem::path& file,
                                            const std::filesystem::path& realFile) {
  Libraries& all = libraries();
  const std::lock_guard lock(all.mutex);
  const auto known = all.opened.find(realFile);
  if (known != all.opened.end()) {
    return known->second;
  }
  boost::dll::shared_library library;
  if (!all.broken.contains(realFile)) {
    library = openLibrary(all, file, realFile);
  }
  if (const auto broken = all.broken.find(realFile); broken != all.broken.end()) {
    refusePlugin(file, "expected a library that can be loaded, found one whose initialiser threw " +
                           broken->second);
  }
  return all.opened.emplace(realFile, std::move(library)).first->second;
}

}  // namespace

const PluginDescriptor& loadPlugin(const std::filesystem::path& file) {
  const auto& library = libraryOf(file, checkPluginFile(file));
  if (!library.has(kDescriptorSymbol)) {
    refusePlugin(file, expectedFound("the symbol", kDescriptorSymbol, "a library without it"));
  }
  const auto& descriptor = library.get<const PluginDescriptor>(kDescriptorSymbol);
  requireFit(file, descriptor);
  return descriptor;
}

}  // namespace mediadock::storage
