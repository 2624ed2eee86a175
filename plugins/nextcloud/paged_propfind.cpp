#include "paged_propfind.h"

#include "status_error.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

/// Statuses that would meet a listing as a whole, too.
bool isSick(int status) {
  return status == 401 || status == 429 || status >= 500;
}

class Pages {
 public:
  Pages(DavClient& client, std::size_t count, const MultistatusParser::Sink& sink,
        const CallLimits& limits)
      : client_(client),
        count_(count),
        sink_(sink),
        limits_(limits) {}

  PagedListing read(const PropfindRequest& propfind) {
    for (;;) {
      auto response = ask(propfind);
      const bool isFirst = !total_;
      if (isFirst && response.status() == 404) {
        response.drain(limits_);
        return PagedListing::Nothing;
      }
      if (response.status() != 207 && (isFirst || isSick(response.status()))) {
        throwRefusal(DavCall::Look, response, limits_);
      }
      const bool isPage = response.head().field("X-NC-Paginate") == "true";
      if (isFirst && !isPage) {
        readMultistatus(response, sink_, limits_);
        return PagedListing::Whole;
      }
      if (!isPage || response.status() != 207 || !agrees(response.head())) {
        response.drain(limits_);
        return PagedListing::Unusable;
      }
      const auto before = seen_.size();
      readMultistatus(
          response, [this](DavItem&& item) { take(std::move(item)); }, limits_);
      if (seen_.size() - before != count_ || seen_.size() > *total_) {
        return isComplete() ? PagedListing::Whole : PagedListing::Unusable;
      }
    }
  }

 private:
  DavResponse ask(const PropfindRequest& propfind) {
    auto request = propfind.request;
    request.fields.emplace_back("X-NC-Paginate", "true");
    request.fields.emplace_back("X-NC-Paginate-Count", std::to_string(count_));
    if (total_) {
      request.fields.emplace_back("X-NC-Paginate-Token", token_);
      request.fields.emplace_back("X-NC-Paginate-Offset", std::to_string(seen_.size()));
    }
    return client_.exchange(request, propfind.body, limits_);
  }

  /// The first page gives token and total. A token that the server does not know any more makes it
  /// start over, under a new one.
  bool agrees(const HttpHead& head) {
    const auto token = head.field("X-NC-Paginate-Token");
    if (total_) {
      return token.empty() || token == token_;
    }
    token_ = token;
    total_ = head.number("X-NC-Paginate-Total");
    return total_ && !token_.empty();
  }

  void take(DavItem&& item) {
    seen_.push_back(std::hash<std::string>{}(item.href));
    sink_(std::move(item));
  }

  /// Whether as many different entries came as the server counted: no page came twice, none was
  /// left out.
  bool isComplete() {
    std::sort(seen_.begin(), seen_.end());
    const auto different = std::unique(seen_.begin(), seen_.end()) - seen_.begin();
    return static_cast<std::uint64_t>(different) == *total_;
  }

  DavClient& client_;
  std::size_t count_;
  const MultistatusParser::Sink& sink_;
  const CallLimits& limits_;
  std::string token_;
  /// Of the first page.
  std::optional<std::uint64_t> total_;
  /// Hashes of all hrefs.
  std::vector<std::size_t> seen_;
};

}  // namespace

PagedListing propfindPaged(DavClient& client, const PropfindRequest& propfind, std::size_t count,
                           const MultistatusParser::Sink& sink, const CallLimits& limits) {
  return Pages(client, count, sink, limits).read(propfind);
}

}  // namespace mediadock
