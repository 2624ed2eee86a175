#include "media/known_digests.h"

#include "records/record_store.h"

namespace mediadock::media {
namespace {

/// How long a missing digest is remembered before the records are queried again.
constexpr std::chrono::seconds kDigestAge{5};

}  // namespace

std::string KnownDigests::sha256Of(const Entry& file) {
  if (!file.etag) {
    return {};
  }
  const auto now = std::chrono::steady_clock::now();
  auto known = memo_.find(file.path, *file.etag);
  if (!known || (known->sha256.empty() && known->askedAt + kDigestAge < now)) {
    const auto record = records_.findAt(file.path);
    known = {.sha256 = record && record->etag == file.etag ? record->sha256 : "", .askedAt = now};
    memo_.remember(file.path, *file.etag, *known);
  }
  return known->sha256;
}

}  // namespace mediadock::media
