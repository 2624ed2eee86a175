#include "http/file_urls.h"

#include "http/access/url_signer.h"
#include "http/conditional.h"
#include "http/percent_encoding.h"

#include <chrono>

namespace mediadock {

std::string versionOf(const Entry& entry) {
  const auto etag = validatorsOf(entry).etag;
  return etag ? etag->value : std::string();
}

void requireSignedVersion(const Caller& caller, const Entry& file) {
  if (caller.means == Means::SignedUrl && caller.signedVersion != versionOf(file)) {
    throw OutsideReach("the link is for another version of the file");
  }
}

std::string FileUrls::of(const Entry& entry) const {
  return complete(plainFileUrl(entry.path), entry, kFilePurpose);
}

std::string FileUrls::ofThumbnail(const Entry& entry) const {
  return complete(
      "/api/crm/storage/thumbnail?path=" + percentEncode(entry.path.str()) + "&size=256", entry,
      kThumbnailPurpose);
}

std::string FileUrls::complete(std::string url, const Entry& entry,
                               std::string_view purpose) const {
  const std::string version = versionOf(entry);
  if (!version.empty()) {
    url += "&v=" + percentEncode(version);
  }
  if (isSigned_) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    url += "&sig=" + signer_.sign({purpose, entry.path, version}, now);
  }
  return url;
}

std::string plainFileUrl(const StoragePath& path) {
  return "/api/crm/storage/file?path=" + percentEncode(path.str());
}

}  // namespace mediadock
