#pragma once

/// \file
/// Plaintext transport.

#include "http/connection/byte_transport.h"

namespace mediadock::http::guard {

class PlainTransport final : public IByteTransport {
 public:
  /// \param descriptor borrowed; must be non-blocking.
  explicit PlainTransport(int descriptor) : descriptor_(descriptor) {}

  Attempt receive(std::span<char> buffer) override;
  Attempt send(std::string_view bytes, int flags) override;

  bool holdsBytes() const noexcept override { return false; }

  void endSending() noexcept override;

  bool isSecure() const noexcept override { return false; }

 private:
  int descriptor_;
};

}  // namespace mediadock::http::guard
