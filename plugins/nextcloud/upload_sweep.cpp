#include "upload_sweep.h"

#include "dav_entry.h"
#include "dav_urls.h"
#include "mediadock/storage_error.h"
#include "propfind.h"
#include "upload_folder.h"

#include <utility>
#include <vector>

namespace mediadock {
namespace {

constexpr std::chrono::hours kAge{24};
/// More than the week that a suspended write is promised.
constexpr std::chrono::hours kKeptAge{24 * 8};
constexpr std::chrono::minutes kSweepTime{5};
constexpr std::chrono::seconds kSilence{60};

/// Of the folder that `href` names.
std::string folderName(const std::string& href) {
  const auto segments = decodePathSegments(href);
  return segments && !segments->empty() ? segments->back() : std::string();
}

bool isStale(const std::string& name, std::chrono::system_clock::duration untouched) {
  return name.starts_with(kKeptUploadPrefix) ? untouched > kKeptAge
                                             : name.starts_with(kUploadPrefix) && untouched > kAge;
}

/// Not through `propfind`: the Date of the answer is needed, for our clock may be another.
std::vector<std::string> staleUploads(DavClient& client, const std::string& uploads,
                                      const CallLimits& limits) {
  std::vector<std::string> stale;
  auto response = client.exchange(
      {.method = "PROPFIND",
       .target = uploads + "/",
       .fields = {{"Depth", "1"}, {"Content-Type", "application/xml; charset=utf-8"}},
       .isRepeatable = true},
      "<?xml version=\"1.0\"?><d:propfind xmlns:d=\"DAV:\"><d:prop>"
      "<d:resourcetype/><d:getlastmodified/></d:prop></d:propfind>",
      limits);
  const auto now = parseHttpDate(response.head().field("Date"));
  if (!isMultistatus(response.head()) || !now) {
    response.drain(limits);
    return stale;
  }
  readMultistatus(
      response,
      [&](DavItem&& item) {
        const auto name = folderName(item.href);
        const auto touched = parseHttpDate(item.lastModified);
        if (item.isCollection && touched && isStale(name, *now - *touched)) {
          stale.push_back(name);
        }
      },
      limits);
  return stale;
}

}  // namespace

void sweepUploads(DavClient& client, const std::string& uploads, const CallLimits& limits) {
  for (const auto& name : staleUploads(client, uploads, limits)) {
    client
        .exchange({.method = "DELETE",
                   .target = uploads + "/" + encodeSegment(name),
                   .isRepeatable = true},
                  {}, limits)
        .drain(limits);
  }
}

UploadSweep::UploadSweep(DavClient& client, std::stop_token shutdown)
    : client_(client),
      shutdown_(std::move(shutdown)) {}

void UploadSweep::startOnce(const std::string& uploads) {
  std::call_once(started_, [&] {
    thread_ = std::jthread([this, uploads](const std::stop_token& stop) {
      try {
        const CallLimits limits(
            {.deadline = CallLimits::Clock::now() + kSweepTime, .cancellation = stop}, shutdown_,
            kSilence);
        sweepUploads(client_, uploads, limits);
      } catch (const std::exception&) {
        // Tried again at the next start.
      }
    });
  });
}

}  // namespace mediadock
