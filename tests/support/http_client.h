#pragma once

/// \file
/// A client that sends the bytes it is given and reads answers exactly as they are framed.

#include "http/syntax/headers.h"

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

struct HttpAnswer {
  int status = 0;
  http::Headers headers;
  std::string body;
  /// The connection ended before `Content-Length` was reached, or the last chunk.
  bool isShort = false;

  std::string header(std::string_view name) const { return headers.joined(name).value_or(""); }
};

/// One connection. Waits at most ten seconds for anything.
class HttpClient {
 public:
  /// \param url `http://HOST:PORT`, or `https` for a server that any certificate will do for.
  explicit HttpClient(const std::string& url);

  void send(std::string_view bytes);

  /// Says that nothing more will come.
  void finishSending();

  /// Leaves at once, with a reset.
  void reset();

  /// The next answer. A final one has its body read unless it is to a HEAD.
  HttpAnswer receive(bool isHead = false);

  /// The head of the next answer, whose body comes in chunks.
  HttpAnswer receiveHead();

  /// The next chunk of that body: empty for the last one, nothing where the connection ends before.
  std::optional<std::string> receiveChunk();

  /// What stood behind the last chunk that came, line by line.
  const std::string& trailers() const noexcept { return trailers_; }

  /// Whether something can be received; waits for it at most so long.
  bool hasAnswer(std::chrono::milliseconds wait);

  /// Sends `METHOD target` with the headers (each ended by CRLF) and the body, then receives.
  HttpAnswer exchange(const std::string& method, const std::string& target,
                      const std::string& headers = "", const std::string& body = "");

  /// Whether the server closes the connection without sending anything more.
  bool isClosed();

 private:
  bool fill();
  std::optional<std::string> receiveLine();
  std::optional<std::string> receiveTrailers();
  std::string readHead();

  Poco::Net::StreamSocket socket_;
  std::string received_;
  std::string trailers_;
};

/// A `multipart/form-data` body put together part by part.
class FormBody {
 public:
  FormBody& field(const std::string& name, const std::string& value);
  FormBody& file(const std::string& name, const std::string& content,
                 const std::string& extraHeaders = "");

  std::string str() const;

  static constexpr const char* kContentType =
      "Content-Type: multipart/form-data; boundary=b0undary\r\n";

 private:
  std::string parts_;
};

}  // namespace mediadock
