#pragma once

/// \file
/// The response to a request that the guard refuses, before it reaches the server.

#include <string>
#include <string_view>

namespace mediadock::http::guard {

struct Refusal {
  int status = 400;
  /// A sentence for the client. Quotes nothing from the request.
  std::string_view detail;
  /// Complete header lines for this status, each with its CRLF.
  std::string_view extraHeaders = {};
};

/// A complete HTTP/1.1 problem response (RFC 9457) that closes the connection.
std::string writeRefusal(const Refusal& refusal, std::string_view requestId);

}  // namespace mediadock::http::guard
