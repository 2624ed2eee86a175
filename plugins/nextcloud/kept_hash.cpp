#include "kept_hash.h"

#include "mediadock/storage_error.h"

#include <Poco/Crypto/DigestEngine.h>
#include <Poco/String.h>

namespace mediadock {

void refuseOtherHash(const HttpHead& answer, std::string_view sent) {
  const auto hash = answer.field("X-Hash-SHA256");
  if (hash.empty()) {
    return;
  }
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(sent.data(), sent.size());
  if (Poco::icompare(hash, Poco::DigestEngine::digestToHex(engine.digest())) != 0) {
    throw StorageError(StorageErrc::ChecksumMismatch, "the storage kept other bytes than sent");
  }
}

}  // namespace mediadock
