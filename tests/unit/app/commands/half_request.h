#pragma once

/// \file
/// A client that stops in the middle of its request.

#include <string>

namespace mediadock {
class ChildProcess;
}  // namespace mediadock

namespace mediadock::app {

/// An upload of which the host has got the head and the beginning of the body.
class HalfRequest final {
 public:
  /// Connects and sends the first half. `readyLine` is the host's `listening on http://HOST:PORT`.
  /// Throws `std::runtime_error`.
  explicit HalfRequest(const std::string& readyLine);
  ~HalfRequest();

  HalfRequest(const HalfRequest&) = delete;
  HalfRequest& operator=(const HalfRequest&) = delete;
  HalfRequest(HalfRequest&&) = delete;
  HalfRequest& operator=(HalfRequest&&) = delete;

  /// Sends the rest and returns the answer up to the end of the connection.
  std::string finish();

 private:
  void send(const std::string& text) const;

  int socket_ = -1;
};

/// Waits until the child has written `part` to standard error. Throws `std::runtime_error` where it
/// does not within ten seconds.
void waitForError(const ChildProcess& child, const std::string& part);

}  // namespace mediadock::app
