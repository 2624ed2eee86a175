#pragma once

/// \file
/// The answer to what does not get as far as the server.

#include <string>
#include <string_view>

namespace mediadock::guard {

struct Refusal {
  int status = 400;
  /// A sentence for the client. Holds nothing of the request.
  std::string_view detail;
  /// Whole header lines that go with the status, each with its CRLF.
  std::string_view extraHeaders = {};
};

/// A whole HTTP/1.1 answer (RFC 9457) that closes the connection.
std::string writeRefusal(const Refusal& refusal, std::string_view requestId);

}  // namespace mediadock::guard
