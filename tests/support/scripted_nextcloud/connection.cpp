#include "support/scripted_nextcloud/connection.h"

#include "support/scripted_nextcloud/answer_sender.h"
#include "support/scripted_nextcloud/names.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/String.h>

#include <algorithm>
#include <memory>
#include <poll.h>
#include <thread>
#include <utility>

namespace mediadock::scripted {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPollInterval{5};

/// One request with what the script says about it.
class Handler final : public Poco::Net::HTTPRequestHandler {
 public:
  explicit Handler(Backstage& backstage) : backstage_(backstage) {}

  void handleRequest(Poco::Net::HTTPServerRequest& request,
                     Poco::Net::HTTPServerResponse& response) override;

 private:
  /// The status sent; 0 if the connection was closed instead.
  int serve(Request& request, Poco::Net::StreamSocket& socket, bool& keepsAlive);
  std::optional<Answer> makeAnswer(Request& request, const std::optional<Action>& action,
                                   const Poco::Net::StreamSocket& socket);
  void pause(std::optional<std::chrono::milliseconds> duration,
             const Poco::Net::StreamSocket& socket) const;

  /// For the log: once, before the client can know that it has its answer.
  void leave();

  Backstage& backstage_;
  bool hasLeft_ = false;
};

RequestBody makeBody(Poco::Net::HTTPServerRequest& request) {
  const bool isChunked = request.getChunkedTransferEncoding();
  // Without either header Poco's stream would wait for the end of the connection.
  if (!isChunked && !request.hasContentLength()) {
    return {nullptr, std::nullopt, false};
  }
  return {&request.stream(),
          isChunked ? std::nullopt
                    : std::optional(static_cast<std::uint64_t>(request.getContentLength64())),
          isChunked};
}

Request makeRequest(const Poco::Net::HTTPServerRequest& request, RequestBody& body) {
  const std::string raw = collapsePath(request.getURI());
  return {.method = request.getMethod(),
          .target = request.getURI(),
          .path = decodePercent(raw).value_or(raw),
          .headers = request,
          .body = body};
}

LoggedRequest makeLogEntry(const Request& request) {
  LoggedRequest entry{.method = request.method,
                      .target = request.target,
                      .path = request.path,
                      .isChunked = request.body.isChunked()};
  for (const auto& [name, value] : request.headers) {
    entry.headers[Poco::toLower(name)] = value;
  }
  return entry;
}

/// Makes another request of it.
void bend(Request& request, const Action& action) {
  const std::uint64_t offset = request.number("X-NC-Paginate-Offset").value_or(0);
  if (const auto* const full = std::get_if<FullAfter>(&action)) {
    request.body.fillUpAfter(full->bytes);
  } else if (std::holds_alternative<IgnoreRange>(action)) {
    request.headers.erase("Range");
  } else if (std::holds_alternative<ForgetPageToken>(action)) {
    request.headers.erase("X-NC-Paginate-Token");
  } else if (std::holds_alternative<RepeatPageEntry>(action) && offset > 0) {
    const std::uint64_t count = request.number("X-NC-Paginate-Count").value_or(0);
    request.headers.set("X-NC-Paginate-Offset", std::to_string(offset - 1));
    request.headers.set("X-NC-Paginate-Count", std::to_string(count + 1));
  }
}

/// Makes another answer of it.
void bend(Answer& answer, const Action& action) {
  const auto has = [&](const std::string& name) {
    return std::ranges::any_of(answer.headers,
                               [&](const auto& header) { return header.first == name; });
  };
  if (const auto* const range = std::get_if<WrongContentRange>(&action);
      range != nullptr && answer.status == 206) {
    answer.set("Content-Range", range->value);
  } else if (const auto* const total = std::get_if<WrongPageTotal>(&action);
             total != nullptr && has("X-NC-Paginate-Total")) {
    answer.set("X-NC-Paginate-Total", std::to_string(total->value));
  }
}

bool isGone(const Poco::Net::StreamSocket& socket) {
  pollfd state{.fd = socket.impl()->sockfd(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&state, 1, 0) > 0;
}

}  // namespace

void Handler::handleRequest(Poco::Net::HTTPServerRequest& request,
                            Poco::Net::HTTPServerResponse& response) {
  auto& socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket();
  RequestBody body = makeBody(request);
  Request ours = makeRequest(request, body);
  const std::size_t number = backstage_.log.start(makeLogEntry(ours));
  int status = 0;
  // Poco does not survive chunked bodies on a connection that goes on.
  bool keepsAlive = request.getKeepAlive() && !body.isChunked();
  try {
    status = serve(ours, socket, keepsAlive);
    if (status != 0) {
      body.discard();
    }
  } catch (const ClientGone&) {
    keepsAlive = false;
  } catch (const Poco::Exception&) {
    keepsAlive = false;
  } catch (const std::exception&) {
    keepsAlive = false;
  }
  leave();
  backstage_.log.finish(number, body.received(), status);
  response.setKeepAlive(keepsAlive && status != 0);
}

int Handler::serve(Request& request, Poco::Net::StreamSocket& socket, bool& keepsAlive) {
  const std::optional<Action> action = backstage_.script.match(request.method, request.path);
  std::optional<Answer> answer = makeAnswer(request, action, socket);
  if (!answer) {
    leave();
    socket.shutdown();
    return 0;
  }
  std::optional<std::uint64_t> cutAfter;
  if (const auto* const cut = action ? std::get_if<CutAnswerAfter>(&*action) : nullptr) {
    cutAfter = cut->bytes;
  }
  keepsAlive = keepsAlive && !answer->closes && !cutAfter;
  answer->closes = !keepsAlive;
  sendAnswer(socket, *answer, request.method == "HEAD", cutAfter, [this] { leave(); });
  return answer->status;
}

std::optional<Answer> Handler::makeAnswer(Request& request, const std::optional<Action>& action,
                                          const Poco::Net::StreamSocket& socket) {
  if (!action) {
    return dispatch(request, backstage_.state);
  }
  if (const auto* const instead = std::get_if<AnswerWith>(&*action)) {
    return instead->answer;
  }
  if (std::holds_alternative<InMaintenance>(*action)) {
    return answerInMaintenance(request);
  }
  if (std::holds_alternative<CloseBeforeAnswer>(*action)) {
    return std::nullopt;
  }
  if (std::holds_alternative<Hang>(*action)) {
    pause(std::nullopt, socket);
    return std::nullopt;
  }
  if (const auto* const limit = std::get_if<RefuseBodyAbove>(&*action);
      limit != nullptr && request.body.length().value_or(0) > limit->bytes) {
    Answer answer = htmlPage(413, "413 Request Entity Too Large");
    answer.closes = true;
    return answer;
  }
  if (const auto* const delay = std::get_if<Delay>(&*action)) {
    pause(delay->duration, socket);
  }
  bend(request, *action);
  Answer answer = dispatch(request, backstage_.state);
  if (const auto* const after = std::get_if<WorkThenAnswer>(&*action)) {
    return after->answer;
  }
  bend(answer, *action);
  return answer;
}

void Handler::leave() {
  if (!std::exchange(hasLeft_, true)) {
    backstage_.log.leave();
  }
}

void Handler::pause(std::optional<std::chrono::milliseconds> duration,
                    const Poco::Net::StreamSocket& socket) const {
  const auto end = Clock::now() + duration.value_or(std::chrono::hours(24));
  while (!backstage_.isStopping && Clock::now() < end && !isGone(socket)) {
    std::this_thread::sleep_for(kPollInterval);
  }
}

Poco::Net::HTTPRequestHandler* HandlerFactory::createRequestHandler(
    const Poco::Net::HTTPServerRequest& /*request*/) {
  return std::make_unique<Handler>(backstage_).release();
}

}  // namespace mediadock::scripted
