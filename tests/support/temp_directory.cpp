#include "support/temp_directory.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <system_error>

namespace mediadock {

namespace fs = std::filesystem;

TempDirectory::TempDirectory(mode_t mode) {
  std::string pattern = (fs::canonical(fs::temp_directory_path()) / "mediadock-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "mkdtemp " + pattern);
  }
  path_ = pattern;
  if (::chmod(pattern.c_str(), mode) != 0) {
    throw std::system_error(errno, std::generic_category(), "chmod " + pattern);
  }
}

TempDirectory::~TempDirectory() {
  // A folder that a test made unreadable would keep an ordinary user from removing what is in it.
  std::error_code ignored;
  fs::permissions(path_, fs::perms::owner_all, fs::perm_options::add, ignored);
  fs::remove_all(path_, ignored);
}

}  // namespace mediadock
