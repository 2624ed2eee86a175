#include "media/rules/file_size.h"

#include "mediadock/storage_error.h"

#include <cstddef>
#include <memory>
#include <span>

namespace mediadock::media {
namespace {

constexpr std::size_t kReadBlock = 256 * 1024;

}  // namespace

std::uint64_t sizeOf(IStorageProvider& provider, const Entry& file, const CallContext& context) {
  // Servers report 0 for an unknown size.
  if (file.size.value_or(0) > 0) {
    return *file.size;
  }
  const auto stream = provider.openRead(file.path, {}, context);
  if (stream->info().entry.etag != file.etag) {
    throw StorageError({.code = StorageErrc::Conflict,
                        .message = "the file changed while it was read",
                        .retry = Retry::Safe,
                        .path = file.path.str()});
  }
  if (const auto length = stream->info().length) {
    return *length;
  }
  const auto block = std::make_unique_for_overwrite<std::byte[]>(kReadBlock);
  std::uint64_t size = 0;
  while (const std::size_t got = stream->read(std::span(block.get(), kReadBlock))) {
    size += got;
  }
  return size;
}

}  // namespace mediadock::media
