#include "http/tus/tus_protocol.h"

#include "http/exchange/problem.h"
#include "http/syntax/http_date.h"
#include "http/tus/tus_headers.h"
#include "http/tus/tus_metadata.h"
#include "media/types/denied_types.h"

#include <Poco/Logger.h>

#include <utility>

namespace mediadock::http {
namespace {

constexpr const char* kResumable = "Tus-Resumable";

void requireVersion(const Request& request) {
  const auto version = singleHeader(request.headers(), kResumable);
  if (version != kTusVersion) {
    throw ProblemException(
        {.status = 412,
         .detail = "the header Tus-Resumable must say " + std::string(kTusVersion),
         .headers = {{"Tus-Version", std::string(kTusVersion)}}});
  }
}

[[noreturn]] void refuse(Problem problem) {
  problem.headers.emplace_back(kResumable, std::string(kTusVersion));
  throw ProblemException(std::move(problem));
}

}  // namespace

Endpoint speakingTus(Endpoint endpoint) {
  return [endpoint = std::move(endpoint)](Request& request, Response& response) {
    response.setHeader(kResumable, kTusVersion);
    response.setHeader("Cache-Control", "no-store");
    try {
      requireVersion(request);
      endpoint(request, response);
    } catch (const ProblemException& error) {
      refuse(error.problem());
    } catch (const StorageError& error) {
      auto problem = toProblem(error);
      if (problem.status >= 500) {
        Poco::Logger::get("http").error(request.id() + ": " + error.what());
      }
      refuse(std::move(problem));
    } catch (const media::RefusedType& error) {
      refuse(toProblem(error));
    } catch (const media::UnfinishedLimitReached& error) {
      refuse(toProblem(error));
    } catch (const media::UploadGone& error) {
      refuse({.status = 410, .detail = error.what()});
    }
  };
}

records::UnfinishedUpload requireUpload(media::ResumableUploads& uploads, const Request& request) {
  auto upload = uploads.find(request.pathParameter());
  if (!upload || upload->caller != request.caller().name ||
      !reachesTusFolder(upload->metadata, request)) {
    throw ProblemException(404, "there is no such upload");
  }
  if (media::isExpired(*upload)) {
    throw ProblemException(410, "the upload has expired; begin anew");
  }
  return *std::move(upload);
}

void tellProgress(Response& response, const records::UnfinishedUpload& upload) {
  response.setHeader("Upload-Offset", std::to_string(upload.progress.size));
  response.setHeader("Upload-Expires",
                     formatHttpDate(std::chrono::ceil<std::chrono::seconds>(upload.expiresAt)));
}

}  // namespace mediadock::http
