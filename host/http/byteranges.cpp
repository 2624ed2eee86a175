#include "http/byteranges.h"

#include <Poco/UUIDGenerator.h>

#include <utility>

namespace mediadock {

Byteranges::Byteranges(std::vector<ResolvedRange> ranges, std::string contentType,
                       std::uint64_t fileSize)
    : ranges_(std::move(ranges)),
      contentType_(std::move(contentType)),
      fileSize_(fileSize),
      boundary_(Poco::UUIDGenerator::defaultGenerator().createRandom().toString()) {}

std::string Byteranges::contentType() const {
  return "multipart/byteranges; boundary=" + boundary_;
}

std::uint64_t Byteranges::length() const {
  std::uint64_t length = end().size();
  for (const ResolvedRange& range : ranges_) {
    length += before(range).size() + range.length;
  }
  return length;
}

std::string Byteranges::before(const ResolvedRange& range) const {
  return "\r\n--" + boundary_ + "\r\nContent-Type: " + contentType_ +
         "\r\nContent-Range: " + contentRange(range, fileSize_) + "\r\n\r\n";
}

std::string Byteranges::end() const {
  return "\r\n--" + boundary_ + "--\r\n";
}

}  // namespace mediadock
