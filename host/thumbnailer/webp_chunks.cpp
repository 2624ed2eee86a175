#include "thumbnailer/webp_chunks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace mediadock::thumbnailer {
namespace {

constexpr std::size_t kFileHead = 12;
constexpr std::size_t kChunkHead = 8;
/// The flags for profile, EXIF and XMP in a VP8X chunk.
constexpr unsigned kMetadataFlags = 0x20U | 0x08U | 0x04U;

std::uint32_t lengthAt(std::string_view bytes, std::size_t at) {
  std::uint32_t length = 0;
  for (std::size_t i = 4; i > 0; --i) {
    length = length << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return length;
}

std::string lengthBytes(std::size_t length) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(length >> shift);
  }
  return bytes;
}

bool isMetadata(std::string_view chunk) {
  return chunk.starts_with("EXIF") || chunk.starts_with("XMP ") || chunk.starts_with("ICCP");
}

}  // namespace

std::string withoutMetadataChunks(std::string_view file) {
  std::string chunks;
  for (std::string_view rest = file.substr(std::min(kFileHead, file.size()));
       rest.size() >= kChunkHead;) {
    const std::size_t length = lengthAt(rest, 4);
    const auto chunk = rest.substr(0, kChunkHead + length + length % 2);
    rest.remove_prefix(chunk.size());
    if (isMetadata(chunk)) {
      continue;
    }
    const std::size_t begin = chunks.size();
    chunks += chunk;
    if (chunk.starts_with("VP8X") && chunk.size() > kChunkHead) {
      char& flags = chunks[begin + kChunkHead];
      flags = static_cast<char>(static_cast<unsigned char>(flags) & ~kMetadataFlags);
    }
  }
  return "RIFF" + lengthBytes(4 + chunks.size()) + "WEBP" + chunks;
}

}  // namespace mediadock::thumbnailer
