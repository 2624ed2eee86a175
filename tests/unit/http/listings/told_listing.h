#pragma once

/// \file
/// A storage whose only folder tells of its entries when a test wants it to.

#include "mediadock/storage_error.h"
#include "mediadock/storage_provider.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::http {

/// What is told of the folder. All calls may run concurrently.
class ToldListing {
 public:
  using Clock = CallContext::Clock;

  void tell(std::vector<Entry> entries) {
    change([&] { batches_.push_back(std::move(entries)); });
  }

  /// So many files that are made while they are read.
  void tellMany(std::size_t files) {
    change([&] { many_ = files; });
  }

  /// So many more are left out.
  void leaveOut(std::size_t entries) {
    change([&] { omitted_ += entries; });
  }

  std::size_t omitted() {
    const std::lock_guard lock(mutex_);
    return omitted_;
  }

  /// Ends one listing, behind all that is told.
  void end() {
    change([&] { ++ends_; });
  }

  /// Ends all listings from now on.
  void close() {
    change([&] { isClosed_ = true; });
  }

  void fail(StorageErrc code) {
    change([&] { failure_ = code; });
  }

  static Entry file(const std::string& name) {
    return {.path = StoragePath::parse("A/" + name), .size = 1, .etag = ETag{"e-" + name}};
  }

  bool next(std::vector<Entry>& entries, Clock::time_point until) {
    entries.clear();
    std::unique_lock lock(mutex_);
    const auto isReady = [this] {
      return !batches_.empty() || many_ > 0 || ends_ > 0 || isClosed_ || failure_.has_value();
    };
    if (until == Clock::time_point::max()) {
      changed_.wait(lock, isReady);
    } else {
      changed_.wait_until(lock, until, isReady);
    }
    if (!batches_.empty()) {
      entries = std::move(batches_.front());
      batches_.pop_front();
      return true;
    }
    for (std::size_t i = 0; i < 500 && many_ > 0; ++i) {
      entries.push_back(file(std::to_string(100000000 + many_--) + ".jpg"));
    }
    if (entries.empty() && failure_) {
      throw StorageError(*failure_, "told to fail");
    }
    if (!entries.empty() || (ends_ == 0 && !isClosed_)) {
      return true;
    }
    ends_ -= isClosed_ ? 0 : 1;
    return false;
  }

  void join() {
    change([&] { ++readers_; });
  }

  void leave() noexcept {
    change([&] { --readers_; });
  }

  /// Waits for at most ten seconds until nobody reads any more.
  bool isLeft() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return readers_ == 0; });
  }

 private:
  template <typename Change>
  void change(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Entry>> batches_;
  std::size_t many_ = 0;
  std::size_t omitted_ = 0;
  int ends_ = 0;
  bool isClosed_ = false;
  std::optional<StorageErrc> failure_;
  int readers_ = 0;
};

/// Has nothing but that folder.
class ToldStorage final : public IStorageProvider {
 public:
  explicit ToldStorage(ToldListing& listing) : listing_(listing) {}

  Capabilities capabilities() const override { return {}; }

  void check(const CallContext& /*context*/) override {}

  std::optional<Entry> stat(const StoragePath& /*path*/, const CallContext& /*context*/) override {
    return std::nullopt;
  }

  ListPage list(const StoragePath& /*path*/, const ListOptions& /*options*/,
                const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& /*path*/,
                                         const CallContext& /*context*/) override {
    return std::make_unique<Stream>(listing_);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& /*path*/, const ReadOptions& /*options*/,
                                        const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& /*target*/,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    refuse();
  }

  void remove(const StoragePath& /*path*/, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    refuse();
  }

  void shutdown() noexcept override {}

 private:
  class Stream final : public IEntryStream {
   public:
    explicit Stream(ToldListing& listing) : listing_(listing) { listing_.join(); }

    ~Stream() override { listing_.leave(); }

    bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) override {
      return listing_.next(entries, until);
    }

    std::size_t omitted() const override { return listing_.omitted(); }

   private:
    ToldListing& listing_;
  };

  [[noreturn]] static void refuse() {
    throw StorageError(StorageErrc::Unsupported, "a listing is all there is");
  }

  ToldListing& listing_;
};

}  // namespace mediadock::http
