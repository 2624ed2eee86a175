#include "writing/upload_sweep.h"

#include "dav/dav_urls.h"
#include "dav/propfind.h"
#include "dav/status_error.h"
#include "http/path_segments.h"
#include "http/server_date.h"
#include "mediadock/storage_error.h"
#include "writing/upload_folder.h"
#include "writing/upload_owner.h"

#include <algorithm>
#include <exception>
#include <string_view>

namespace mediadock::nextcloud {
namespace {

constexpr std::chrono::hours kAge{24};
/// Longer than the week guaranteed for a suspended write.
constexpr std::chrono::hours kKeptAge{24 * 8};
constexpr std::chrono::minutes kSweepTime{5};
constexpr std::chrono::seconds kSilence{60};
constexpr std::chrono::hours kSweepInterval{1};
constexpr std::chrono::seconds kFirstPause{1};
constexpr std::chrono::seconds kLongestPause{60};

using Untouched = std::chrono::system_clock::duration;

/// The name of the folder that `href` refers to.
std::string folderName(const std::string& href) {
  const auto segments = http_client::decodePathSegments(href);
  return segments && !segments->empty() ? segments->back() : std::string();
}

/// Whether the server understood the request and refuses it, so that a retry is pointless.
bool isForGood(const StorageFailure& failure) {
  return failure.code == StorageErrc::PermissionDenied || failure.code == StorageErrc::NotFound ||
         failure.code == StorageErrc::Unsupported || failure.code == StorageErrc::Protocol;
}

bool isStale(const std::string& name, Untouched untouched) {
  if (name.starts_with(kResumablePrefix)) {
    return untouched > kKeptAge;
  }
  if (!name.starts_with(kUploadPrefix)) {
    return false;
  }
  const auto owner = parseUploadOwner(std::string_view(name).substr(kUploadPrefix.size()));
  return untouched > kAge || (owner && isGone(*owner));
}

/// Not through `propfind`: the Date of the response is needed, as our clock may differ.
std::vector<std::string> staleUploads(DavClient& client, const std::string& uploads,
                                      const http_client::CallLimits& limits) {
  std::vector<std::string> stale;
  auto response = client.exchange(
      {.method = "PROPFIND",
       .target = uploads + "/",
       .fields = {{"Depth", "1"}, {"Content-Type", "application/xml; charset=utf-8"}},
       .isSafe = true,
       .isRepeatable = true},
      "<?xml version=\"1.0\"?><d:propfind xmlns:d=\"DAV:\"><d:prop>"
      "<d:resourcetype/><d:getlastmodified/></d:prop></d:propfind>",
      limits);
  const auto now = http_client::parseServerDate(response.head().field("Date"));
  if (!isMultistatus(response.head())) {
    const auto failure = toFailure(DavCall::Look, readRefusal(response, limits));
    if (isForGood(failure)) {
      return stale;
    }
    throw StorageError(failure);
  }
  readMultistatus(
      response,
      [&](DavItem&& item) {
        const auto name = folderName(item.href);
        const auto touched = http_client::parseServerDate(item.lastModified);
        // Without the server's time, only the end of the owner process counts.
        const auto untouched = now && touched ? *now - *touched : Untouched(0);
        if (item.isCollection && isStale(name, untouched)) {
          stale.push_back(name);
        }
      },
      limits);
  return stale;
}

}  // namespace

void sweepUploads(DavClient& client, const std::string& uploads,
                  const http_client::CallLimits& limits) {
  for (const auto& name : staleUploads(client, uploads, limits)) {
    dropUpload(client, uploads + "/" + http_client::encodeSegment(name), limits);
  }
}

UploadSweep::UploadSweep(DavClient& client, const std::stop_token& shutdown)
    : client_(client),
      onShutdown_(shutdown, Stop{ending_}) {}

UploadSweep::~UploadSweep() {
  ending_.request_stop();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void UploadSweep::start(const std::string& uploads) {
  {
    const std::lock_guard lock(mutex_);
    if (!uploads_.empty()) {
      return;
    }
    uploads_ = uploads;
    sweepDue_ = Clock::now();
    startThread();
  }
  changed_.notify_all();
}

void UploadSweep::leave(const std::string& target, std::chrono::seconds delay) {
  {
    const std::lock_guard lock(mutex_);
    if (left_.size() >= kMostLeft) {
      left_.erase(left_.begin());
    }
    left_.push_back({target, Clock::now() + delay});
    startThread();
  }
  changed_.notify_all();
}

/// Requires `mutex_`.
void UploadSweep::startThread() {
  if (!thread_.joinable() && !ending_.stop_requested()) {
    thread_ = std::thread([this] { run(); });
  }
}

void UploadSweep::run() {
  const auto stop = ending_.get_token();
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      const auto due = nextDue();
      changed_.wait_until(lock, stop, std::min(due, Clock::now() + kSweepInterval),
                          [&] { return nextDue() != due; });
      if (nextDue() > Clock::now()) {
        continue;
      }
    }
    workOnce();
  }
}

/// Requires `mutex_`.
UploadSweep::Clock::time_point UploadSweep::nextDue() const {
  auto due = sweepDue_;
  for (const auto& left : left_) {
    due = std::min(due, left.due);
  }
  return due;
}

void UploadSweep::workOnce() {
  const http_client::CallLimits limits({.deadline = Clock::now() + kSweepTime}, ending_.get_token(),
                                       kSilence);
  try {
    removeLeft(limits);
    sweepIfDue(limits);
    const std::lock_guard lock(mutex_);
    pause_ = kFirstPause;
  } catch (const std::exception&) {
    // The server, or a part of it, is temporarily unable: retry later.
    const std::lock_guard lock(mutex_);
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
}

std::vector<std::string> UploadSweep::takeDue() {
  std::vector<std::string> due;
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  std::erase_if(left_, [&](const Left& left) {
    const bool isDue = left.due <= now;
    if (isDue) {
      due.push_back(left.target);
    }
    return isDue;
  });
  return due;
}

void UploadSweep::removeLeft(const http_client::CallLimits& limits) {
  auto due = takeDue();
  for (; !due.empty(); due.pop_back()) {
    try {
      dropUpload(client_, due.back(), limits);
    } catch (const StorageError& error) {
      if (!isForGood(error.failure())) {
        putOff(due);
        throw;
      }
    }
  }
}

/// The failed one goes to the front and is therefore tried last, so that it does not block the
/// others.
void UploadSweep::putOff(const std::vector<std::string>& targets) {
  const std::lock_guard lock(mutex_);
  for (const auto& target : targets) {
    left_.insert(left_.begin(), {target, Clock::now() + pause_});
  }
}

void UploadSweep::sweepIfDue(const http_client::CallLimits& limits) {
  std::string uploads;
  {
    const std::lock_guard lock(mutex_);
    if (sweepDue_ > Clock::now()) {
      return;
    }
    uploads = uploads_;
    sweepDue_ = Clock::now() + pause_;
  }
  sweepUploads(client_, uploads, limits);
  const std::lock_guard lock(mutex_);
  sweepDue_ = Clock::now() + kSweepInterval;
}

}  // namespace mediadock::nextcloud
