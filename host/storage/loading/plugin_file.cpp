#include "storage/loading/plugin_file.h"

#include "mediadock/storage_error.h"
#include "storage/loading/trusted_path.h"

#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::storage {
namespace {

constexpr std::string_view kPrefix = "libmediadock_";
constexpr std::string_view kSuffix = ".so";

struct stat statusOf(const std::filesystem::path& file, const std::filesystem::path& subject) {
  struct stat status {};

  if (::stat(subject.c_str(), &status) != 0) {
    refusePlugin(
        file, "expected a file there, found none (" + std::generic_category().message(errno) + ")");
  }
  return status;
}

void requireTrust(const std::filesystem::path& file, const std::string& subject,
                  const struct stat& status) {
  if (const auto problem = trustProblem(status.st_uid, status.st_mode, ::geteuid())) {
    refusePlugin(file, subject + " " + *problem);
  }
}

}  // namespace

void refusePlugin(const std::filesystem::path& file, const std::string& reason) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     "plugin '" + file.string() + "' is refused: " + reason);
}

std::optional<std::string> pluginNameOf(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (name.size() <= kPrefix.size() + kSuffix.size() || !name.starts_with(kPrefix) ||
      !name.ends_with(kSuffix)) {
    return std::nullopt;
  }
  return name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
}

std::optional<std::string> trustProblem(uid_t owner, mode_t mode, uid_t us) {
  if (owner != 0 && owner != us) {
    return "must belong to root or to user " + std::to_string(us) + ", but belongs to user " +
           std::to_string(owner);
  }
  if ((mode & S_IWOTH) != 0) {
    return "must not be writable by others, but is (chmod o-w)";
  }
  if ((mode & S_IWGRP) != 0) {
    return "must not be writable by its group, but is (chmod g-w)";
  }
  return std::nullopt;
}

std::filesystem::path checkPluginFile(const std::filesystem::path& file) {
  if (!file.is_absolute()) {
    refusePlugin(file, "expected an absolute path, found a relative one");
  }
  std::filesystem::path real = resolveTrusted(file);
  const struct stat status = statusOf(file, real);
  if (!S_ISREG(status.st_mode)) {
    refusePlugin(file, "expected a regular file, found something else");
  }
  const std::filesystem::path folder = real.parent_path();
  requireTrust(file, "the file", status);
  requireTrust(file, "its folder '" + folder.string() + "'", statusOf(file, folder));
  if (::faccessat(AT_FDCWD, real.c_str(), R_OK, AT_EACCESS) != 0) {
    refusePlugin(file, "expected a readable file, found one that cannot be read (" +
                           std::generic_category().message(errno) + ")");
  }
  return real;
}

}  // namespace mediadock::storage
