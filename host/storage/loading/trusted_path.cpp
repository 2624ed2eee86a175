#include "storage/loading/trusted_path.h"

#include "storage/loading/plugin_file.h"

#include <array>
#include <cerrno>
#include <deque>
#include <grp.h>
#include <pwd.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::storage {
namespace {

/// The same limit as Linux (path_resolution(7)).
constexpr int kMostLinks = 40;

/// Whether `group` is our private group: that of a user of the same name, without further members,
/// as Debian creates them.
bool isOurOwn(gid_t group) {
  std::array<char, 16384> groupText{};
  std::array<char, 16384> userText{};
  ::group groupEntry{};
  ::passwd userEntry{};
  ::group* found = nullptr;
  ::passwd* user = nullptr;
  if (::getgrgid_r(group, &groupEntry, groupText.data(), groupText.size(), &found) != 0 ||
      ::getpwuid_r(::geteuid(), &userEntry, userText.data(), userText.size(), &user) != 0 ||
      found == nullptr || user == nullptr) {
    return false;
  }
  return user->pw_gid == group && std::string(user->pw_name) == found->gr_name &&
         found->gr_mem[0] == nullptr;
}

class Walk {
 public:
  explicit Walk(const std::filesystem::path& file) : file_(file) { push(file); }

  std::filesystem::path run() {
    while (!ahead_.empty()) {
      const std::filesystem::path name = ahead_.front();
      ahead_.pop_front();
      step(name);
    }
    return reached_;
  }

 private:
  void push(const std::filesystem::path& path) {
    auto place = ahead_.begin();
    for (const auto& name : path.relative_path()) {
      if (!name.empty() && name != ".") {
        place = ahead_.insert(place, name) + 1;
      }
    }
    if (path.is_absolute()) {
      reached_ = "/";
    }
  }

  void step(const std::filesystem::path& name) {
    if (name == "..") {
      reached_ = reached_.parent_path();
      return;
    }
    const std::filesystem::path next = reached_ / name;
    const struct stat status = statusOf(next);
    if (S_ISLNK(status.st_mode)) {
      follow(next, status);
      return;
    }
    // The last folder is checked together with the file.
    if (S_ISDIR(status.st_mode) && ahead_.size() > 1) {
      requirePassable(next, status);
    }
    reached_ = next;
  }

  void follow(const std::filesystem::path& link, const struct stat& status) {
    if (++links_ > kMostLinks) {
      refusePlugin(file_, "expected a path that can be resolved, found too many links");
    }
    if (const auto problem = trustProblem(status.st_uid, 0, ::geteuid())) {
      refusePlugin(file_, "the link '" + link.string() + "' " + *problem);
    }
    const struct stat folder = statusOf(reached_);
    if (const auto problem = trustProblem(folder.st_uid, folder.st_mode, ::geteuid())) {
      refusePlugin(file_, "the folder '" + reached_.string() + "' of the link '" +
                              link.filename().string() + "' " + *problem);
    }
    std::error_code failure;
    const auto target = std::filesystem::read_symlink(link, failure);
    if (failure) {
      refusePlugin(file_, "expected a path that can be resolved: " + failure.message());
    }
    push(target);
  }

  void requirePassable(const std::filesystem::path& folder, const struct stat& status) const {
    const bool isGroupTrusted = status.st_gid == 0 || isOurOwn(status.st_gid);
    const mode_t mode = isGroupTrusted ? status.st_mode & ~mode_t{S_IWGRP} : status.st_mode;
    if ((mode & S_ISVTX) != 0) {
      return;
    }
    if (const auto problem = trustProblem(0, mode, 0)) {
      refusePlugin(file_, "the folder '" + folder.string() + "' above it " + *problem);
    }
  }

  struct stat statusOf(const std::filesystem::path& path) const {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0) {
      refusePlugin(file_, "expected a file there, found none (" +
                              std::generic_category().message(errno) + ")");
    }
    return status;
  }

  const std::filesystem::path& file_;
  std::deque<std::filesystem::path> ahead_;
  std::filesystem::path reached_ = "/";
  int links_ = 0;
};

}  // namespace

std::filesystem::path resolveTrusted(const std::filesystem::path& file) {
  return Walk(file).run();
}

}  // namespace mediadock::storage
