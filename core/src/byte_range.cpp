#include "mediadock/byte_range.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <string>

namespace mediadock {

ByteSlice resolve(const std::optional<ByteRange>& range, std::uint64_t size) {
  if (!range) {
    return {.length = size};
  }
  const auto& [first, last] = *range;
  if (first ? last && *last < *first : !last) {
    throw StorageError(StorageErrc::InvalidArgument,
                       first ? "the range ends before it starts" : "the range has no bound");
  }
  if (first ? *first >= size : *last == 0) {
    throw StorageError(StorageErrc::RangeNotSatisfiable,
                       "the range is not within the " + std::to_string(size) + " bytes");
  }
  if (!first) {
    const auto length = std::min(*last, size);
    return {.offset = size - length, .length = length};
  }
  const auto end = last && *last < size ? *last + 1 : size;
  return {.offset = *first, .length = end - *first};
}

}  // namespace mediadock
