#include "support/scripted_nextcloud/request.h"

#include "support/scripted_nextcloud/dav_error.h"

#include <Poco/NumberParser.h>

#include <algorithm>
#include <array>
#include <vector>

namespace mediadock::scripted {

RequestBody::RequestBody(std::istream* stream, std::optional<std::uint64_t> length, bool isChunked)
    : stream_(stream),
      length_(length),
      isChunked_(isChunked) {}

std::size_t RequestBody::read(std::span<char> buffer) {
  if (!isChunked_ && received_ >= length_.value_or(0)) {
    return 0;
  }
  std::size_t wanted = buffer.size();
  if (!isChunked_) {
    wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, *length_ - received_));
  }
  stream_->read(buffer.data(), static_cast<std::streamsize>(wanted));
  const auto count = static_cast<std::size_t>(stream_->gcount());
  received_ += count;
  if (count == 0 && !isChunked_) {
    throw ClientGone();
  }
  if (capacity_ && received_ > *capacity_) {
    throw insufficientSpace("", length_.value_or(received_), *capacity_);
  }
  return count;
}

std::string RequestBody::readAll() {
  std::string text;
  std::array<char, 16384> block;
  while (const std::size_t count = read(block)) {
    text.append(block.data(), count);
  }
  return text;
}

void RequestBody::discard() {
  capacity_.reset();
  std::vector<char> block(65536);
  while (read(block) > 0) {
  }
}

std::optional<std::uint64_t> Request::number(const std::string& name) const {
  Poco::UInt64 value = 0;
  if (!has(name) || !Poco::NumberParser::tryParseUnsigned64(header(name), value)) {
    return std::nullopt;
  }
  return value;
}

std::string collapsePath(const std::string& target) {
  const std::string path = target.substr(0, target.find('?'));
  std::vector<std::string> names;
  for (std::size_t start = 0; start < path.size();) {
    const std::size_t stop = std::min(path.find('/', start), path.size());
    const std::string name = path.substr(start, stop - start);
    if (name == ".." && !names.empty()) {
      names.pop_back();
    } else if (!name.empty() && name != "." && name != "..") {
      names.push_back(name);
    }
    start = stop + 1;
  }
  std::string collapsed;
  for (const std::string& name : names) {
    collapsed += "/" + name;
  }
  return path.ends_with('/') ? collapsed + "/" : collapsed;
}

}  // namespace mediadock::scripted
