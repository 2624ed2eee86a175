#include "mediadock/storage_provider.h"

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"

namespace mediadock {
namespace {

[[noreturn]] void unsupported(const char* operation, const StoragePath& path = {}) {
  throw StorageError({.code = StorageErrc::Unsupported,
                      .message = std::string("this storage has no ") + operation,
                      .operation = operation,
                      .path = path.str()});
}

}  // namespace

IReadStream::~IReadStream() = default;

std::optional<std::size_t> IReadStream::splice(int /*pipe*/, std::size_t /*most*/) {
  return std::nullopt;
}

std::optional<FileRegion> IReadStream::file() const {
  return std::nullopt;
}

IWriteStream::~IWriteStream() = default;

void IWriteStream::flush() {}

std::string IWriteStream::suspend() {
  unsupported("suspend");
}

void IWriteStream::retarget(WriteTarget target) {
  unsupported("retarget", target.path);
}

IStorageProvider::~IStorageProvider() = default;

std::unique_ptr<IWriteStream> IStorageProvider::resumeWrite(const std::string& /*token*/,
                                                            const WriteTarget& target,
                                                            const WriteOptions& /*options*/,
                                                            const CallContext& /*context*/) {
  unsupported("resumeWrite", target.path);
}

void IStorageProvider::dropWrite(const std::string& /*token*/, const CallContext& /*context*/) {
  unsupported("dropWrite");
}

bool IStorageProvider::makeDirectory(const StoragePath& path, const CallContext& /*context*/) {
  unsupported("makeDirectory", path);
}

Entry IStorageProvider::copy(const StoragePath& from, const StoragePath& /*to*/,
                             Overwrite /*overwrite*/, const CallContext& /*context*/) {
  unsupported("copy", from);
}

Entry IStorageProvider::move(const StoragePath& from, const StoragePath& /*to*/,
                             Overwrite /*overwrite*/, const CallContext& /*context*/) {
  unsupported("move", from);
}

std::unique_ptr<IReadStream> IStorageProvider::openPreview(const StoragePath& path,
                                                           const PreviewOptions& /*options*/,
                                                           const CallContext& /*context*/) {
  unsupported("openPreview", path);
}

Quota IStorageProvider::quota(const CallContext& /*context*/) {
  unsupported("quota");
}

ILogSink::~ILogSink() = default;

}  // namespace mediadock
