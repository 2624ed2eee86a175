#include "support/scripted_nextcloud/download.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/media_types.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preconditions.h"

#include <Poco/RegularExpression.h>
#include <Poco/URI.h>

#include <algorithm>
#include <vector>

namespace mediadock::scripted {

namespace {

struct Slice {
  std::uint64_t first = 0;
  /// Before `first` where nothing is served.
  std::uint64_t last = 0;
};

DavError notSatisfiable(const NodeInfo& info, const std::string& message) {
  return DavError(416, "Sabre\\DAV\\Exception\\RequestedRangeNotSatisfiable", message)
      .with("Last-Modified", toHttpDate(info.modified))
      .with("ETag", '"' + info.etag + '"');
}

bool isStale(const std::string& ifRange, const NodeInfo& info) {
  if (ifRange.empty()) {
    return false;
  }
  const auto date = parseHttpDate(ifRange);
  return date ? info.modified > *date : ifRange != '"' + info.etag + '"';
}

std::optional<Slice> parseRange(const Request& request, const NodeInfo& info) {
  static const Poco::RegularExpression kSingle("^bytes=([0-9]{0,18})-([0-9]{0,18})$");
  std::vector<std::string> parts;
  if (kSingle.split(request.header("Range"), parts) == 0 ||
      (parts[1].empty() && parts[2].empty()) || info.size == 0 ||
      isStale(request.header("If-Range"), info)) {
    return std::nullopt;
  }
  const std::uint64_t end = info.size - 1;
  if (parts[1].empty()) {
    // The last 0 bytes are served, too: as 206 and nothing.
    const std::uint64_t count = std::min<std::uint64_t>(std::stoull(parts[2]), info.size);
    return Slice{info.size - count, end};
  }
  const std::uint64_t first = std::stoull(parts[1]);
  // sabre/dav takes a last byte of 0 for none.
  const bool isLastTold = !parts[2].empty() && std::stoull(parts[2]) != 0;
  const std::uint64_t last = isLastTold ? std::stoull(parts[2]) : end;
  if (first > end) {
    throw notSatisfiable(info, "The start offset (" + std::to_string(first) +
                                   ") exceeded the size of the entity (" +
                                   std::to_string(info.size) + ")");
  }
  if (last < first) {
    throw notSatisfiable(info, "The end offset (" + std::to_string(last) +
                                   ") is lower than the start offset (" + std::to_string(first) +
                                   ")");
  }
  return Slice{first, std::min(last, end)};
}

Answer describeFile(const NodeInfo& info) {
  const std::string name = nameOf(info.path);
  std::string encodedName;
  Poco::URI::encode(name, "!#$&'()*+,/:;=?@[]", encodedName);
  Answer answer;
  answer.headers = {{"Content-Type", servedType(name)},
                    {"Content-Security-Policy", "default-src 'none';"},
                    {"Last-Modified", toHttpDate(info.modified)},
                    {"ETag", '"' + info.etag + '"'},
                    {"OC-ETag", '"' + info.etag + '"'},
                    {"Content-Disposition", "attachment; filename*=UTF-8''" + encodedName +
                                                "; filename=\"" + encodedName + "\""}};
  if (!info.checksum.empty()) {
    answer.set("OC-Checksum", info.checksum);
  }
  return answer;
}

}  // namespace

Answer download(const Exchange& exchange) {
  const Request& request = exchange.request;
  if (auto answer = checkPreconditions(request, exchange.account.tree.find(exchange.path))) {
    return std::move(*answer);
  }
  DavTree::Reading reading = exchange.account.tree.openForReading(exchange.path);
  if (reading.info.isFolder) {
    Answer page = emptyAnswer(200);
    page.framing = Answer::Framing::Chunked;
    return page;
  }
  const std::optional<Slice> slice = parseRange(request, reading.info);
  Answer answer = describeFile(reading.info);
  answer.lock = std::move(reading.lock);
  if (reading.info.size == 0) {
    answer.framing = Answer::Framing::Chunked;
    return answer;
  }
  answer.file = FileSlice{std::move(reading.file), 0, reading.info.size};
  if (slice) {
    answer.status = 206;
    answer.file->offset = slice->first;
    answer.file->length = slice->last + 1 - slice->first;
    answer.set("Content-Range", "bytes " + std::to_string(slice->first) + "-" +
                                    std::to_string(slice->last) + "/" +
                                    std::to_string(reading.info.size));
  }
  return answer;
}

}  // namespace mediadock::scripted
