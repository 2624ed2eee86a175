#include "http/endpoints/endpoints.h"
#include "http/listings/cursor.h"
#include "http/listings/listing_head.h"
#include "http/listings/media_json.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

#include <algorithm>
#include <charconv>

namespace mediadock::http {
namespace {

constexpr std::uint64_t kDefaultRecords = 100;
constexpr std::uint64_t kMaxRecords = 1000;

std::string positionOf(const records::MediaRecord& record) {
  return std::to_string(record.createdAt.time_since_epoch().count()) + " " + record.id;
}

/// Parses only what `positionOf` wrote: the cursor is signed.
std::pair<Timestamp, std::string> parsePosition(const std::string& position) {
  std::int64_t micros = 0;
  const std::size_t space = std::min(position.find(' '), position.size());
  std::from_chars(position.data(), position.data() + space, micros);
  return {Timestamp(std::chrono::microseconds(micros)),
          position.substr(std::min(space + 1, position.size()))};
}

std::string scopeOf(const records::RecordQuery& query) {
  return "media\n" + query.customerId + "\n" + query.orderId + "\n" +
         std::string(query.direction ? toString(*query.direction) : "") + "\n" +
         (query.pathPrefix ? query.pathPrefix->str() : "");
}

records::RecordQuery parseQuery(const Request& request, const CursorSigner& cursors) {
  const QueryParameters& parameters = request.query();
  records::RecordQuery query;
  query.folders = request.caller().folders;
  query.customerId = parameters.find("customer_id").value_or("");
  query.orderId = parameters.find("order_id").value_or("");
  if (const auto text = parameters.find("direction"); text && !text->empty()) {
    query.direction = records::parseDirection(*text);
    if (!query.direction) {
      throw ProblemException(400, "the parameter 'direction' must be sent, received or internal");
    }
  }
  if (const auto prefix = parameters.find("path_prefix"); prefix && !prefix->empty()) {
    query.pathPrefix = request.authorizedPath(*prefix);
  }
  query.limit = parameters.number("limit", 1, kMaxRecords).value_or(kDefaultRecords);
  if (const auto cursor = parameters.find("cursor")) {
    query.after = parsePosition(cursors.open(scopeOf(query), *cursor));
  }
  return query;
}

}  // namespace

Endpoint listMediaEndpoint(media::MediaService& media, const CursorSigner& cursors) {
  return [&media, &cursors](Request& request, Response& response) {
    records::RecordQuery query = parseQuery(request, cursors);
    const std::size_t limit = query.limit;
    // One more than requested shows whether there is a next page.
    query.limit = limit + 1;
    auto records = media.queryRecords(query);
    if (records.size() > limit) {
      records.resize(limit);
      linkNextPage(request, response, cursors.seal(scopeOf(query), positionOf(records.back())));
    }
    JsonWriter json;
    json.beginArray();
    for (const records::MediaRecord& record : records) {
      writeRecord(json, record);
    }
    json.endArray();
    sendListing(request, response, json.take());
  };
}

}  // namespace mediadock::http
