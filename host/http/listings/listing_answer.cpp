#include "http/listings/listing_answer.h"

#include "http/listings/listing_channel.h"
#include "http/listings/listing_head.h"
#include "http/syntax/accept.h"
#include "http/syntax/conditional.h"
#include "http/syntax/json_writer.h"
#include "http/syntax/problem_exception.h"
#include "media/browsing/browse.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::http {
namespace {

using Clock = std::chrono::steady_clock;

/// Listings with more entries are not sorted.
constexpr std::size_t kMostWhole = 1000;
/// How long to wait for the rest after the first entries. Enough for a customer's folder with its
/// subfolders on a slow server.
constexpr std::chrono::milliseconds kWholeTimeout{1000};
/// After this long without an entry, what has been collected is sent.
constexpr std::chrono::milliseconds kGatherTimeout{20};
/// After this long without an entry, a line break probes the client.
constexpr std::chrono::milliseconds kSilence{1000};

class ListingAnswer {
 public:
  ListingAnswer(const Request& request, Response& response, media::IBrowseStream& listing,
                const media::BrowseRequest& asked, const FileUrls& urls)
      : request_(request),
        response_(response),
        listing_(listing),
        asked_(asked),
        urls_(urls),
        media_(asked.includeMedia ? MediaField::Present : MediaField::Absent) {}

  void send() {
    collect();
    if (!hasMore_) {
      const auto page = media::sortedPage(std::move(items_), asked_);
      tellOmitted(response_, listing_.omitted());
      sendListing(request_, response_, toJson(page.items, media_, urls_));
      return;
    }
    const bool isPacked = acceptsGzip(request_.headers());
    response_.setHeader("Trailer", kOmittedEntries);
    if (beginListing(request_, response_, {.isPacked = isPacked})) {
      stream(isPacked);
    }
  }

 private:
  /// Collects entries while the response may still be sent as a whole. A conditional request is
  /// worth waiting for that.
  void collect() {
    const bool isConditional =
        request_.headers().has("If-None-Match") || request_.headers().has("If-Match");
    auto end = Clock::time_point::max();
    while (hasMore_ && items_.size() <= kMostWhole && Clock::now() < end) {
      std::vector<media::BrowseItem> some;
      hasMore_ = listing_.next(some, end);
      std::move(some.begin(), some.end(), std::back_inserter(items_));
      if (!isConditional && !items_.empty() && end == Clock::time_point::max()) {
        end = Clock::now() + kWholeTimeout;
      }
    }
  }

  void stream(bool isPacked) {
    ListingChannel channel(response_, isPacked);
    JsonWriter json;
    json.beginArray();
    ItemWriter writer(media_, urls_);
    bool isFlushed = false;
    for (;;) {
      for (const media::BrowseItem& item : items_) {
        writer.write(json, item);
        if (json.text().size() >= ListingChannel::kPieceBytes) {
          channel.add(json);
        }
      }
      isFlushed = isFlushed && items_.empty();
      if (!hasMore_) {
        break;
      }
      hasMore_ = listing_.next(items_, Clock::now() + (isFlushed ? kSilence : kGatherTimeout));
      if (items_.empty() && hasMore_) {
        if (isFlushed) {
          json.lineBreak();
        }
        channel.add(json);
        channel.flush();
        isFlushed = true;
      }
    }
    json.endArray();
    channel.add(json);
    channel.finish(trailers());
  }

  std::string trailers() const {
    HeaderLines lines;
    if (const auto count = listing_.omitted(); count > 0) {
      lines.set(kOmittedEntries, std::to_string(count));
    }
    return std::string(lines.text());
  }

  const Request& request_;
  Response& response_;
  media::IBrowseStream& listing_;
  const media::BrowseRequest& asked_;
  const FileUrls& urls_;
  const MediaField media_;
  std::vector<media::BrowseItem> items_;
  bool hasMore_ = true;
};

}  // namespace

void answerListing(const Request& request, Response& response, media::IBrowseStream& listing,
                   const media::BrowseRequest& asked, const FileUrls& urls) {
  ListingAnswer(request, response, listing, asked, urls).send();
}

}  // namespace mediadock::http
