#include "propfind.h"

#include "mediadock/storage_error.h"
#include "status_error.h"

#include <array>
#include <cstdint>
#include <utility>

namespace mediadock {
namespace {

/// About a million entries.
constexpr std::uint64_t kMaxAnswerBytes = std::uint64_t{1} << 30U;

}  // namespace

void readMultistatus(DavResponse& response, const MultistatusParser::Sink& sink,
                     const CallLimits& limits) {
  MultistatusParser parser(sink);
  std::array<std::byte, 16384> block{};
  std::uint64_t total = 0;
  while (const auto count = response.read(block, limits)) {
    total += count;
    if (total > kMaxAnswerBytes) {
      throw StorageError(StorageErrc::Protocol, "the storage's listing has no end");
    }
    parser.feed({reinterpret_cast<const char*>(block.data()), count});
  }
  parser.finish();
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
           .isRepeatable = true,
           .followsSlash = true,
           .takesGzip = depth == Depth::Children},
          std::move(body)};
}

bool propfind(DavClient& client, const std::string& target, Depth depth,
              std::string_view properties, const MultistatusParser::Sink& sink,
              const CallLimits& limits) {
  const auto [request, body] = makePropfind(target, depth, properties);
  auto response = client.exchange(request, body, limits);
  if (response.status() == 404) {
    response.drain(limits);
    return false;
  }
  if (response.status() != 207) {
    throwRefusal(DavCall::Look, response, limits);
  }
  readMultistatus(response, sink, limits);
  return true;
}

}  // namespace mediadock
