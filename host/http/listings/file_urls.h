#pragma once

/// \file
/// Builds the URLs of files and thumbnails.

#include "http/exchange/caller.h"
#include "mediadock/entry.h"

#include <chrono>
#include <string>
#include <string_view>

namespace mediadock::http {

class UrlSigner;

/// The purpose for which the URL of a file's bytes is signed.
inline constexpr std::string_view kFilePurpose = "file";

/// The purpose for which the URL of a file's thumbnails, of any size, is signed.
inline constexpr std::string_view kThumbnailPurpose = "thumbnail";

/// Identifies a version of a file in its URL: the value of its etag or, if the storage has none, of
/// the one made of time and size; empty if those are unknown, too.
std::string versionOf(const Entry& entry);

/// A signed URL is valid for one version: it becomes invalid when the file is replaced.
/// \throws PathForbidden if the caller used a URL signed for another version of `file`.
void requireSignedVersion(const Caller& caller, const Entry& file);

/// The parts of an entry's URLs, without signatures.
struct UrlPieces {
  /// Percent-encoded.
  std::string path;
  /// `&v=VERSION`; empty if unknown.
  std::string version;
};

/// Overwrites `pieces`, reusing their memory.
void split(const Entry& entry, UrlPieces& pieces);

/// The URL of a file and of its thumbnail up to the path; in the latter `kThumbnailSize` follows
/// the path.
inline constexpr std::string_view kFileUrl = "/api/crm/storage/file?path=";
inline constexpr std::string_view kThumbnailUrl = "/api/crm/storage/thumbnail?path=";
inline constexpr std::string_view kThumbnailSize = "&size=256";

/// Builds the URLs for one caller.
class FileUrls {
 public:
  /// URLs are signed for authenticated callers that may read. If authentication is off, no URL
  /// needs a signature.
  /// \param signer must outlive this.
  /// \param publicPath the client's, see `Client`.
  FileUrls(const UrlSigner& signer, const Caller& caller, const std::string& publicPath)
      : signer_(signer),
        fileUrl_(publicPath + std::string(kFileUrl)),
        thumbnailUrl_(publicPath + std::string(kThumbnailUrl)),
        isSigned_(caller.isKnown() && caller.has(Scope::Read)),
        now_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {}

  /// `kFileUrl` and `kThumbnailUrl` with the client's public path.
  const std::string& fileUrl() const noexcept { return fileUrl_; }

  const std::string& thumbnailUrl() const noexcept { return thumbnailUrl_; }

  /// `/api/crm/storage/file?path=...&v=VERSION`, percent-encoded, with `sig` if signed: ready for
  /// `<img src>`.
  std::string of(const Entry& entry) const;

  /// `/api/crm/storage/thumbnail?path=...&size=256&v=VERSION`, likewise.
  std::string ofThumbnail(const Entry& entry) const;

  /// `&sig=SIGNATURE`, to append to such a URL; empty if URLs are not signed.
  std::string signatureOf(const Entry& entry, std::string_view purpose) const;

 private:
  const UrlSigner& signer_;
  std::string fileUrl_;
  std::string thumbnailUrl_;
  bool isSigned_;
  /// One time for all URLs, so that the same entry gets the same URL.
  std::chrono::sys_seconds now_;
};

/// The URL without version and signature.
std::string plainFileUrl(const StoragePath& path);

}  // namespace mediadock::http
