#include "http/listings/listing_channel.h"

namespace mediadock::http {

ListingChannel::ListingChannel(Response& response, bool isPacked) : response_(response) {
  if (isPacked) {
    gzip_.emplace();
  }
}

void ListingChannel::add(JsonWriter& json) {
  if (gzip_) {
    gzip_->add(json.text(), packed_);
    sendPacked(kPieceBytes);
  } else {
    response_.writeChunk(json.text());
  }
  json.clear();
}

void ListingChannel::flush() {
  if (gzip_) {
    gzip_->flush(packed_);
    sendPacked(1);
  }
}

void ListingChannel::finish(std::string_view trailers) {
  if (gzip_) {
    gzip_->finish(packed_);
    sendPacked(1);
  }
  response_.endChunks(trailers);
}

void ListingChannel::sendPacked(std::size_t least) {
  if (packed_.size() >= least) {
    response_.writeChunk(packed_);
    packed_.clear();
  }
}

}  // namespace mediadock::http
