#include "http/endpoints/endpoints.h"
#include "http/listings/browse_position.h"
#include "http/listings/cursor.h"
#include "http/listings/listing_answer.h"
#include "http/listings/listing_head.h"
#include "http/listings/media_json.h"
#include "http/listings/ordered_listing.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

namespace mediadock::http {
namespace {

constexpr std::uint64_t kMaxDepth = 3;
constexpr std::uint64_t kMaxLimit = 10000;

media::SortKey parseSort(const std::string& text) {
  if (text == "name") {
    return media::SortKey::Name;
  }
  if (text == "last_modified") {
    return media::SortKey::LastModified;
  }
  if (text == "size") {
    return media::SortKey::Size;
  }
  throw ProblemException(400, "the parameter 'sort' must be name, last_modified or size");
}

bool parseDescending(const std::string& text) {
  if (text != "asc" && text != "desc") {
    throw ProblemException(400, "the parameter 'order' must be asc or desc");
  }
  return text == "desc";
}

bool parseInclude(const std::optional<std::string>& text) {
  if (text && !text->empty() && *text != "media") {
    throw ProblemException(400, "the parameter 'include' must be media");
  }
  return text == "media";
}

bool parseAbsent(const std::optional<std::string>& text) {
  if (text && !text->empty() && *text != "empty") {
    throw ProblemException(400, "the parameter 'absent' must be empty");
  }
  return text == "empty";
}

/// Absent, empty and `/` mean the root; otherwise a path has no leading slash.
StoragePath parseFolder(const Request& request) {
  const std::string path = request.query().find("path").value_or("");
  return request.authorizedPath(path == "/" ? "" : path);
}

/// Identifies the listing: a cursor is valid only for this one.
std::string scopeOf(const media::BrowseRequest& request) {
  return "browse " + std::to_string(request.depth) + " " +
         std::to_string(static_cast<int>(request.sort)) +
         (request.descending ? " desc " : " asc ") + (request.includeMedia ? "media " : "") +
         request.folder.str();
}

media::BrowseRequest parseRequest(const Request& asked, const CursorSigner& cursors) {
  const QueryParameters& query = asked.query();
  media::BrowseRequest request{
      .folder = parseFolder(asked),
      .depth = query.number("depth", 1, kMaxDepth).value_or(1),
      .includeMedia = parseInclude(query.find("include")),
      .isAbsentEmpty = parseAbsent(query.find("absent")),
      .sort = parseSort(query.find("sort").value_or("name")),
      .descending = parseDescending(query.find("order").value_or("asc")),
      .limit = query.number("limit", 1, kMaxLimit).value_or(0),
  };
  if (const auto cursor = query.find("cursor")) {
    request.after = parsePosition(asked, cursors.open(scopeOf(request), *cursor), request.sort);
  }
  return request;
}

/// Whether an order is requested, explicitly or by paging, which requires one.
bool asksForOrder(const QueryParameters& query) {
  return query.find("sort") || query.find("order") || query.find("limit") || query.find("cursor");
}

}  // namespace

Endpoint browseEndpoint(media::MediaService& media, const CursorSigner& cursors,
                        const UrlSigner& signer) {
  return [&media, &cursors, &signer](Request& request, Response& response) {
    const media::BrowseRequest wanted = parseRequest(request, cursors);
    const FileUrls urls(signer, request.caller(), request.client().publicPath);
    if (!asksForOrder(request.query()) && response.canSendChunks()) {
      answerListing(request, response, *media.openBrowse(wanted, request.context()), wanted, urls);
      return;
    }
    const media::BrowseResult result = media.browse(wanted, request.context());
    if (result.hasMore && !result.items.empty()) {
      const auto last = formatPosition(result.items.back().entry, wanted.sort);
      linkNextPage(request, response, cursors.seal(scopeOf(wanted), last));
    }
    tellOmitted(response, result.omitted);
    const auto field = wanted.includeMedia ? MediaField::Present : MediaField::Absent;
    answerOrdered(request, response, result.items, field, urls);
  };
}

}  // namespace mediadock::http
