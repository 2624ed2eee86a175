#include "writing/write_token.h"

#include "http/http_head.h"
#include "writing/chunk_sizes.h"
#include "writing/upload_folder.h"

#include <algorithm>
#include <array>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kRandomDigits = 32;

bool isHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isOurs(std::string_view folder) {
  for (const auto prefix : {kResumablePrefix, kUploadPrefix}) {
    if (folder.starts_with(prefix)) {
      const auto random = folder.substr(prefix.size());
      return random.size() == kRandomDigits && std::all_of(random.begin(), random.end(), isHex);
    }
  }
  return false;
}

/// Accepts only our own spelling.
std::optional<std::uint64_t> number(std::string_view text) {
  const auto value = http_client::parseDecimal(text);
  return value && std::to_string(*value) == text ? value : std::nullopt;
}

}  // namespace

std::string makeWriteToken(const WriteToken& token) {
  return token.folder + ":" + std::to_string(token.last) + ":" + std::to_string(token.superseded) +
         ":" + std::to_string(token.bytes);
}

std::optional<WriteToken> parseWriteToken(std::string_view text) {
  std::array<std::string_view, 4> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto end = i + 1 < fields.size() ? text.find(':') : text.size();
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    fields.at(i) = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto last = number(fields[1]);
  const auto superseded = number(fields[2]);
  const auto bytes = number(fields[3]);
  if (!isOurs(fields[0]) || !last || !superseded || !bytes || *last > ChunkSizes::kMaxChunks ||
      *superseded > *last) {
    return std::nullopt;
  }
  return WriteToken{
      .folder = std::string(fields[0]), .last = *last, .superseded = *superseded, .bytes = *bytes};
}

}  // namespace mediadock::nextcloud
