#include "http/admission/request_limiter.h"
#include "http/exchange/json_answer.h"
#include "http/listings/media_json.h"
#include "http/syntax/problem_exception.h"
#include "http/tus/tus_content.h"
#include "http/tus/tus_endpoints.h"
#include "http/tus/tus_headers.h"
#include "http/tus/tus_metadata.h"
#include "http/tus/tus_protocol.h"
#include "media/media_service.h"

#include <array>
#include <optional>

namespace mediadock::http {
namespace {

std::uint64_t requireLength(const Request& request, std::uint64_t maxUploadBytes) {
  const auto header = singleHeader(request.headers(), "Upload-Length");
  if (!header) {
    throw ProblemException(400, "the header Upload-Length is missing");
  }
  const auto length = parseTusNumber(*header);
  if (!length) {
    throw ProblemException(400, "the header Upload-Length must be a whole number of bytes");
  }
  if (*length > maxUploadBytes) {
    throw ProblemException(413, "an upload may have " + std::to_string(maxUploadBytes) +
                                    " bytes, and this one says " + std::to_string(*length));
  }
  return *length;
}

/// Rejects headers of unsupported extensions, which must not be ignored.
void refuseUnknownExtensions(const Request& request) {
  for (const char* header : {"Upload-Defer-Length", "Upload-Concat"}) {
    if (request.headers().has(header)) {
      throw ProblemException(400,
                             std::string("the extension of ") + header + " is not spoken here");
    }
  }
}

/// Whether the request contains the first bytes of the upload.
bool hasContent(Request& request) {
  if (carriesTusContent(request)) {
    return true;
  }
  std::array<std::byte, 1> one{};
  if (request.hasBody() && request.body().readSome(one) > 0) {
    throw ProblemException(415, "the first piece of an upload is " + std::string(kTusContentType));
  }
  return false;
}

class Creation {
 public:
  Creation(media::MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes)
      : uploads_(media.resumableUploads()),
        audit_(audit),
        maxUploadBytes_(maxUploadBytes) {}

  void answer(Request& request, Response& response) {
    refuseUnknownExtensions(request);
    const auto size = requireLength(request, maxUploadBytes_);
    const auto metadata = request.headers().joined("Upload-Metadata").value_or("");
    const auto file = readTusMetadata(metadata, size, request);
    checksumOf(request);
    const bool comesWithContent = hasContent(request);
    auto upload = uploads_.create({.caller = request.caller().name,
                                   .owner = limiterKeyOf(request.caller(), request.client()),
                                   .metadata = metadata,
                                   .filename = file.name,
                                   .fields = file.fields},
                                  request.context());
    std::optional<records::MediaRecord> record;
    if (comesWithContent || size == 0) {
      record = takeFirst(request, file, upload);
    }
    response.setHeader("Location", request.publicUrl(request.path() + "/" + upload.id));
    tellProgress(response, upload);
    if (record) {
      sendJson(response, 201, toJson(*record));
    } else {
      response.setStatus(201);
      response.sendEmpty();
    }
  }

 private:
  /// On failure the upload is discarded, because the client will not learn its URL.
  std::optional<records::MediaRecord> takeFirst(Request& request, const TusFile& file,
                                                records::UnfinishedUpload& upload) {
    try {
      const auto append = uploads_.append(upload.id);
      if (!append) {
        throw media::UploadGone();
      }
      auto record = takeTusContent(request, file, *append, audit_);
      upload = append->upload();
      return record;
    } catch (const std::exception&) {
      forget(upload.id, request);
      throw;
    }
  }

  void forget(const std::string& id, const Request& request) noexcept {
    try {
      uploads_.terminate(id, request.context());
    } catch (const std::exception&) {
      // It will expire. The first error is the one to report.
    }
  }

  media::ResumableUploads& uploads_;
  AuditLog& audit_;
  std::uint64_t maxUploadBytes_;
};

}  // namespace

Endpoint tusCreateEndpoint(media::MediaService& media, AuditLog& audit,
                           std::uint64_t maxUploadBytes) {
  return speakingTus([&media, &audit, maxUploadBytes](Request& request, Response& response) {
    Creation(media, audit, maxUploadBytes).answer(request, response);
  });
}

}  // namespace mediadock::http
