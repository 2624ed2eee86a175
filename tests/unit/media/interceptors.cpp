#include "unit/media/interceptors.h"

#include <utility>

namespace mediadock::media {
namespace {

/// Runs `call` between the two steps of its name.
template <typename Call>
auto run(const Interceptor& interceptor, const std::string& name, Call call) {
  interceptor("before " + name);
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    interceptor("after " + name);
  } else {
    auto result = call();
    interceptor("after " + name);
    return result;
  }
}

class InterceptedWriteStream final : public IWriteStream {
 public:
  InterceptedWriteStream(std::unique_ptr<IWriteStream> inner, const Interceptor& interceptor)
      : inner_(std::move(inner)),
        interceptor_(interceptor) {}

  void write(std::span<const std::byte> bytes) override {
    run(interceptor_, "write", [&] { inner_->write(bytes); });
  }

  void flush() override { inner_->flush(); }

  std::string suspend() override {
    return run(interceptor_, "suspend", [&] { return inner_->suspend(); });
  }

  void retarget(WriteTarget target) override {
    run(interceptor_, "retarget", [&] { inner_->retarget(std::move(target)); });
  }

  Entry commit() override {
    return run(interceptor_, "commit", [&] { return inner_->commit(); });
  }

  void abort() noexcept override { inner_->abort(); }

 private:
  std::unique_ptr<IWriteStream> inner_;
  const Interceptor& interceptor_;
};

class InterceptedProvider final : public IStorageProvider {
 public:
  InterceptedProvider(std::shared_ptr<IStorageProvider> inner, Interceptor interceptor)
      : inner_(std::move(inner)),
        interceptor_(std::move(interceptor)) {}

  Capabilities capabilities() const override { return inner_->capabilities(); }

  void check(const CallContext& context) override {
    run(interceptor_, "check", [&] { inner_->check(context); });
  }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    return run(interceptor_, "stat", [&] { return inner_->stat(path, context); });
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    // Small pages, so that following them is tested, too.
    const ListOptions small{.pageSize = 2, .token = options.token};
    return run(interceptor_, "list " + path.str(),
               [&] { return inner_->list(path, small, context); });
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    return run(interceptor_, "openRead", [&] { return inner_->openRead(path, options, context); });
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    return run(interceptor_, "openWrite", [&] {
      return std::make_unique<InterceptedWriteStream>(inner_->openWrite(target, options, context),
                                                      interceptor_);
    });
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    return run(interceptor_, "resumeWrite", [&] {
      return std::make_unique<InterceptedWriteStream>(
          inner_->resumeWrite(token, target, options, context), interceptor_);
    });
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    run(interceptor_, "dropWrite", [&] { inner_->dropWrite(token, context); });
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    run(interceptor_, "remove", [&] { inner_->remove(path, options, context); });
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return run(interceptor_, "makeDirectory", [&] { return inner_->makeDirectory(path, context); });
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run(interceptor_, "copy", [&] { return inner_->copy(from, to, overwrite, context); });
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run(interceptor_, "move", [&] { return inner_->move(from, to, overwrite, context); });
  }

  Quota quota(const CallContext& context) override {
    return run(interceptor_, "quota", [&] { return inner_->quota(context); });
  }

  void shutdown() noexcept override { inner_->shutdown(); }

 private:
  std::shared_ptr<IStorageProvider> inner_;
  Interceptor interceptor_;
};

class InterceptedUploadKeys final : public records::IUploadKeys {
 public:
  InterceptedUploadKeys(records::IUploadKeys& inner, Interceptor interceptor)
      : inner_(inner),
        interceptor_(std::move(interceptor)) {}

  std::optional<records::KeyedUpload> take(const records::UploadKey& key,
                                           const records::UploadLease& lease,
                                           Timestamp now) override {
    return run(interceptor_, "take", [&] { return inner_.take(key, lease, now); });
  }

  bool exchange(const records::UploadKey& key, const records::UploadLease& former,
                const records::UploadLease& lease) override {
    return run(interceptor_, "exchange", [&] { return inner_.exchange(key, former, lease); });
  }

  void finish(const records::UploadKey& key, const records::UploadLease& lease,
              const std::string& fingerprint, const std::vector<std::string>& recordIds,
              Timestamp now) override {
    run(interceptor_, "finish", [&] { inner_.finish(key, lease, fingerprint, recordIds, now); });
  }

  void release(const records::UploadKey& key, const records::UploadLease& lease) override {
    run(interceptor_, "release", [&] { inner_.release(key, lease); });
  }

  void endLeases() override { inner_.endLeases(); }

 private:
  records::IUploadKeys& inner_;
  Interceptor interceptor_;
};

