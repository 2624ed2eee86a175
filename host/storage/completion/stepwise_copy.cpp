#include "mediadock/storage_error.h"
#include "storage/calls/per_call_deadline.h"
#include "storage/completion/stepwise_changes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace mediadock::storage {
namespace {

constexpr std::size_t kBlockBytes = 262144;

[[noreturn]] void fail(StorageErrc code, const char* message, const StoragePath& path) {
  throw StorageError({.code = code, .message = message, .operation = "copy", .path = path.str()});
}

void requireFree(IStorageProvider& provider, const StoragePath& to, Overwrite overwrite,
                 const CallContext& context) {
  const auto there = provider.stat(to, context);
  if (there && (overwrite == Overwrite::Never || there->isDirectory())) {
    fail(StorageErrc::AlreadyExists, "the name is taken", to);
  }
}

/// For a storage that does not report a file's length but needs it for writing.
std::uint64_t countBytes(IReadStream& stream) {
  std::vector<std::byte> block(kBlockBytes);
  std::uint64_t sum = 0;
  while (const auto got = stream.read(block)) {
    sum += got;
  }
  return sum;
}

void pass(IReadStream& reader, IWriteStream& writer) {
  std::vector<std::byte> block(kBlockBytes);
  while (const auto got = reader.read(block)) {
    writer.write(std::span(block).first(got));
  }
}

}  // namespace

Entry copyByBytes(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                  Overwrite overwrite, const CallContext& context) {
  const PerCallDeadline renewed(context);
  if (from == to) {
    fail(StorageErrc::InvalidArgument, "a file cannot be copied onto itself", from);
  }
  auto reader = provider.openRead(from, {}, renewed.now());
  const Entry source = reader->info().entry;
  auto size = reader->info().length;
  requireFree(provider, to, overwrite, renewed.now());
  if (!size && !provider.capabilities().writeUnknownSize) {
    size = countBytes(*reader);
    reader = provider.openRead(from, {}, renewed.now());
  }
  const auto writer = provider.openWrite(
      {.path = to, .ifAbsent = overwrite == Overwrite::Never, .createParents = false},
      {.size = size, .contentType = source.contentType, .modifiedAt = source.modifiedAt},
      renewed.now());
  pass(*reader, *writer);
  return writer->commit();
}

}  // namespace mediadock::storage
