#pragma once

/// \file
/// One request after the other, as the server above asks for them.

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

namespace mediadock::guard {

/// Knows where in the stream of requests the connection is.
///
///              awaitRequest          read                       read
///     Idle ───────────────▶ Idle ─────────▶ Head ─▶ Body ─▶ Done ───▶ 0
///      ▲                     │ refused               │ broken  │
///      │                     ▼                       ▼         │
///      │                   Over                    Broken      │
///      └─────── awaitRequest: rest of the body read away ──────┘
///
/// Poco asks for a request by waiting for it, and for nothing else: so a wait ends the request
/// before it, and a read behind a body, which only a careless handler does, sees the end instead
/// of the next request. Handlers therefore must not wait for the socket to become readable.
class RequestIntake {
 public:
  /// \param channel, \param settings must outlive the intake.
  /// \param refuse sends an answer in the server's place and ends the sending.
  RequestIntake(ClientChannel& channel, const GuardSettings& settings,
                std::function<void(const Refusal&)> refuse);

  enum class Awaited {
    Request,  ///< Something of one has come, or the client's end.
    Silence,  ///< Nothing within the limit; it may be waited on.
    Nothing,  ///< The connection cannot be used any further.
  };

  /// Ends the request before and waits for the next.
  Awaited awaitRequest(std::chrono::nanoseconds limit);

  /// How long the client may be silent where `awaitRequest` has found silence.
  std::chrono::milliseconds silenceLimit() const noexcept;

  /// The next bytes for the server: a framing head, then the body, never both in one read. Returns
  /// 0 behind the body, and where there is no head to come.
  /// \throws Poco::Exception where the body breaks off, is malformed or comes too slowly; the
  ///   client has got its answer then.
  std::size_t read(std::span<char> buffer);

  /// The request that `read` has begun last; valid until the next wait for one.
  const RequestHead& head() const noexcept { return head_; }

  /// Gives back what the request before took.
  void shrink() noexcept;

  /// Takes note of what the server is about to send.
  void noteAnswer(std::string_view bytes) noexcept;

  /// Whether the client may be sending still, and would lose the answer if its bytes met a closed
  /// socket.
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
  /// What `head_` borrows from.
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

}  // namespace mediadock::guard
