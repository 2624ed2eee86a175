#include "http/downloads/download_endpoints.h"
#include "http/downloads/file_headers.h"
#include "http/listings/file_urls.h"
#include "http/syntax/accept.h"
#include "http/syntax/conditional.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"
#include "media/thumbnails/thumbnail_type.h"
#include "media/types/media_type.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <unistd.h>
#include <vector>

namespace mediadock::http {
namespace {

std::uint32_t wantedSize(const QueryParameters& query) {
  constexpr std::uint32_t kUsual = 256;
  const auto size =
      query.number("size", media::kThumbnailSizes.front(), media::kThumbnailSizes.back());
  const auto* const found = std::find(media::kThumbnailSizes.begin(), media::kThumbnailSizes.end(),
                                      size.value_or(kUsual));
  if (found == media::kThumbnailSizes.end()) {
    throw ProblemException(400, "size is one of 64, 128, 256, 512 and 1024");
  }
  return *found;
}

media::ThumbnailFormat wantedFormat(const Headers& headers) {
  return acceptsByName(headers, media::mimeTypeOf(media::ThumbnailFormat::Webp))
             ? media::ThumbnailFormat::Webp
             : media::ThumbnailFormat::Jpeg;
}

[[noreturn]] void refuseAbsent() {
  throw ProblemException(404, "there is no picture of this");
}

Entry statPicture(media::MediaService& media, const Request& request) {
  auto entry = media.stat(request.storagePath(), request.context());
  if (!entry) {
    throw StorageError(StorageErrc::NotFound, "no such file");
  }
  requireSignedVersion(request.caller(), *entry);
  const std::string type = entry->contentType.empty()
                               ? std::string(media::mimeTypeOf(entry->path.name()))
                               : entry->contentType;
  if (entry->isDirectory() || !media::hasThumbnails(type)) {
    refuseAbsent();
  }
  return *std::move(entry);
}

/// Combines the file's version with the parameters of the thumbnail.
Validators pictureValidators(const media::ThumbnailRequest& wanted) {
  const auto file = mediadock::http::validatorsOf(wanted.file).etag;
  if (!file) {
    return {};
  }
  const char* const format = wanted.format == media::ThumbnailFormat::Webp ? "webp" : "jpeg";
  return {.etag =
              ETag{file->value + "-" + std::to_string(wanted.size) + "-" + format, file->isWeak}};
}

void sendCached(Response& response, const cache::CachedBlob& picture) {
  response.begin(picture.length());
  if (response.canSendFiles()) {
    response.writeFile({picture.descriptor(), picture.offset(), picture.length()});
    return;
  }
  std::vector<std::byte> bytes(picture.length());
  const auto got = ::pread(picture.descriptor(), bytes.data(), bytes.size(),
                           static_cast<off_t>(picture.offset()));
  if (got != static_cast<ssize_t>(bytes.size())) {
    throw StorageError(StorageErrc::Truncated, "a kept thumbnail was cut off");
  }
  response.write(bytes);
}

void sendPicture(Response& response, const media::Thumbnail& thumbnail,
                 media::ThumbnailFormat format) {
  const std::string type(media::mimeTypeOf(format));
  if (thumbnail.cached) {
    response.setHeader("Content-Type", type);
    sendCached(response, *thumbnail.cached);
  } else {
    response.send(type, *thumbnail.bytes);
  }
}

/// Whether the preconditions decided the response.
bool hasEnded(const Request& request, Response& response, const Validators& validators) {
  switch (evaluateConditions(request.headers(), request.method(), validators)) {
    case Verdict::Proceed:
      return false;
    case Verdict::PreconditionFailed:
      throw StorageError(StorageErrc::PreconditionFailed, "another version");
    case Verdict::NotModified:
      break;
  }
  response.setStatus(304);
  response.sendEmpty();
  return true;
}

void answer(media::MediaService& media, const Request& request, Response& response) {
  media::ThumbnailRequest wanted{.size = wantedSize(request.query()),
                                 .format = wantedFormat(request.headers())};
  wanted.file = statPicture(media, request);
  wanted.version = versionOf(wanted.file);
  const Validators validators = pictureValidators(wanted);
  // A 304 has these headers, too.
  describeVersion(request, response, wanted.file.etag, validators.etag);
  response.setHeader("Vary", "Accept");
  if (hasEnded(request, response, validators)) {
    return;
  }
  const media::Thumbnail thumbnail = media.thumbnails().get(wanted, request.context());
  switch (thumbnail.verdict) {
    case media::RenderVerdict::Picture:
      sendPicture(response, thumbnail, wanted.format);
      return;
    case media::RenderVerdict::NoPicture:
      refuseAbsent();
    case media::RenderVerdict::TooMuch:
      throw ProblemException(422, "this picture is too large, or made to be, to be shown small");
  }
}

}  // namespace

Endpoint thumbnailEndpoint(media::MediaService& media) {
  return [&media](Request& request, Response& response) { answer(media, request, response); };
}

}  // namespace mediadock::http
