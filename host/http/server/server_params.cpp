#include "http/server/server_params.h"

#include "http/logs/access_log.h"

#include <Poco/Logger.h>

#include <algorithm>
#include <exception>
#include <string>

namespace mediadock::http {
namespace {

/// How much a refused client may still send before it reads the response. Clients that read only
/// after sending everything may be sending files.
constexpr std::uint64_t kLingerBytes = 256ULL << 20U;

/// Upper bound on requests served concurrently.
constexpr std::uint32_t kMostThreads = 1024;

/// The host of `host:port`, in the same format as for admitted requests.
std::string hostOf(std::string peer) {
  peer.erase(std::min(peer.rfind(':'), peer.size()));
  std::erase_if(peer, [](char c) { return c == '[' || c == ']'; });
  return peer.empty() ? "-" : peer;
}

void logRefusal(const guard::RefusalNotice& notice, LogFormat format) noexcept {
  try {
    const AccessRecord record{.time = std::chrono::system_clock::now(),
                              .id = std::string(notice.requestId),
                              .method = "-",
                              .target = "-",
                              .remote = hostOf(notice.peer),
                              .status = notice.status};
    Poco::Logger::get("access").information(formatAccess(record, format));
    Poco::Logger::get("http").debug(record.id + ": " + std::string(notice.detail));
  } catch (const std::exception&) {
    // A failing log does not change the refusal.
  }
}

}  // namespace

guard::GuardSettings guardSettings(const HttpSettings& settings) {
  guard::GuardSettings guarded;
  guarded.idleTimeout = settings.idleTimeout;
  guarded.receiving.stall = settings.requestTimeout;
  guarded.sending.stall = settings.requestTimeout;
  guarded.lingerBytes = kLingerBytes;
  guarded.maxConnections = settings.maxConnections;
  guarded.onRefused = [format = settings.accessLogFormat](const guard::RefusalNotice& notice) {
    logRefusal(notice, format);
  };
  return guarded;
}

Poco::Net::HTTPServerParams::Ptr serverParams(const HttpSettings& settings) {
  const auto timeout = std::max<std::chrono::milliseconds>(settings.requestTimeout,
                                                           guard::GuardSettings{}.headTimeout);
  Poco::Net::HTTPServerParams::Ptr params(new Poco::Net::HTTPServerParams);
  params->setTimeout(Poco::Timespan(std::chrono::microseconds(timeout).count()));
  params->setKeepAliveTimeout(
      Poco::Timespan(std::chrono::microseconds(settings.idleTimeout).count()));
  params->setMaxThreads(static_cast<int>(std::min(settings.maxConnections, kMostThreads)));
  params->setMaxQueued(static_cast<int>(settings.maxConnections));
  return params;
}

}  // namespace mediadock::http
