#include "http/downloads/file_headers.h"

#include "http/downloads/content_disposition.h"
#include "http/syntax/content_digest.h"
#include "http/syntax/http_date.h"
#include "media/media_service.h"
#include "media/types/media_type.h"
#include "media/types/type_trust.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <cstdint>

namespace mediadock::http {

std::string servedTypeOf(const Entry& entry) {
  const std::string& stored = entry.contentType;
  const bool isUsable = stored.find('/') != std::string::npos && !hasControlCharacter(stored);
  const std::string type = isUsable ? stored : std::string(media::mimeTypeOf(entry.path.name()));
  const bool isDisarmed = media::runsInBrowser(type) && mediaTypeEssence(type) != "image/svg+xml";
  return isDisarmed ? media::SniffedType::kUnknown : type;
}

void describeVersion(const Request& request, Response& response, const std::optional<ETag>& version,
                     const std::optional<ETag>& etag) {
  const auto wanted = request.query().find("v");
  const bool isImmutable = wanted && version && *wanted == version->value;
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", kStoredContentPolicy);
  // Sites linked from a PDF must not learn the signature of its URL.
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cache-Control",
                     isImmutable ? "private, max-age=31536000, immutable" : "private, no-cache");
  if (etag) {
    response.setHeader("ETag", etag->str());
  }
}

void FileHeaders::describeVersion(const Entry& entry, const Validators& validators) const {
  mediadock::http::describeVersion(request_, response_, entry.etag, validators.etag);
  if (validators.modifiedAt) {
    response_.setHeader("Last-Modified", formatHttpDate(*validators.modifiedAt));
  }
}

void FileHeaders::describe(const Entry& entry, const Validators& validators,
                           PeekedStream* stream) const {
  const std::string type = servedTypeOf(entry);
  const bool isShown = isInline(type, entry, validators.etag, stream);
  response_.setHeader("Content-Type", type);
  response_.setHeader(
      "Content-Disposition",
      contentDisposition(isShown ? Disposition::Inline : Disposition::Attachment, path_.name()));
  response_.setHeader("Accept-Ranges", "bytes");
  describeVersion(entry, validators);
  describeDigest(entry);
}

bool FileHeaders::isInline(const std::string& type, const Entry& entry,
                           const std::optional<ETag>& etag, PeekedStream* stream) const {
  return !request_.query().flag("download") && media::isSafeInline(type) &&
         media::bytesAgree(type, sniffedType(entry, etag, stream));
}

media::SniffedType FileHeaders::sniffedType(const Entry& entry, const std::optional<ETag>& etag,
                                            PeekedStream* stream) const {
  const auto known = etag ? media_.types().find(path_, *etag) : std::nullopt;
  return known ? *known : media_.types().learn(path_, etag, beginningOf(entry, stream));
}

std::vector<std::byte> FileHeaders::beginningOf(const Entry& entry, PeekedStream* stream) const {
  if (entry.size == 0U) {
    return {};
  }
  auto found = stream != nullptr ? stream->beginning(media::TypeSniffer::kBytes) : std::nullopt;
  if (!found) {
    ReadOptions options;
    if (media_.capabilities().rangeRead && entry.size) {
      options.range =
          ByteRange{0, std::min<std::uint64_t>(*entry.size, media::TypeSniffer::kBytes) - 1};
    }
    // The version is not compared: some storages report a different etag for a different kind of
    // request.
    PeekedStream other(media_.openFile(path_, options, request_.context()));
    found = other.beginning(media::TypeSniffer::kBytes);
  }
  if (!found) {
    throw StorageError(StorageErrc::Protocol, "the storage gave another range than it was asked");
  }
  return *found;
}

/// Only a record of this exact version has its digest. Files must stay available even if the record
/// store is not.
void FileHeaders::describeDigest(const Entry& entry) const {
  try {
    if (const auto sha256 = media_.sha256Of(entry); !sha256.empty()) {
      response_.setHeader("Repr-Digest", reprDigest(sha256));
    }
  } catch (const StorageError&) {
    return;
  }
}

}  // namespace mediadock::http
