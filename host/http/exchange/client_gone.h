#pragma once

/// \file
/// Thrown when the client has disconnected; no response can be sent.

#include <exception>
#include <string>
#include <utility>

namespace mediadock::http {

/// The client disconnected, was too slow, or sent a malformed body. If a response was still
/// possible, the guard has sent it (guard::RequestIntake). Not a StorageError, so that no handler
/// on the way mistakes it for one.
class ClientGone final : public std::exception {
 public:
  explicit ClientGone(std::string reason) : reason_(std::move(reason)) {}

  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

}  // namespace mediadock::http
