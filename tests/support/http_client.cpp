#include "support/http_client.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Timespan.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <utility>

namespace mediadock {

namespace {

Poco::Net::StreamSocket connectTo(const std::string& url) {
  const Poco::Net::SocketAddress address(url.substr(url.find("://") + 3));
  if (url.starts_with("http:")) {
    return Poco::Net::StreamSocket(address);
  }
  using Poco::Net::Context;
  const Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE));
  return Poco::Net::SecureStreamSocket(address, context);
}

}  // namespace

HttpClient::HttpClient(const std::string& url) : socket_(connectTo(url)) {
  socket_.setReceiveTimeout(Poco::Timespan(10, 0));
}

void HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()), MSG_NOSIGNAL);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void HttpClient::finishSending() {
  socket_.shutdownSend();
}

void HttpClient::reset() {
  socket_.setLinger(true, 0);
  socket_.close();
}

HttpAnswer HttpClient::receiveHead() {
  const std::string head = readHead();
  HttpAnswer answer;
  if (!head.starts_with("HTTP/1.1 ")) {
    throw std::runtime_error("no answer but: " + head);
  }
  answer.status = std::stoi(head.substr(9, 3));
  for (std::size_t begin = head.find("\r\n") + 2; begin < head.size();) {
    const std::size_t end = head.find("\r\n", begin);
    const std::string line = head.substr(begin, end - begin);
    const std::size_t colon = line.find(':');
    answer.headers.add(line.substr(0, colon), std::string(base::trimmed(line.substr(colon + 1))));
    begin = end + 2;
  }
  return answer;
}

HttpAnswer HttpClient::receive(bool isHead) {
  HttpAnswer answer = receiveHead();
  const bool hasBody =
      !isHead && answer.status >= 200 && answer.status != 204 && answer.status != 304;
  if (hasBody && answer.header("Transfer-Encoding") == "chunked") {
    auto chunk = receiveChunk();
    for (; chunk && !chunk->empty(); chunk = receiveChunk()) {
      answer.body += *chunk;
    }
    answer.isShort = !chunk;
    return answer;
  }
  if (hasBody && !answer.headers.has("Content-Length")) {
    while (fill()) {
    }
    answer.body = std::exchange(received_, {});
    return answer;
  }
  const std::size_t length = hasBody ? std::stoull(answer.header("Content-Length")) : 0;
  while (received_.size() < length && fill()) {
  }
  answer.isShort = received_.size() < length;
  answer.body = received_.substr(0, length);
  received_.erase(0, answer.body.size());
  return answer;
}

std::optional<std::string> HttpClient::receiveChunk() {
  const auto line = receiveLine();
  if (!line) {
    return std::nullopt;
  }
  const std::size_t length = std::stoull(*line, nullptr, 16);
  if (length == 0) {
    return receiveTrailers();
  }
  while (received_.size() < length + 2) {
    if (!fill()) {
      return std::nullopt;
    }
  }
  std::string chunk = received_.substr(0, length);
  if (received_.compare(length, 2, "\r\n") != 0) {
    throw std::runtime_error("a chunk is longer than it says");
  }
  received_.erase(0, length + 2);
  return chunk;
}

/// Returns the last chunk's content, which is none.
std::optional<std::string> HttpClient::receiveTrailers() {
  trailers_.clear();
  for (;;) {
    const auto line = receiveLine();
    if (!line || line->empty()) {
      return line;
    }
    trailers_ += *line + "\n";
  }
}

std::optional<std::string> HttpClient::receiveLine() {
  std::size_t end = received_.find("\r\n");
  while (end == std::string::npos) {
    if (!fill()) {
      return std::nullopt;
    }
    end = received_.find("\r\n");
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

bool HttpClient::hasAnswer(std::chrono::milliseconds wait) {
  return !received_.empty() || socket_.poll(Poco::Timespan(std::chrono::microseconds(wait).count()),
                                            Poco::Net::Socket::SELECT_READ);
}

HttpAnswer HttpClient::exchange(const std::string& method, const std::string& target,
                                const std::string& headers, const std::string& body) {
  const bool hasLength = !body.empty() && headers.find("Content-Length") == std::string::npos;
  send(method + " " + target + " HTTP/1.1\r\nHost: example.test\r\n" + headers +
       (hasLength ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "") + "\r\n" +
       body);
  return receive(method == "HEAD");
}

bool HttpClient::isClosed() {
  return received_.empty() && !fill();
}

/// Returns false at the end of the connection, also where it is reset.
bool HttpClient::fill() {
  std::array<char, 65536> piece{};
  try {
    const int got = socket_.receiveBytes(piece.data(), static_cast<int>(piece.size()));
    received_.append(piece.data(), static_cast<std::size_t>(std::max(got, 0)));
    return got > 0;
  } catch (const Poco::TimeoutException&) {
    throw;
  } catch (const Poco::Exception&) {
    return false;
  }
}

std::string HttpClient::readHead() {
  std::size_t end = received_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!fill()) {
      throw std::runtime_error("the connection ended before an answer: " + received_);
    }
    end = received_.find("\r\n\r\n");
  }
  std::string head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  return head;
}

FormBody& FormBody::field(const std::string& name, const std::string& value) {
  parts_ += "--b0undary\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
            "\r\n";
  return *this;
}

FormBody& FormBody::file(const std::string& name, const std::string& content,
                         const std::string& extraHeaders) {
  parts_ += "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
            "\"\r\n" + extraHeaders + "\r\n" + content + "\r\n";
  return *this;
}

std::string FormBody::str() const {
  return parts_ + "--b0undary--\r\n";
}

}  // namespace mediadock
