#include "http/content_coding.h"

#include <algorithm>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <zlib.h>

namespace mediadock {
namespace {

/// In thousandths; RFC 9110 §12.4.2 has no finer ones. What is not well-formed is 0: not wanted.
int qualityOf(std::string_view member) {
  const auto value = headerParameter(member, "q");
  if (!value) {
    return member.find(';') == std::string_view::npos ? 1000 : 0;
  }
  const std::string_view text = *value;
  const bool isOne = text.starts_with('1');
  if (text.empty() || text.size() > 5 || (!isOne && !text.starts_with('0')) ||
      (text.size() > 1 && text[1] != '.')) {
    return 0;
  }
  int thousandths = isOne ? 1000 : 0;
  int place = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') {
      return 0;
    }
    thousandths += place * (digit - '0');
    place /= 10;
  }
  return thousandths > 1000 ? 0 : thousandths;
}

bool isGzip(std::string_view coding) {
  return coding == "gzip" || coding == "x-gzip";
}

}  // namespace

bool acceptsGzip(const Headers& headers) {
  std::optional<int> packed;
  std::optional<int> others;
  int plain = 0;
  const auto accepted = headers.joined("Accept-Encoding").value_or("");
  for (const std::string_view member : listMembers(accepted)) {
    const std::string coding = mediaTypeEssence(member);
    if (isGzip(coding)) {
      packed = std::max(packed.value_or(0), qualityOf(member));
    } else if (coding == "*") {
      others = qualityOf(member);
    } else if (coding == "identity") {
      plain = qualityOf(member);
    }
  }
  const int quality = packed.value_or(others.value_or(0));
  return quality > 0 && quality >= plain;
}

std::string gzip(std::string_view bytes, Effort effort) {
  // zlib counts in 32 bits; answers that are packed are far below.
  if (bytes.size() > std::numeric_limits<uInt>::max() / 2) {
    throw std::length_error("too long to be packed in one piece");
  }
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kUsualMemory = 8;
  z_stream stream{};
  const int level = effort == Effort::Fast ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kUsualMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) {
    throw std::logic_error("zlib did not keep to its own bound");
  }
  return packed;
}

ETag packedEtag(const ETag& etag) {
  return {etag.value + "-gzip", etag.isWeak};
}

}  // namespace mediadock
