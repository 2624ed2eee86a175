#include "cache/blob_file.h"

#include "cache/checksum.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace mediadock::cache {
namespace {

/// Identifies format and version. The numbers after it are in the machine's byte order: on another
/// machine the header's checksum differs.
constexpr std::uint64_t kMagic = 0x32304b4c424d444dU;

struct Head {
  std::uint64_t kind = kMagic;
  std::uint64_t keyLength = 0;
  std::uint64_t metadataLength = 0;
  std::uint64_t size = 0;
  /// Checksum of the blob's bytes.
  std::uint64_t sum = 0;
  /// Checksum of the header, with 0 in this field, and of the key and metadata after it.
  std::uint64_t headSum = 0;
};

constexpr std::size_t kHeadLength = sizeof(Head);
constexpr std::uint64_t kLongestMetadata = 65536;
/// Bytes read from a file at once.
constexpr std::uint64_t kBeginning = 512;

std::uint64_t sumOfHead(Head head, std::string_view keyAndMetadata) {
  head.headSum = 0;
  Checksum sum;
  sum.add(std::as_bytes(std::span(&head, 1)));
  sum.add(std::as_bytes(std::span(keyAndMetadata)));
  return sum.value();
}

bool readAt(int descriptor, std::uint64_t offset, std::span<std::byte> buffer) {
  while (!buffer.empty()) {
    const auto got = ::pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return false;
    }
    offset += static_cast<std::uint64_t>(got);
    buffer = buffer.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

bool hasSum(int descriptor, std::uint64_t offset, std::uint64_t length, std::uint64_t wanted) {
  constexpr std::uint64_t kBlock = std::uint64_t{256} << 10U;
  std::vector<std::byte> block(std::min(kBlock, length));
  Checksum sum;
  while (length > 0) {
    const auto piece = std::span(block).first(std::min<std::uint64_t>(block.size(), length));
    if (!readAt(descriptor, offset, piece)) {
      return false;
    }
    sum.add(piece);
    offset += piece.size();
    length -= piece.size();
  }
  return sum.value() == wanted;
}

}  // namespace

std::uint64_t blobFileLength(std::string_view key, std::string_view metadata, std::uint64_t size) {
  return kHeadLength + key.size() + metadata.size() + size;
}

std::string blobHead(std::string_view key, std::string_view metadata, std::uint64_t size,
                     std::uint64_t sum) {
  Head head{.keyLength = key.size(), .metadataLength = metadata.size(), .size = size, .sum = sum};
  const std::string texts = std::string(key).append(metadata);
  head.headSum = sumOfHead(head, texts);
  std::string bytes(kHeadLength, '\0');
  std::memcpy(bytes.data(), &head, kHeadLength);
  return bytes + texts;
}

std::optional<CachedBlob> readBlob(base::UniqueDescriptor file, std::uint64_t length,
                                   std::string_view key, BlobCheck check) {
  // Usually contains the whole header.
  std::string beginning(std::min<std::uint64_t>(kBeginning, length), '\0');
  Head head{};
  if (beginning.size() < kHeadLength ||
      !readAt(file.get(), 0, std::as_writable_bytes(std::span(beginning)))) {
    return std::nullopt;
  }
  std::memcpy(&head, beginning.data(), kHeadLength);
  // Checked before anything is added: the numbers may be arbitrary.
  if (head.kind != kMagic || head.keyLength != key.size() ||
      head.metadataLength > kLongestMetadata || head.size > length ||
      kHeadLength + key.size() + head.metadataLength + head.size != length) {
    return std::nullopt;
  }
  const std::uint64_t offset = length - head.size;
  const std::size_t known = beginning.size();
  beginning.resize(offset);
  if (known < offset &&
      !readAt(file.get(), known, std::as_writable_bytes(std::span(beginning)).subspan(known))) {
    return std::nullopt;
  }
  const auto texts = std::string_view(beginning).substr(kHeadLength);
  if (!texts.starts_with(key) || sumOfHead(head, texts) != head.headSum) {
    return std::nullopt;
  }
  if (check == BlobCheck::Whole && !hasSum(file.get(), offset, head.size, head.sum)) {
    return std::nullopt;
  }
  return CachedBlob(std::move(file), std::string(texts.substr(key.size())), offset, head.size);
}

bool writeAt(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) noexcept {
  while (!bytes.empty()) {
    const auto written =
        ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    offset += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace mediadock::cache
