#include "answer_head.h"

#include "mediadock/storage_error.h"

#include <string_view>

namespace mediadock {
namespace {

constexpr std::size_t kMaxHeadBytes = 65536;
constexpr int kMaxInterimAnswers = 20;

std::string_view awaitHead(HttpSession& session, const CallLimits& limits) {
  for (;;) {
    const auto text = session.buffered();
    if (const auto end = text.find("\r\n\r\n"); end != std::string_view::npos) {
      return text.substr(0, end);
    }
    if (text.size() > kMaxHeadBytes) {
      throw StorageError(StorageErrc::Protocol, "the head of the storage's answer is too long");
    }
    if (!session.fill(limits)) {
      throw StorageError({.code = StorageErrc::Connection,
                          .message = "the storage closed the connection without an answer",
                          .retry = Retry::Safe});
    }
  }
}

}  // namespace

HttpHead readHead(HttpSession& session, const CallLimits& limits) {
  for (int i = 0; i < kMaxInterimAnswers; ++i) {
    const auto text = awaitHead(session, limits);
    auto head = parseHttpHead(text);
    session.consume(text.size() + 4);
    if (head.status == 101) {
      throw StorageError(StorageErrc::Protocol, "the storage switches protocols unasked");
    }
    if (head.status >= 200) {
      return head;
    }
    limits.progress();
  }
  throw StorageError(StorageErrc::Protocol, "the storage never comes to an answer");
}

}  // namespace mediadock
