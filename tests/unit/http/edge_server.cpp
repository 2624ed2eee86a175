#include "unit/http/edge_server.h"

#include "http/exchange/json_answer.h"
#include "http/server/endpoint_handler.h"
#include "http/server/server_params.h"
#include "mediadock/storage_error.h"

#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace mediadock::http {
namespace {

/// Half of what it promises, then a failure.
class BreakingStream final : public IReadStream {
 public:
  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    if (given_ > 0) {
      throw StorageError(StorageErrc::Truncated, "broke off");
    }
    given_ = std::min<std::size_t>(buffer.size(), 500);
    std::fill_n(buffer.begin(), given_, std::byte{'x'});
    return given_;
  }

 private:
  ReadInfo info_;
  std::size_t given_ = 0;
};

void sendBig(Response& response) {
  const std::vector<std::byte> block(1 << 20);
  response.begin(256ULL << 20U);
  for (int i = 0; i < 256; ++i) {
    response.write(block);
  }
}

constexpr AccessRule kEverybody = AccessRule::everybody();

std::vector<Route> bodyRoutes() {
  return {
      {"POST", "/ignore", kEverybody,
       [](Request&, Response& r) { sendJson(r, 200, "\"ignored\""); }},
      {"POST", "/echo", kEverybody,
       [](Request& request, Response& r) { r.send("text/plain", request.body().readAll(100000)); }},
      {"POST", "/first-piece", kEverybody,
       [](Request& request, Response& r) {
         std::vector<std::byte> buffer(262144);
         r.send("text/plain", std::to_string(request.body().read(buffer)));
       }},
      {"POST", "/limited", kEverybody,
       [](Request& request, Response& r) {
         request.body().setLimit(10);
         r.send("text/plain", request.body().readAll(100000));
       }},
  };
}

std::vector<Route> failingRoutes() {
  return {
      {"GET", "/standard", kEverybody,
       [](Request&, Response&) { throw std::runtime_error("secret"); }},
      {"GET", "/odd", kEverybody, [](Request&, Response&) { throw 7; }},
      {"GET", "/silent", kEverybody, [](Request&, Response&) {}},
      {"GET", "/storage", kEverybody,
       [](Request&, Response&) { throw StorageError(StorageErrc::Locked, "locked"); }},
      {"GET", "/split", kEverybody,
       [](Request&, Response& r) { r.setHeader("X-Name", "a\r\nSet-Cookie: x=1"); }},
      {"GET", "/short", kEverybody,
       [](Request&, Response& r) {
         r.begin(1000);
         r.write(std::as_bytes(std::span("abc", 3)));
       }},
      {"GET", "/broken", kEverybody,
       [](Request&, Response& r) {
         BreakingStream stream;
         // More than waits for its end before any of it leaves.
         r.begin(100000);
         r.writeFrom(stream, 100000);
       }},
      {"GET", "/broken-small", kEverybody,
       [](Request&, Response& r) {
         BreakingStream stream;
         r.begin(1000);
         r.writeFrom(stream, 1000);
       }},
  };
}

std::vector<Route> routes() {
  std::vector<Route> all{
      {"GET", "/hello", kEverybody, [](Request&, Response& r) { sendJson(r, 200, "\"hello\""); }},
      {"GET", "/empty", kEverybody,
       [](Request&, Response& r) {
         r.setStatus(204);
         r.sendEmpty();
       }},
      {"GET", "/big", kEverybody, [](Request&, Response& r) { sendBig(r); }},
      {"GET", "/items/{id}", kEverybody,
       [](Request& request, Response& r) { r.send("text/plain", request.pathParameter()); }},
  };
  for (auto& more : {bodyRoutes(), failingRoutes()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

guard::GuardSettings tuned(const HttpSettings& settings,
                           const std::function<void(guard::GuardSettings&)>& tune) {
  auto limits = guardSettings(settings);
  if (tune) {
    tune(limits);
  }
  return limits;
}

}  // namespace

EdgeServer::EdgeServer(HttpSettings settings,
                       const std::function<void(guard::GuardSettings&)>& tune)
    : settings_(std::move(settings)),
      admission_(settings_.admission),
      router_(routes(), gate_, admission_),
      socket_(Poco::Net::SocketAddress("127.0.0.1:0"), 64, tuned(settings_, tune)),
      pool_(2, static_cast<int>(settings_.maxConnections) + 2),
      server_(new EndpointHandlerFactory({settings_, admission_, router_, drain}), pool_, socket_,
              serverParams(settings_)) {
  server_.start();
}

EdgeServer::~EdgeServer() {
  server_.stopAll(true);
  pool_.joinAll();
}

HttpSettings EdgeServer::patientSettings() {
  HttpSettings settings;
  settings.maxConnections = 8;
  settings.requestTimeout = std::chrono::seconds(2);
  return settings;
}

HttpClient EdgeServer::connect() const {
  return HttpClient("http://" + socket_.address().toString());
}

HttpAnswer EdgeServer::answerTo(std::string_view bytes) const {
  auto client = connect();
  client.send(bytes);
  return client.receive();
}

}  // namespace mediadock::http
