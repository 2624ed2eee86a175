#include "app/secrets/secret_file.h"

#include "mediadock/storage_error.h"

#include <cstddef>
#include <fstream>

namespace mediadock::app {
namespace {

constexpr std::size_t kMaxBytes = 65536;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& source,
                         const std::string& reason) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     source + " names the file '" + file.string() + "', which " + reason);
}

}  // namespace

std::string readSecretFile(const std::filesystem::path& file, const std::string& source) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  // A directory can be opened, but the first read fails.
  if (stream.bad() || (stream.gcount() == 0 && !stream.eof())) {
    refuse(file, source, "cannot be read");
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMaxBytes) {
    refuse(file, source, "is too large for a secret");
  }
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  if (text.empty()) {
    refuse(file, source, "is empty");
  }
  return text;
}

}  // namespace mediadock::app
