#include "dav_upload.h"

#include "answer_head.h"

#include <utility>

namespace mediadock {

DavUpload::DavUpload(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, std::uint64_t size)
    : lease_(std::move(lease)),
      ticket_(std::move(ticket)),
      left_(size) {}

void DavUpload::write(std::string_view bytes, const CallLimits& limits) {
  lease_->session().send(bytes, limits);
  left_ -= bytes.size();
}

DavResponse DavUpload::finish(const CallLimits& limits) {
  limits.progress();
  auto head = readHead(lease_->session(), limits);
  if (left_ > 0) {
    // An early answer: what the server still expects would be taken for the next request.
    head.fields.emplace_back("Connection", "close");
  }
  return {std::move(lease_), std::move(ticket_), std::move(head), false};
}

}  // namespace mediadock
