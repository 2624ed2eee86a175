#include "dav/propfind.h"

#include "dav/status_error.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <span>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Enough for about a million entries.
constexpr std::uint64_t kMaxAnswerBytes = std::uint64_t{1} << 30U;
constexpr std::size_t kBlockBytes = 65536;
constexpr auto kAsLongAsItTakes = http_client::CallLimits::Clock::time_point::max();

}  // namespace

MultistatusReading::MultistatusReading(http_client::HttpResponse& response,
                                       MultistatusParser::Sink sink)
    : response_(response),
      parser_([this, sink = std::move(sink)](DavItem&& item) {
        hasItem_ = true;
        sink(std::move(item));
      }),
      block_(std::make_unique_for_overwrite<std::byte[]>(kBlockBytes)) {}

std::optional<std::size_t> MultistatusReading::receive(const http_client::CallLimits& limits) {
  try {
    if (isBlockFull_ || response_.awaitMore(limits.waitEnd(), limits)) {
      return response_.read({block_.get(), kBlockBytes}, limits);
    }
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::Timeout) {
      throw;
    }
  }
  limits.check();
  return std::nullopt;
}

bool MultistatusReading::step(http_client::CallLimits::Clock::time_point until,
                              const http_client::CallLimits& limits) {
  if (leftAt_) {
    limits.excuse(http_client::CallLimits::Clock::now() - *leftAt_);
  }
  const http_client::CallLimits::Until atMost(limits, until);
  const auto count = receive(limits);
  if (count == 0U) {
    parser_.finish();
    return false;
  }
  if (count) {
    total_ += *count;
    if (total_ > kMaxAnswerBytes) {
      throw StorageError(StorageErrc::Protocol, "the storage's listing has no end");
    }
    parser_.feed({reinterpret_cast<const char*>(block_.get()), *count});
  }
  if (std::exchange(hasItem_, false)) {
    limits.progress();
  }
  isBlockFull_ = count == kBlockBytes;
  leftAt_ = http_client::CallLimits::Clock::now();
  return true;
}

void readMultistatus(http_client::HttpResponse& response, const MultistatusParser::Sink& sink,
                     const http_client::CallLimits& limits) {
  MultistatusReading reading(response, sink);
  while (reading.step(kAsLongAsItTakes, limits)) {
  }
}

PropfindRequest makePropfind(const std::string& target, Depth depth, std::string_view properties) {
  std::string body =
      "<?xml version=\"1.0\"?><d:propfind xmlns:d=\"DAV:\" "
      "xmlns:oc=\"http://owncloud.org/ns\"><d:prop>";
  body.append(properties).append("</d:prop></d:propfind>");
  return {{.method = "PROPFIND",
           .target = target,
           .fields = {{"Depth", depth == Depth::Itself ? "0" : "1"},
                      {"Content-Type", "application/xml; charset=utf-8"}},
           .isSafe = true,
           .isRepeatable = true,
           .followsSlash = true,
           .takesGzip = depth == Depth::Children},
          std::move(body)};
}

bool propfind(DavClient& client, const std::string& target, Depth depth,
              std::string_view properties, const MultistatusParser::Sink& sink,
              const http_client::CallLimits& limits) {
  const auto [request, body] = makePropfind(target, depth, properties);
  auto response = client.exchange(request, body, limits);
  if (response.status() == 404) {
    requireAbsence(DavCall::Look, response, limits);
    return false;
  }
  if (!isMultistatus(response.head())) {
    throwRefusal(DavCall::Look, response, limits);
  }
  readMultistatus(response, sink, limits);
  return true;
}

}  // namespace mediadock::nextcloud
