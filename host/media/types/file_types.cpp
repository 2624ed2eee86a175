#include "media/types/file_types.h"

#include <utility>

namespace mediadock::media {

FileTypes::FileTypes(DeniedTypes denied) : denied_(std::move(denied)) {}

SniffedType FileTypes::learn(const StoragePath& path, const std::optional<ETag>& version,
                             std::span<const std::byte> beginning) {
  auto type = sniffer_.sniff(beginning);
  if (version) {
    memo_.remember(path, *version, type);
  }
  return type;
}

}  // namespace mediadock::media
