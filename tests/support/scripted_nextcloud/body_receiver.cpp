#include "support/scripted_nextcloud/body_receiver.h"

#include <Poco/Crypto/DigestEngine.h>

#include <cerrno>
#include <list>
#include <system_error>
#include <unistd.h>

namespace mediadock::scripted {

namespace {

constexpr std::size_t kBlock = 262144;

void writeAll(int descriptor, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      throw std::system_error(errno, std::generic_category(), "write to the tree");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::uint64_t receiveInto(RequestBody& body, int descriptor, BodyHashes& hashes) {
  std::list<Poco::Crypto::DigestEngine> engines;
  for (const auto& [algorithm, hash] : hashes) {
    engines.emplace_back(algorithm);
  }
  std::vector<char> block(kBlock);
  std::uint64_t total = 0;
  while (const std::size_t count = body.read(block)) {
    for (Poco::Crypto::DigestEngine& engine : engines) {
      engine.update(block.data(), count);
    }
    writeAll(descriptor, std::span(block).first(count));
    total += count;
  }
  for (auto& [algorithm, hash] : hashes) {
    hash = Poco::DigestEngine::digestToHex(engines.front().digest());
    engines.pop_front();
  }
  return total;
}

std::uint64_t receiveInto(RequestBody& body, int descriptor) {
  BodyHashes none;
  return receiveInto(body, descriptor, none);
}

}  // namespace mediadock::scripted
