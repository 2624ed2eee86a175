#include "base/random.h"

#include <cerrno>
#include <sys/random.h>
#include <system_error>

namespace mediadock::base {
namespace {

void fill(char* bytes, std::size_t size) {
  while (size > 0) {
    const auto got = ::getrandom(bytes, size, 0);
    if (got < 0 && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    if (got > 0) {
      bytes += got;
      size -= static_cast<std::size_t>(got);
    }
  }
}

}  // namespace

std::string randomBytes(std::size_t size) {
  std::string bytes(size, '\0');
  fill(bytes.data(), bytes.size());
  return bytes;
}

std::uint64_t randomBits() {
  std::uint64_t bits = 0;
  fill(reinterpret_cast<char*>(&bits), sizeof bits);
  return bits;
}

}  // namespace mediadock::base
