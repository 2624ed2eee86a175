#include "support/scripted_nextcloud/dav_node.h"

#include <Poco/DigestEngine.h>
#include <Poco/MD5Engine.h>
#include <Poco/NumberFormatter.h>
#include <Poco/String.h>

#include <algorithm>
#include <chrono>

namespace mediadock::scripted {

std::string NodeNumbers::nextFolderEtag() {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  const auto now = static_cast<std::uint64_t>(
      duration_cast<microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  std::uint64_t last = lastEtag_.load();
  std::uint64_t mine = std::max(now, last + 1);
  while (!lastEtag_.compare_exchange_weak(last, mine)) {
    mine = std::max(now, last + 1);
  }
  return Poco::toLower(Poco::NumberFormatter::formatHex(Poco::UInt64{mine}, 13));
}

std::string computeEtag(const DavNode& file) {
  Poco::MD5Engine digest;
  digest.update(std::to_string(file.fileId) + ":" + std::to_string(file.modified) + ":" +
                std::to_string(file.size));
  return Poco::DigestEngine::digestToHex(digest.digest());
}

std::uint64_t totalSize(const DavNode& node) {
  std::uint64_t total = node.isFolder ? 0 : node.size;
  for (const auto& [name, child] : node.children) {
    total += totalSize(*child);
  }
  return total;
}

void removeBlobs(const DavNode& node) {
  if (!node.blob.empty()) {
    std::filesystem::remove(node.blob);
  }
  for (const auto& [name, child] : node.children) {
    removeBlobs(*child);
  }
}

}  // namespace mediadock::scripted
