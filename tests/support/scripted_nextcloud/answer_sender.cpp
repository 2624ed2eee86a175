#include "support/scripted_nextcloud/answer_sender.h"

#include "support/scripted_nextcloud/preconditions.h"

#include <Poco/Net/HTTPResponse.h>
#include <Poco/NumberFormatter.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <string_view>
#include <sys/sendfile.h>
#include <system_error>

namespace mediadock::scripted {

namespace {

/// Little enough for the socket's buffer.
constexpr std::uint64_t kTail = 16384;

std::string makeHead(const Answer& answer) {
  using Poco::Net::HTTPResponse;
  const std::string reason =
      answer.reason.empty()
          ? HTTPResponse::getReasonForStatus(static_cast<HTTPResponse::HTTPStatus>(answer.status))
          : answer.reason;
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " " + reason +
                     "\r\nServer: nginx\r\nDate: " + toHttpDate(std::time(nullptr)) + "\r\n";
  if (answer.framing == Answer::Framing::Length) {
    head += "Content-Length: " + std::to_string(answer.bodyLength()) + "\r\n";
  } else if (answer.framing == Answer::Framing::Chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  }
  head += answer.closes ? "Connection: close\r\n" : "Connection: keep-alive\r\n";
  for (const auto& [name, value] : answer.headers) {
    head += name;
    head += ": " + value + "\r\n";
  }
  return head + "\r\n";
}

void sendText(Poco::Net::StreamSocket& socket, std::string_view text) {
  while (!text.empty()) {
    const int sent = socket.sendBytes(
        text.data(), static_cast<int>(std::min<std::size_t>(text.size(), 1U << 20U)));
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void sendBytes(Poco::Net::StreamSocket& socket, const FileSlice& slice, std::uint64_t first,
               std::uint64_t last) {
  auto offset = static_cast<off_t>(slice.offset + first);
  for (std::uint64_t left = last - first; left > 0;) {
    const ssize_t sent =
        ::sendfile(socket.impl()->sockfd(), slice.file->get(), &offset,
                   static_cast<std::size_t>(std::min<std::uint64_t>(left, 1U << 30U)));
    if (sent <= 0) {
      throw std::system_error(sent == 0 ? EIO : errno, std::generic_category(), "sendfile");
    }
    left -= static_cast<std::uint64_t>(sent);
  }
}

std::string chunkHead(std::uint64_t size) {
  return Poco::NumberFormatter::formatHex(Poco::UInt64{size}) + "\r\n";
}

}  // namespace

void sendAnswer(Poco::Net::StreamSocket& socket, const Answer& answer, bool isHead,
                std::optional<std::uint64_t> cutAfter, const std::function<void()>& beforeEnd) {
  const std::uint64_t whole = answer.bodyLength();
  const std::uint64_t length = std::min(whole, cutAfter.value_or(whole));
  const bool isChunked = answer.framing == Answer::Framing::Chunked;
  std::string head = makeHead(answer);
  if (isHead || answer.framing == Answer::Framing::NoBody) {
    beforeEnd();
    sendText(socket, head);
    return;
  }
  if (isChunked && whole > 0) {
    head += chunkHead(whole);
  }
  if (answer.file) {
    const std::uint64_t tail = length - std::min(length, kTail);
    sendText(socket, head);
    sendBytes(socket, *answer.file, 0, tail);
    beforeEnd();
    sendBytes(socket, *answer.file, tail, length);
  } else {
    beforeEnd();
    sendText(socket, head + answer.body.substr(0, length));
  }
  if (cutAfter) {
    socket.shutdown();
  } else if (isChunked) {
    sendText(socket, whole > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n");
  }
}

}  // namespace mediadock::scripted