class InterceptedRecordStore final : public records::IRecordStore {
 public:
  InterceptedRecordStore(std::shared_ptr<records::IRecordStore> inner, Interceptor interceptor)
      : inner_(std::move(inner)),
        interceptor_(std::move(interceptor)),
        uploadKeys_(inner_->uploadKeys(), interceptor_) {}

  void check() override {
    run(interceptor_, "records check", [&] { inner_->check(); });
  }

  std::optional<records::MediaRecord> find(const std::string& id) override {
    return inner_->find(id);
  }

  std::optional<records::MediaRecord> findAt(const StoragePath& path) override {
    return inner_->findAt(path);
  }

  std::vector<records::MediaRecord> findAllAt(const std::vector<StoragePath>& paths) override {
    return run(interceptor_, "findAllAt", [&] { return inner_->findAllAt(paths); });
  }

  std::vector<records::MediaRecord> findUnder(const StoragePath& folder, std::size_t depth,
                                              const StoragePath& after,
                                              std::size_t limit) override {
    return run(interceptor_, "findUnder",
               [&] { return inner_->findUnder(folder, depth, after, limit); });
  }

  std::vector<records::MediaRecord> query(const records::RecordQuery& query) override {
    return inner_->query(query);
  }

  void insert(const records::MediaRecord& record) override { inner_->insert(record); }

  records::MediaRecord update(const std::string& id, const records::RecordPatch& patch) override {
    return inner_->update(id, patch);
  }

  void erase(const std::string& id) override { inner_->erase(id); }

  void beginUpload(const records::MediaRecord& pending) override {
    run(interceptor_, "beginUpload", [&] { inner_->beginUpload(pending); });
  }

  records::MediaRecord finishUpload(const records::MediaRecord& record) override {
    return run(interceptor_, "finishUpload", [&] { return inner_->finishUpload(record); });
  }

  void cancelUpload(const std::string& id) override {
    run(interceptor_, "cancelUpload", [&] { inner_->cancelUpload(id); });
  }

  records::UploadTrace findUpload(const std::string& uploadId) override {
    return run(interceptor_, "findUpload", [&] { return inner_->findUpload(uploadId); });
  }

  records::IUploadKeys& uploadKeys() override { return uploadKeys_; }

  std::size_t beginRemove(const StoragePath& path) override {
    return run(interceptor_, "beginRemove", [&] { return inner_->beginRemove(path); });
  }

  void finishRemove(const StoragePath& path) override {
    run(interceptor_, "finishRemove", [&] { inner_->finishRemove(path); });
  }

  void cancelRemove(const StoragePath& path) override {
    run(interceptor_, "cancelRemove", [&] { inner_->cancelRemove(path); });
  }

  void beginMove(const StoragePath& from, const StoragePath& to) override {
    run(interceptor_, "beginMove", [&] { inner_->beginMove(from, to); });
  }

  void finishMove(const StoragePath& from, const StoragePath& to) override {
    run(interceptor_, "finishMove", [&] { inner_->finishMove(from, to); });
  }

  void cancelMove(const StoragePath& from, const StoragePath& to) override {
    run(interceptor_, "cancelMove", [&] { inner_->cancelMove(from, to); });
  }

  void renewEtag(const StoragePath& path, const ETag& former, const ETag& etag) override {
    run(interceptor_, "renewEtag", [&] { inner_->renewEtag(path, former, etag); });
  }

  std::vector<records::UnfinishedOperation> unfinished() override { return inner_->unfinished(); }

  void leaveOpen(const records::Announcement& announcement, Timestamp since) override {
    run(interceptor_, "leaveOpen", [&] { inner_->leaveOpen(announcement, since); });
  }

  void leaveAllOpen(Timestamp since) override { inner_->leaveAllOpen(since); }

  std::vector<records::UnfinishedOperation> openOperations(
      const records::OpenOperationQuery& query) override {
    return inner_->openOperations(query);
  }

  void resolve(const records::UnfinishedOperation& operation, bool hasHappened) override {
    run(interceptor_, "settle", [&] { inner_->resolve(operation, hasHappened); });
  }

  records::IUnfinishedUploads& unfinishedUploads() override { return inner_->unfinishedUploads(); }

 private:
  std::shared_ptr<records::IRecordStore> inner_;
  Interceptor interceptor_;
  InterceptedUploadKeys uploadKeys_;
};

}  // namespace

std::shared_ptr<IStorageProvider> intercept(std::shared_ptr<IStorageProvider> inner,
                                            const Interceptor& interceptor) {
  return std::make_shared<InterceptedProvider>(std::move(inner), interceptor);
}

std::shared_ptr<records::IRecordStore> intercept(std::shared_ptr<records::IRecordStore> inner,
                                                 const Interceptor& interceptor) {
  return std::make_shared<InterceptedRecordStore>(std::move(inner), interceptor);
}

}  // namespace mediadock::media
