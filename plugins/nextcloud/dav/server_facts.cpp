#include "dav/server_facts.h"

#include "mediadock/storage_error.h"

namespace mediadock::nextcloud {

void ServerFacts::learn(const Entry& entry) const noexcept {
  if (entry.isDirectory()) {
    return;
  }
  auto unknown = FileEtags::Unknown;
  if (entry.etag) {
    *fileEtags = FileEtags::Given;
  } else {
    fileEtags->compare_exchange_strong(unknown, FileEtags::Lacking);
  }
}

Capabilities ServerFacts::able() const {
  auto able = capabilities;
  if (*fileEtags != FileEtags::Unknown) {
    able.etag = able.conditionalRead = hasEtags();
  }
  return able;
}

void refuseLacking(const std::string& what) {
  throw StorageError(StorageErrc::Unsupported, "this server has no " + what);
}

}  // namespace mediadock::nextcloud
