#include "app/config/default_folders.h"

#include <optional>
#include <system_error>
#include <unistd.h>

namespace mediadock::app {
namespace {

/// The parent of the executable's folder. In a build tree it holds bin/ next to the other parts of
/// the host.
std::optional<std::filesystem::path> buildTree() {
  std::error_code failure;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", failure);
  return failure ? std::nullopt : std::optional(executable.parent_path().parent_path());
}

}  // namespace

// The build tree always comes first, so that a freshly built host does not use parts of an older
// installation.

std::vector<std::filesystem::path> defaultPluginPath() {
  std::vector<std::filesystem::path> folders;
  if (const auto tree = buildTree()) {
    folders.push_back(*tree / "plugins");
  }
  folders.emplace_back(MEDIADOCK_PLUGIN_FOLDER);
  return folders;
}

std::filesystem::path defaultStaticRoot() {
  std::error_code failure;
  if (const auto tree = buildTree()) {
    auto built = *tree / "media-tab";
    if (std::filesystem::exists(built / "index.html", failure)) {
      return built;
    }
  }
  std::filesystem::path installed = MEDIADOCK_MEDIA_TAB_FOLDER;
  return std::filesystem::exists(installed / "index.html", failure) ? installed
                                                                    : std::filesystem::path();
}

std::filesystem::path findThumbnailer() {
  constexpr const char* kName = "mediadock-thumbnailer";
  std::vector<std::filesystem::path> folders;
  if (const auto tree = buildTree()) {
    folders.push_back(*tree / "bin");
  }
  folders.emplace_back(MEDIADOCK_PROGRAM_FOLDER);
  for (const auto& folder : folders) {
    if (::access((folder / kName).c_str(), X_OK) == 0) {
      return folder / kName;
    }
  }
  return {};
}

}  // namespace mediadock::app
