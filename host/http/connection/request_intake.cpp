#include "http/connection/request_intake.h"

#include "http/framing/framing_head.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace mediadock::http::guard {
namespace {

constexpr Refusal kTooSlow{.status = 408, .detail = "The request came too slowly."};

}  // namespace

RequestIntake::RequestIntake(ClientChannel& channel, const GuardSettings& settings,
                             std::function<void(const Refusal&)> refuse)
    : channel_(channel),
      settings_(settings),
      refuse_(std::move(refuse)),
      receivingWatch_(settings.receiving) {}

RequestIntake::Awaited RequestIntake::awaitRequest(std::chrono::nanoseconds limit) {
  if (state_ != State::Idle && !hasAnswerBegun_) {
    // Either a handler is waiting for its body, or it has ended without a response. No further
    // request is allowed.
    return Awaited::Nothing;
  }
  if (state_ == State::Body && finishBody()) {
    state_ = State::Done;
  }
  if (state_ == State::Done && head_.persists) {
    state_ = State::Idle;
  }
  if (state_ != State::Idle) {
    return Awaited::Nothing;
  }
  return channel_.awaitBytes(limit) ? Awaited::Request : Awaited::Silence;
}

std::chrono::milliseconds RequestIntake::silenceLimit() const noexcept {
  return isFirst_ ? settings_.headTimeout : settings_.idleTimeout;
}

std::size_t RequestIntake::read(std::span<char> buffer) {
  if (state_ == State::Idle && !takeHead()) {
    state_ = State::Over;
  }
  switch (state_) {
    case State::Head:
      return handOutHead(buffer);
    case State::Body:
      return handOutBody(buffer);
    case State::Broken:
      throw Poco::Net::ConnectionAbortedException("the body of this request is broken");
    default:
      return 0;
  }
}

void RequestIntake::shrink() noexcept {
  head_ = {};
  headBytes_ = {};
  framingHead_ = {};
}

void RequestIntake::noteAnswer(std::string_view bytes) noexcept {
  constexpr std::size_t kVersion = std::string_view("HTTP/1.1 ").size();
  if (hasAnswerBegun_) {
    return;
  }
  if (bytes.starts_with("HTTP/1.") && bytes.size() > kVersion && bytes[kVersion] == '1') {
    owesContinue_ = false;
  } else {
    hasAnswerBegun_ = true;
  }
}

bool RequestIntake::mayBeSent() const noexcept {
  return hasRefused_ || state_ == State::Body || state_ == State::Broken ||
         !channel_.buffered().empty();
}

bool RequestIntake::takeHead() {
  std::size_t size = 0;
  try {
    if (!receiveHead(size)) {
      return false;
    }
  } catch (const Poco::TimeoutException&) {
    if (!channel_.buffered().empty()) {
      refuseHead(kTooSlow);
    }
    return false;
  } catch (const Poco::Exception&) {
    // The connection is broken: no response can be sent.
    return false;
  }
  headBytes_.assign(channel_.buffered().substr(0, size));
  auto verdict = parseRequestHead(headBytes_, settings_.head);
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    refuseHead(*refusal);
    return false;
  }
  channel_.consume(size);
  head_ = std::get<RequestHead>(std::move(verdict));
  beginRequest();
  return true;
}

bool RequestIntake::receiveHead(std::size_t& size) {
  auto watch = TransferWatch::inAll(settings_.headTimeout);
  bool mayBeginWithEmptyLine = true;
  std::size_t searched = 0;
  while (true) {
    const auto bytes = channel_.buffered();
    // RFC 9112 §2.2: some clients send an extra empty line after a body.
    if (mayBeginWithEmptyLine && bytes.starts_with("\r\n")) {
      mayBeginWithEmptyLine = false;
      channel_.consume(2);
      continue;
    }
    const auto end = bytes == "\r" ? std::nullopt : findHeadEnd(bytes, searched);
    if (end.value_or(bytes.size()) > settings_.head.headBytes) {
      refuseHead(refuseOversized(bytes));
      return false;
    }
    if (end) {
      size = *end;
      return true;
    }
    searched = bytes.size();
    if (!channel_.fill(watch)) {
      if (!channel_.buffered().empty()) {
        refuseHead({.status = 400, .detail = "The head ended before its end."});
      }
      return false;
    }
  }
}

void RequestIntake::beginRequest() {
  framingHead_ = writeFramingHead(head_);
  headGiven_ = 0;
  body_ = BodyFeed(head_);
  owesContinue_ = head_.expectsContinue;
  hasAnswerBegun_ = false;
  isFirst_ = false;
  receivingWatch_.restart();
  channel_.restartSending();
  state_ = State::Head;
}

std::size_t RequestIntake::handOutHead(std::span<char> buffer) {
  const auto piece = std::string_view(framingHead_).substr(headGiven_, buffer.size());
  std::copy(piece.begin(), piece.end(), buffer.begin());
  headGiven_ += piece.size();
  if (headGiven_ == framingHead_.size()) {
    state_ = body_.isWhole() ? State::Done : State::Body;
  }
  return piece.size();
}

std::size_t RequestIntake::handOutBody(std::span<char> buffer) {
  try {
    const std::size_t got = body_.read(channel_, buffer, receivingWatch_);
    if (body_.isWhole()) {
      state_ = State::Done;
    }
    return got;
  } catch (const BrokenBody& broken) {
    breakOff(&broken.refusal(), std::string(broken.refusal().detail));
  } catch (const Poco::TimeoutException& error) {
    breakOff(&kTooSlow, error.displayText());
  } catch (const Poco::Exception& error) {
    breakOff(nullptr, error.displayText());
  }
}

bool RequestIntake::finishBody() {
  // After a final response in place of 100 Continue it is unknown whether the body follows (RFC
  // 9110 §10.1.1).
  if (owesContinue_ || body_.left() > settings_.drainBytes) {
    return false;
  }
  std::array<char, 4096> waste{};
  auto watch = TransferWatch::inAll(settings_.drainTimeout);
  std::size_t drained = 0;
  try {
    while (!body_.isWhole() && drained <= settings_.drainBytes) {
      drained += body_.read(channel_, waste, watch);
    }
  } catch (const BrokenBody&) {
    return false;
  } catch (const Poco::Exception&) {
    return false;
  }
  return body_.isWhole();
}

void RequestIntake::refuseHead(const Refusal& refusal) {
  state_ = State::Over;
  hasRefused_ = true;
  refuse_(refusal);
}

void RequestIntake::breakOff(const Refusal* refusal, const std::string& reason) {
  state_ = State::Broken;
  if (refusal != nullptr && !hasAnswerBegun_) {
    hasRefused_ = true;
    refuse_(*refusal);
  }
  throw Poco::Net::ConnectionAbortedException(reason);
}

}  // namespace mediadock::http::guard
