#include "http/exchange/json_answer.h"
#include "http/listings/file_urls.h"
#include "http/listings/media_json.h"
#include "http/syntax/problem_exception.h"
#include "http/tus/tus_content.h"
#include "http/tus/tus_endpoints.h"
#include "http/tus/tus_headers.h"
#include "http/tus/tus_metadata.h"
#include "http/tus/tus_protocol.h"
#include "media/media_service.h"

#include <algorithm>
#include <array>
#include <optional>

namespace mediadock::http {
namespace {

std::uint64_t requireOffset(const Request& request) {
  const auto header = singleHeader(request.headers(), "Upload-Offset");
  const auto offset = header ? parseTusNumber(*header) : std::nullopt;
  if (!offset) {
    throw ProblemException(400, "the header Upload-Offset must be a whole number of bytes");
  }
  return *offset;
}

std::unique_ptr<media::UploadAppend> goOn(media::ResumableUploads& uploads, const std::string& id,
                                          std::uint64_t offset) {
  auto append = uploads.append(id);
  if (!append) {
    throw ProblemException(404, "there is no such upload");
  }
  if (append->offset() != offset) {
    throw ProblemException(409, "the upload stands at " + std::to_string(append->offset()) +
                                    ", and this piece begins at " + std::to_string(offset));
  }
  return append;
}

std::optional<records::MediaRecord> takePiece(Request& request, media::UploadAppend& append,
                                              AuditLog& audit) {
  const auto& upload = append.upload();
  if (!upload.isFinished) {
    const auto file = readTusMetadata(upload.metadata, upload.size, request);
    return takeTusContent(request, file, append, audit);
  }
  std::array<std::byte, 1> one{};
  request.body().setLimit(0);
  request.body().readSome(one);
  auto record = append.record();
  if (!record) {
    throw ProblemException(410, "the upload was finished, and its record removed since");
  }
  request.caller().requireReach(record->path);
  return record;
}

/// RFC 7240.
bool prefersMinimal(const Request& request) {
  const auto prefer = request.headers().joined("Prefer").value_or("");
  const auto wishes = listMembers(prefer);
  return std::any_of(wishes.begin(), wishes.end(), [](std::string_view wish) {
    return base::equalsIgnoringCase(base::trimmed(wish), "return=minimal");
  });
}

}  // namespace

Endpoint tusAppendEndpoint(media::MediaService& media, AuditLog& audit) {
  return speakingTus([&media, &audit](Request& request, Response& response) {
    if (!carriesTusContent(request)) {
      throw ProblemException(415, "a piece of an upload is " + std::string(kTusContentType));
    }
    const auto offset = requireOffset(request);
    auto& uploads = media.resumableUploads();
    const auto append = goOn(uploads, requireUpload(uploads, request).id, offset);
    const auto record = takePiece(request, *append, audit);
    tellProgress(response, append->upload());
    if (record) {
      response.setHeader("Location", request.publicUrl(plainFileUrl(record->path)));
    }
    if (record && !prefersMinimal(request)) {
      sendJson(response, 201, toJson(*record));
    } else {
      response.setStatus(204);
      response.sendEmpty();
    }
  });
}

}  // namespace mediadock::http
