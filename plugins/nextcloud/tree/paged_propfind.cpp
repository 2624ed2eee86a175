#include "tree/paged_propfind.h"

#include "dav/status_error.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Statuses that a listing without pages would get as well.
bool failsUnpagedToo(int status) {
  return status == 401 || status == 429 || status >= 500;
}

}  // namespace

FolderPropfind::FolderPropfind(DavClient& client, PropfindRequest propfind, std::size_t pageEntries,
                               MultistatusParser::Sink sink)
    : client_(client),
      propfind_(std::move(propfind)),
      pageEntries_(pageEntries),
      sink_(std::move(sink)) {}

bool FolderPropfind::open(const http_client::CallLimits& limits) {
  auto response = ask(limits);
  if (response.status() == 404) {
    requireAbsence(DavCall::Look, response, limits);
    return false;
  }
  if (!isMultistatus(response.head())) {
    throwRefusal(DavCall::Look, response, limits);
  }
  isPaged_ = pageEntries_ > 0 && response.head().field("X-NC-Paginate") == "true";
  if (isPaged_ && !agrees(response.head())) {
    response.drain(limits);
    return true;
  }
  read(std::move(response));
  return true;
}

bool FolderPropfind::step(http_client::CallLimits::Clock::time_point until,
                          const http_client::CallLimits& limits) {
  if (!reading_ && total_) {
    auto response = ask(limits);
    if (failsUnpagedToo(response.status())) {
      throwRefusal(DavCall::Look, response, limits);
    }
    const bool isPage = response.head().field("X-NC-Paginate") == "true";
    if (!isPage || !isMultistatus(response.head()) || !agrees(response.head())) {
      response.drain(limits);
      std::sort(seen_.begin(), seen_.end());
      total_.reset();
      return false;
    }
    read(std::move(response));
  }
  if (!reading_) {
    return false;
  }
  return reading_->step(until, limits) || endPage();
}

bool FolderPropfind::hasGiven(const std::string& href) const {
  return std::binary_search(seen_.begin(), seen_.end(), std::hash<std::string>{}(href));
}

http_client::HttpResponse FolderPropfind::ask(const http_client::CallLimits& limits) {
  auto request = propfind_.request;
  if (pageEntries_ > 0) {
    request.fields.emplace_back("X-NC-Paginate", "true");
    request.fields.emplace_back("X-NC-Paginate-Count", std::to_string(pageEntries_));
  }
  if (total_) {
    request.fields.emplace_back("X-NC-Paginate-Token", token_);
    request.fields.emplace_back("X-NC-Paginate-Offset", std::to_string(seen_.size()));
  }
  return client_.exchange(request, propfind_.body, limits);
}

/// The first page sets token and total. A server that has dropped the token starts over with a new
/// one, which does not agree.
bool FolderPropfind::agrees(const http_client::HttpHead& head) {
  const auto& token = head.field("X-NC-Paginate-Token");
  if (total_) {
    return token.empty() || token == token_;
  }
  token_ = token;
  const auto total = head.number("X-NC-Paginate-Total");
  if (token_.empty()) {
    return false;
  }
  total_ = total;
  return total.has_value();
}

void FolderPropfind::read(http_client::HttpResponse response) {
  seenBefore_ = seen_.size();
  response_.emplace(std::move(response));
  reading_.emplace(*response_, [this](DavItem&& item) { take(std::move(item)); });
}

void FolderPropfind::take(DavItem&& item) {
  if (isPaged_) {
    seen_.push_back(std::hash<std::string>{}(item.href));
  }
  sink_(std::move(item));
}

/// Returns whether there is another page.
bool FolderPropfind::endPage() {
  reading_.reset();
  response_.reset();
  if (!isPaged_) {
    isWhole_ = true;
    return false;
  }
  if (seen_.size() - seenBefore_ == pageEntries_ && seen_.size() <= *total_) {
    return true;
  }
  isWhole_ = isComplete();
  total_.reset();
  return false;
}

/// Whether the number of distinct entries is the server's total: no page was repeated or missing.
bool FolderPropfind::isComplete() {
  std::sort(seen_.begin(), seen_.end());
  const auto end = std::unique(seen_.begin(), seen_.end());
  seen_.erase(end, seen_.end());
  return seen_.size() == *total_;
}

}  // namespace mediadock::nextcloud
