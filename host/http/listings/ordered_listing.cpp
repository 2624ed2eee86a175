#include "http/listings/ordered_listing.h"

#include "base/sha256.h"
#include "http/listings/listing_channel.h"
#include "http/listings/listing_head.h"
#include "http/syntax/accept.h"
#include "http/syntax/gzip.h"
#include "http/syntax/json_writer.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace mediadock::http {
namespace {

/// The text of up to this many items, about a megabyte, is held in memory.
constexpr std::size_t kMostHeld = 2000;

/// Passes the text of `items` to `take` piece by piece, in a `JsonWriter` that `take` must clear.
template <typename Take>
void writeInPieces(const std::vector<media::BrowseItem>& items, MediaField media,
                   const FileUrls& urls, Take take) {
  JsonWriter json;
  ItemWriter writer(media, urls);
  json.beginArray();
  for (const media::BrowseItem& item : items) {
    writer.write(json, item);
    if (json.text().size() >= ListingChannel::kPieceBytes) {
      take(json);
    }
  }
  json.endArray();
  take(json);
}

std::span<const std::byte> bytesOf(const JsonWriter& json) {
  return std::as_bytes(std::span(json.text()));
}

}  // namespace

void answerOrdered(const Request& request, Response& response,
                   const std::vector<media::BrowseItem>& items, MediaField media,
                   const FileUrls& urls) {
  if (items.size() <= kMostHeld) {
    sendListing(request, response, toJson(items, media, urls));
    return;
  }
  base::Sha256 digest;
  std::uint64_t length = 0;
  writeInPieces(items, media, urls, [&](JsonWriter& json) {
    digest.update(bytesOf(json));
    length += json.text().size();
    json.clear();
  });
  ListingForm form{.isPacked = response.canSendChunks() && acceptsGzip(request.headers()),
                   .etag = listingETag(digest.hex())};
  if (form.isPacked) {
    form.etag = packedEtag(*form.etag);
  } else {
    form.length = length;
  }
  if (!beginListing(request, response, form)) {
    return;
  }
  if (!form.isPacked) {
    writeInPieces(items, media, urls, [&](JsonWriter& json) {
      response.write(bytesOf(json));
      json.clear();
    });
    return;
  }
  ListingChannel channel(response, true);
  writeInPieces(items, media, urls, [&](JsonWriter& json) { channel.add(json); });
  channel.finish();
}

}  // namespace mediadock::http
