#include "server_facts.h"

namespace mediadock {

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

}  // namespace mediadock
