#include "faults/faulty_provider.h"

#include "faults/faulty_streams.h"

#include <utility>

namespace mediadock::localdisk {

FaultyProvider::FaultyProvider(std::unique_ptr<IStorageProvider> inner, FaultSettings faults)
    : inner_(std::move(inner)),
      faults_(std::move(faults)) {
  if (const auto bytes = faults_.settings().capacityBytes) {
    capacity_.emplace(*inner_, *bytes);
  }
}

Capabilities FaultyProvider::capabilities() const {
  return inner_->capabilities();
}

void FaultyProvider::check(const CallContext& context) {
  begin("check", {}, context);
  inner_->check(context);
}

std::optional<Entry> FaultyProvider::stat(const StoragePath& path, const CallContext& context) {
  begin("stat", path, context);
  return inner_->stat(path, context);
}

ListPage FaultyProvider::list(const StoragePath& path, const ListOptions& options,
                              const CallContext& context) {
  begin("list", path, context);
  return inner_->list(path, options, context);
}

std::unique_ptr<IEntryStream> FaultyProvider::openList(const StoragePath& path,
                                                       const CallContext& context) {
  begin("list", path, context);
  return inner_->openList(path, context);
}

std::unique_ptr<IReadStream> FaultyProvider::openRead(const StoragePath& path,
                                                      const ReadOptions& options,
                                                      const CallContext& context) {
  const auto call = begin("openRead", path, context);
  return makeFaulty(inner_->openRead(path, options, context), faults_, call);
}

std::unique_ptr<IWriteStream> FaultyProvider::openWrite(const WriteTarget& target,
                                                        const WriteOptions& options,
                                                        const CallContext& context) {
  const auto call = begin("openWrite", target.path, context);
  if (capacity_ && options.size) {
    capacity_->requireRoom(*options.size, call);
  }
  return makeFaulty(inner_->openWrite(target, options, context), faults_,
                    capacity_ ? &*capacity_ : nullptr, call);
}

std::unique_ptr<IWriteStream> FaultyProvider::resumeWrite(const std::string& token,
                                                          const WriteTarget& target,
                                                          const WriteOptions& options,
                                                          const CallContext& context) {
  const auto call = begin("resumeWrite", target.path, context);
  return makeFaulty(inner_->resumeWrite(token, target, options, context), faults_,
                    capacity_ ? &*capacity_ : nullptr, call);
}

void FaultyProvider::dropWrite(const std::string& token, const CallContext& context) {
  begin("dropWrite", {}, context);
  inner_->dropWrite(token, context);
}

void FaultyProvider::remove(const StoragePath& path, const RemoveOptions& options,
                            const CallContext& context) {
  begin("remove", path, context);
  inner_->remove(path, options, context);
}

bool FaultyProvider::makeDirectory(const StoragePath& path, const CallContext& context) {
  begin("makeDirectory", path, context);
  return inner_->makeDirectory(path, context);
}

Entry FaultyProvider::copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                           const CallContext& context) {
  const auto call = begin("copy", from, context);
  const auto source = capacity_ ? inner_->stat(from, context) : std::nullopt;
  if (source && !source->isDirectory()) {
    capacity_->requireRoom(source->size.value_or(0), call);
  }
  return inner_->copy(from, to, overwrite, context);
}

Entry FaultyProvider::move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                           const CallContext& context) {
  begin("move", from, context);
  return inner_->move(from, to, overwrite, context);
}

Quota FaultyProvider::quota(const CallContext& context) {
  const auto call = begin("quota", {}, context);
  return capacity_ ? capacity_->quota(call) : inner_->quota(context);
}

void FaultyProvider::shutdown() noexcept {
  shutdown_.request_stop();
  inner_->shutdown();
}

Call FaultyProvider::begin(const char* operation, const StoragePath& path,
                           const CallContext& context) {
  Call call(operation, path, context, shutdown_.get_token());
  faults_.begin(call);
  return call;
}

}  // namespace mediadock::localdisk
