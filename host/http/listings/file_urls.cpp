#include "http/listings/file_urls.h"

#include "http/access/url_signer.h"
#include "http/syntax/conditional.h"
#include "http/syntax/percent_encoding.h"

namespace mediadock::http {

std::string versionOf(const Entry& entry) {
  std::string version;
  appendVersion(entry, version);
  return version;
}

void requireSignedVersion(const Caller& caller, const Entry& file) {
  if (caller.method == AuthMethod::SignedUrl && caller.signedVersion != versionOf(file)) {
    throw PathForbidden("the link is for another version of the file");
  }
}

void split(const Entry& entry, UrlPieces& pieces) {
  pieces.path.clear();
  appendPercentEncoded(entry.path.str(), pieces.path);
  pieces.version = "&v=";
  const std::size_t start = pieces.version.size();
  if (entry.etag) {
    appendPercentEncoded(entry.etag->value, pieces.version);
  } else {
    // Hex digits and a hyphen: needs no encoding.
    appendVersion(entry, pieces.version);
  }
  if (pieces.version.size() == start) {
    pieces.version.clear();
  }
}

std::string FileUrls::of(const Entry& entry) const {
  UrlPieces pieces;
  split(entry, pieces);
  return fileUrl_ + pieces.path + pieces.version + signatureOf(entry, kFilePurpose);
}

std::string FileUrls::ofThumbnail(const Entry& entry) const {
  UrlPieces pieces;
  split(entry, pieces);
  return thumbnailUrl_ + pieces.path + std::string(kThumbnailSize) + pieces.version +
         signatureOf(entry, kThumbnailPurpose);
}

std::string FileUrls::signatureOf(const Entry& entry, std::string_view purpose) const {
  if (!isSigned_) {
    return {};
  }
  return "&sig=" + signer_.sign({purpose, entry.path, versionOf(entry)}, now_);
}

std::string plainFileUrl(const StoragePath& path) {
  return std::string(kFileUrl) + percentEncode(path.str());
}

}  // namespace mediadock::http
