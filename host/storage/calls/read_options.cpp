#include "storage/calls/read_options.h"

#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock {
namespace {

[[noreturn]] void refuseRange() {
  throw StorageError(StorageErrc::RangeNotSatisfiable, "the range is not within the file");
}

ByteSlice suffixOf(std::uint64_t size, std::uint64_t length) {
  if (length == 0) {
    refuseRange();
  }
  const std::uint64_t given = std::min(size, length);
  return {.offset = size - given, .length = given};
}

}  // namespace

ByteSlice sliceOf(std::uint64_t size, const std::optional<ByteRange>& range) {
  if (!range) {
    return {.length = size};
  }
  if (!range->first) {
    return suffixOf(size, range->last.value_or(0));
  }
  if (range->last && *range->last < *range->first) {
    throw StorageError(StorageErrc::InvalidArgument, "the range ends before it starts");
  }
  if (*range->first >= size) {
    refuseRange();
  }
  const std::uint64_t last = std::min(range->last.value_or(size - 1), size - 1);
  return {.offset = *range->first, .length = last - *range->first + 1};
}

void requireConditions(const Entry& entry, const ReadOptions& options) {
  if (options.ifMatch && !(entry.etag && entry.etag->matchesStrongly(*options.ifMatch))) {
    throw StorageError(StorageErrc::PreconditionFailed, "the file has another version");
  }
  if (options.ifNoneMatch && entry.etag && entry.etag->matchesWeakly(*options.ifNoneMatch)) {
    throw StorageError(StorageErrc::NotModified, "the version is the one you have");
  }
}

}  // namespace mediadock
