#include "support/raw_http.h"

#include <Poco/Base64Encoder.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace mediadock {

namespace {

constexpr long kTimeoutSeconds = 30;

}  // namespace

std::string HttpMessage::header(const std::string& name) const {
  const std::vector<std::string> values = allHeaders(name);
  return values.empty() ? std::string() : values.front();
}

bool HttpMessage::has(const std::string& name) const {
  return !allHeaders(name).empty();
}

std::vector<std::string> HttpMessage::allHeaders(const std::string& name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (Poco::icompare(key, name) == 0) {
      values.push_back(value);
    }
  }
  return values;
}

int HttpMessage::status() const {
  const std::size_t space = startLine.find(' ');
  return space == std::string::npos ? 0 : std::stoi(startLine.substr(space + 1));
}

HttpMessage parseHttpMessage(const std::string& text) {
  HttpMessage message;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t stop = std::min(text.find("\r\n", start), text.size());
    const std::string line = text.substr(start, stop - start);
    start = std::min(stop + 2, text.size());
    if (line.empty()) {
      message.body = text.substr(start);
      break;
    }
    const std::size_t colon = line.find(':');
    if (message.startLine.empty()) {
      message.startLine = line;
    } else if (colon != std::string::npos) {
      message.headers.emplace_back(line.substr(0, colon), Poco::trim(line.substr(colon + 1)));
    }
  }
  return message;
}

RawConnection::RawConnection(std::uint16_t port)
    : socket_(Poco::Net::SocketAddress("127.0.0.1", port)) {
  socket_.setReceiveTimeout(Poco::Timespan(kTimeoutSeconds, 0));
  socket_.setSendTimeout(Poco::Timespan(kTimeoutSeconds, 0));
}

void RawConnection::send(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    done += static_cast<std::size_t>(
        socket_.sendBytes(bytes.data() + done, static_cast<int>(bytes.size() - done)));
  }
}

void RawConnection::finishSending() {
  socket_.shutdownSend();
}

void RawConnection::close() {
  socket_.close();
}

HttpMessage RawConnection::receive(bool isAnswerToHead) {
  HttpMessage message = receiveOne(isAnswerToHead);
  while (message.status() == 100) {
    message = receiveOne(isAnswerToHead);
  }
  return message;
}

bool RawConnection::fill() {
  std::array<char, 65536> block;
  int count = 0;
  try {
    count = socket_.receiveBytes(block.data(), static_cast<int>(block.size()));
  } catch (const Poco::Net::ConnectionResetException&) {
    return false;
  }
  received_.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::string RawConnection::take(std::size_t count) {
  while (received_.size() < count && fill()) {
  }
  std::string taken = received_.substr(0, count);
  received_.erase(0, taken.size());
  return taken;
}

std::string RawConnection::takeLine() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos && fill()) {
  }
  return take(end == std::string::npos ? received_.size() : end + 2);
}

std::string RawConnection::takeChunks() {
  std::string body;
  for (;;) {
    const std::string head = takeLine();
    const std::size_t size = head.empty() ? 0 : std::stoul(head, nullptr, 16);
    if (size == 0) {
      takeLine();
      return body;
    }
    body += take(size);
    takeLine();
  }
}

HttpMessage RawConnection::receiveOne(bool isAnswerToHead) {
  std::string head;
  for (std::string line = takeLine(); !line.empty(); line = takeLine()) {
    head += line;
    if (line == "\r\n") {
      break;
    }
  }
  HttpMessage message = parseHttpMessage(head);
  const int status = message.status();
  if (isAnswerToHead || status < 200 || status == 204 || status == 304) {
    return message;
  }
  if (message.has("Transfer-Encoding")) {
    message.body = takeChunks();
  } else if (message.has("Content-Length")) {
    message.body = take(std::stoul(message.header("Content-Length")));
  } else {
    message.body = take(std::string::npos);
  }
  return message;
}

std::string basicAuthorization(const std::string& username, const std::string& password) {
  std::ostringstream text;
  Poco::Base64Encoder encoder(text);
  encoder.rdbuf()->setLineLength(0);
  encoder << username << ':' << password;
  encoder.close();
  return "Basic " + text.str();
}

}  // namespace mediadock
