#include "dav_upload.h"

#include "answer_head.h"
#include "mediadock/storage_error.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace mediadock {
namespace {

constexpr const char* kLineEnd = "\r\n";

}  // namespace

DavUpload::DavUpload(std::unique_ptr<SessionLease> lease, TrafficTicket ticket,
                     std::optional<std::uint64_t> size)
    : lease_(std::move(lease)),
      ticket_(std::move(ticket)),
      left_(size) {}

void DavUpload::write(std::string_view bytes, const CallLimits& limits) {
  // Until it is known better. An empty chunk would be the last one.
  isBroken_ = true;
  if (!left_) {
    if (!bytes.empty()) {
      sendChunk(bytes, limits);
    }
  } else {
    lease_->session().send(bytes, limits);
    *left_ -= bytes.size();
  }
  isBroken_ = false;
}

void DavUpload::writeFile(int file, std::uint64_t bytes, const CallLimits& limits) {
  isBroken_ = true;
  lease_->session().sendFile(file, 0, bytes, limits);
  *left_ -= bytes;
  isBroken_ = false;
}

void DavUpload::sendChunk(std::string_view bytes, const CallLimits& limits) {
  constexpr int kHexadecimal = 16;
  std::array<char, 16> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), kHexadecimal).ptr;
  std::string head(std::exchange(isFirstChunk_, false) ? "" : kLineEnd);
  head.append(digits.data(), end).append(kLineEnd);
  lease_->session().send(head, limits, HttpSession::Follows::More);
  lease_->session().send(bytes, limits);
}

void DavUpload::endChunks(const CallLimits& limits) {
  isBroken_ = true;
  try {
    lease_->session().send((isFirstChunk_ ? "" : kLineEnd) + std::string("0\r\n\r\n"), limits);
    isBroken_ = false;
  } catch (const StorageError& error) {
    // The server may have said why it closed the connection.
    if (error.code() != StorageErrc::Connection) {
      throw;
    }
  }
}

DavResponse DavUpload::finish(const CallLimits& limits) {
  if (!left_ && !isBroken_) {
    endChunks(limits);
  }
  auto head = readHead(lease_->session(), limits);
  if (isBroken_ || left_.value_or(0) > 0) {
    // An early answer: what the server still expects would be taken for the next request.
    head.fields.set("Connection", "close");
  }
  return {std::move(lease_), std::move(ticket_), std::move(head), false};
}

}  // namespace mediadock
