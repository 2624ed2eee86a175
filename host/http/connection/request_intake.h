#pragma once

/// \file
/// Reads the requests of a connection one after another, as the HTTP server asks for them.

#include "http/connection/body_feed.h"
#include "http/connection/client_channel.h"
#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"
#include "http/framing/request_head.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::http::guard {

/// Tracks where in the stream of requests the connection is.
///
///              awaitRequest          read                       read
///     Idle ───────────────▶ Idle ─────────▶ Head ─▶ Body ─▶ Done ───▶ 0
///      ▲                     │ refused               │ broken  │
///      │                     ▼                       ▼         │
///      │                   Over                    Broken      │
///      └─────── awaitRequest: rest of the body read away ──────┘
///
/// Poco waits on the socket only for the next request. So a wait ends the previous request, and a
/// read past the end of a body, which only a faulty handler does, returns 0 rather than bytes of
/// the next request. Handlers therefore must not wait for the socket to become readable.
class RequestIntake {
 public:
  /// \param channel, \param settings must outlive the intake.
  /// \param refuse sends a response in place of the server and closes the sending side.
  RequestIntake(ClientChannel& channel, const GuardSettings& settings,
                std::function<void(const Refusal&)> refuse);

  enum class Awaited {
    Request,  ///< Bytes have arrived, or the client has closed.
    Silence,  ///< Nothing arrived within the limit; the caller may wait again.
    Nothing,  ///< The connection can no longer be used.
  };

  /// Ends the previous request and waits for the next.
  Awaited awaitRequest(std::chrono::nanoseconds limit);

  /// How long the client may stay silent after `awaitRequest` returned `Silence`.
  std::chrono::milliseconds silenceLimit() const noexcept;

  /// Reads the next bytes for the server: a framing head, then the body, never both in one read.
  /// Returns 0 after the body, and if no head follows.
  /// \throws Poco::Exception if the body breaks off, is malformed or arrives too slowly; the client
  ///   has been sent its response by then, if it could be.
  std::size_t read(std::span<char> buffer);

  /// The request that `read` has begun last; valid until the next `awaitRequest`.
  const RequestHead& head() const noexcept { return head_; }

  /// Frees the memory of the previous request.
  void shrink() noexcept;

  /// Must be called with what the server is about to send.
  void noteAnswer(std::string_view bytes) noexcept;

  /// Whether the client may still be sending, and would lose the response if its bytes reached a
  /// closed socket.
  bool mayBeSent() const noexcept;

 private:
  enum class State { Idle, Head, Body, Done, Over, Broken };

  bool takeHead();
  bool receiveHead(std::size_t& size);
  void beginRequest();
  std::size_t handOutHead(std::span<char> buffer);
  std::size_t handOutBody(std::span<char> buffer);
  bool finishBody();
  void refuseHead(const Refusal& refusal);
  [[noreturn]] void breakOff(const Refusal* refusal, const std::string& reason);

  ClientChannel& channel_;
  const GuardSettings& settings_;
  std::function<void(const Refusal&)> refuse_;
  State state_ = State::Idle;
  /// Backs the views in `head_`.
  std::string headBytes_;
  RequestHead head_;
  std::string framingHead_;
  std::size_t headGiven_ = 0;
  BodyFeed body_;
  TransferWatch receivingWatch_;
  bool isFirst_ = true;
  bool owesContinue_ = false;
  bool hasAnswerBegun_ = false;
  bool hasRefused_ = false;
};

}  // namespace mediadock::http::guard
