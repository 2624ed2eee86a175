#include "faults/faulty_streams.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace mediadock::localdisk {
namespace {

class FaultyReadStream final : public IReadStream {
 public:
  FaultyReadStream(std::unique_ptr<IReadStream> inner, FaultInjector& faults, const Call& call)
      : inner_(std::move(inner)),
        faults_(faults),
        call_(call.streamStep("read")) {}

  const ReadInfo& info() const override { return inner_->info(); }

  std::size_t read(std::span<std::byte> buffer) override {
    faults_.begin(call_);
    const auto room = faults_.settings().cutReadAfterBytes.value_or(UINT64_MAX) - given_;
    if (room == 0 && given_ < info().length.value_or(UINT64_MAX)) {
      call_.fail(StorageErrc::Truncated, "injected cut");
    }
    // If the stream is exactly as long as the cut, the inner stream reports its end.
    const auto most = room == 0 ? buffer.size() : std::min<std::uint64_t>(buffer.size(), room);
    const auto got = inner_->read(buffer.first(most));
    given_ += got;
    return got;
  }

 private:
  std::unique_ptr<IReadStream> inner_;
  FaultInjector& faults_;
  Call call_;
  std::uint64_t given_ = 0;
};

class FaultyWriteStream final : public IWriteStream {
 public:
  FaultyWriteStream(std::unique_ptr<IWriteStream> inner, FaultInjector& faults,
                    CapacityLimit* capacity, const Call& call)
      : inner_(std::move(inner)),
        faults_(faults),
        capacity_(capacity),
        call_(call) {}

  FaultyWriteStream(const FaultyWriteStream&) = delete;
  FaultyWriteStream& operator=(const FaultyWriteStream&) = delete;

  ~FaultyWriteStream() override { giveBack(); }

  void write(std::span<const std::byte> bytes) override {
    const auto call = call_.streamStep("write");
    requireUsable(call);
    isUsable_ = false;
    faults_.begin(call);
    if (capacity_ != nullptr) {
      capacity_->take(bytes.size(), call);
      taken_ += bytes.size();
    }
    const auto room = faults_.settings().cutWriteAfterBytes.value_or(UINT64_MAX) - written_;
    const auto part = bytes.first(std::min<std::uint64_t>(bytes.size(), room));
    inner_->write(part);
    written_ += part.size();
    if (part.size() < bytes.size()) {
      call.fail(StorageErrc::Connection, "injected cut");
    }
    isUsable_ = true;
  }

  void flush() override { inner_->flush(); }

  std::string suspend() override {
    faults_.begin(call_.streamStep("suspend"));
    return inner_->suspend();
  }

  void retarget(WriteTarget target) override { inner_->retarget(std::move(target)); }

  Entry commit() override {
    const auto call = call_.streamStep("commit");
    requireUsable(call);
    try {
      faults_.begin(call);
    } catch (const StorageError& error) {
      isUsable_ = error.code() == StorageErrc::AlreadyExists ||
                  error.code() == StorageErrc::PreconditionFailed;
      throw;
    }
    auto entry = inner_->commit();
    giveBack();
    return entry;
  }

  void abort() noexcept override {
    inner_->abort();
    giveBack();
  }

 private:
  void requireUsable(const Call& call) const {
    if (!isUsable_) {
      call.fail(StorageErrc::InvalidArgument, "after a failure the stream can only be aborted");
    }
  }

  void giveBack() noexcept {
    if (capacity_ != nullptr) {
      capacity_->giveBack(std::exchange(taken_, 0));
    }
  }

  std::unique_ptr<IWriteStream> inner_;
  FaultInjector& faults_;
  CapacityLimit* capacity_;
  Call call_;
  std::uint64_t taken_ = 0;
  std::uint64_t written_ = 0;
  bool isUsable_ = true;
};

}  // namespace

std::unique_ptr<IReadStream> makeFaulty(std::unique_ptr<IReadStream> inner, FaultInjector& faults,
                                        const Call& call) {
  return std::make_unique<FaultyReadStream>(std::move(inner), faults, call);
}

std::unique_ptr<IWriteStream> makeFaulty(std::unique_ptr<IWriteStream> inner, FaultInjector& faults,
                                         CapacityLimit* capacity, const Call& call) {
  return std::make_unique<FaultyWriteStream>(std::move(inner), faults, capacity, call);
}

}  // namespace mediadock::localdisk
