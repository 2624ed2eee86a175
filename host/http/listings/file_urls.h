#pragma once

/// \file
/// The URLs under which files can be had.

#include "http/exchange/caller.h"
#include "mediadock/entry.h"

#include <chrono>
#include <string>
#include <string_view>

namespace mediadock {

class UrlSigner;

/// What the URL of a file's bytes is signed for.
inline constexpr std::string_view kFilePurpose = "file";

/// What the URL of a file's thumbnails is signed for, of whatever size.
inline constexpr std::string_view kThumbnailPurpose = "thumbnail";

/// What tells one version of a file from another in its URL: the value of its etag or, where the
/// storage has none, of the one that is made of time and size; empty where neither is known.
std::string versionOf(const Entry& entry);

/// A signed URL is one version's: it ends when the file is replaced.
/// \throws OutsideReach where the caller came by one that was made for another version of `file`.
void requireSignedVersion(const Caller& caller, const Entry& file);

/// What an entry's URLs are made of, besides their signatures.
struct UrlPieces {
  /// Percent-encoded.
  std::string path;
  /// `&v=VERSION`; empty where none is known.
  std::string version;
};

/// Fills `pieces` anew, with the memory that they have.
void split(const Entry& entry, UrlPieces& pieces);

/// What stands before the path in the URL of a file, and in that of its thumbnail; there
/// `kThumbnailSize` follows the path.
inline constexpr std::string_view kFileUrl = "/api/crm/storage/file?path=";
inline constexpr std::string_view kThumbnailUrl = "/api/crm/storage/thumbnail?path=";
inline constexpr std::string_view kThumbnailSize = "&size=256";

/// The URLs that one caller is given.
class FileUrls {
 public:
  /// URLs are signed for callers that are known and may read. Where auth is off nobody is known,
  /// and no URL needs a signature.
  /// \param signer must outlive this.
  /// \param publicPath of the client, as `Client` has it.
  FileUrls(const UrlSigner& signer, const Caller& caller, const std::string& publicPath)
      : signer_(signer),
        fileUrl_(publicPath + std::string(kFileUrl)),
        thumbnailUrl_(publicPath + std::string(kThumbnailUrl)),
        isSigned_(caller.isKnown() && caller.has(Scope::Read)),
        now_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {}

  /// `kFileUrl` and `kThumbnailUrl` as the client reaches them.
  const std::string& fileUrl() const noexcept { return fileUrl_; }

  const std::string& thumbnailUrl() const noexcept { return thumbnailUrl_; }

  /// `/api/crm/storage/file?path=...&v=VERSION`, every character encoded that needs it, with `sig`
  /// where it is signed: ready for `<img src>`.
  std::string of(const Entry& entry) const;

  /// `/api/crm/storage/thumbnail?path=...&size=256&v=VERSION`, likewise.
  std::string ofThumbnail(const Entry& entry) const;

  /// `&sig=SIGNATURE`, for the end of such a URL; empty where it is not signed.
  std::string signatureOf(const Entry& entry, std::string_view purpose) const;

 private:
  const UrlSigner& signer_;
  std::string fileUrl_;
  std::string thumbnailUrl_;
  bool isSigned_;
  /// One time for all, so that the same entry has the same URL.
  std::chrono::sys_seconds now_;
};

/// The URL without version and signature.
std::string plainFileUrl(const StoragePath& path);

}  // namespace mediadock
