#pragma once

/// \file
/// The end of an exchange that nobody is left to be told about.

#include <exception>
#include <string>
#include <utility>

namespace mediadock {

/// The client cannot be talked to any more: it left, was too slow, or broke its own body. What
/// could still be answered, the guard has answered (guard::RequestIntake). Not a StorageError, so
/// that nothing on its way takes it for one.
class ClientGone final : public std::exception {
 public:
  explicit ClientGone(std::string reason) : reason_(std::move(reason)) {}

  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

}  // namespace mediadock
