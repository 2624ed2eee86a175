#include "storage/boundary/fault_boundary_streams.h"

#include "storage/boundary/answer_checks.h"
#include "storage/boundary/child_check.h"
#include "storage/boundary/plugin_boundary.h"

#include <algorithm>
#include <string>
#include <sys/ioctl.h>
#include <utility>

namespace mediadock::storage {
namespace {

using Clock = CallContext::Clock;

/// Behaviour common to all guarded streams.
template <typename Stream>
class FaultBoundary : public Stream {
 protected:
  explicit FaultBoundary(OpenedStream<Stream> opened) : opened_(std::move(opened)) {
    if (!opened_.stream) {
      throw pluginFault(place("open"), "it gave no stream");
    }
  }

  ~FaultBoundary() override {
    if (opened_.stream) {
      const auto call = place("close");
      const WatchedCall watched(call);
      opened_.stream.reset();
    }
  }

  PluginCall place(const char* operation) const {
    return {opened_.plugin->name, operation, opened_.path, opened_.timeout};
  }

  /// For calls that may finish the write, with the longer time limit.
  template <typename Call>
  decltype(auto) callStreamAtLength(const char* operation, Call&& call) const {
    auto named = place(operation);
    named.timeout = std::max<std::chrono::milliseconds>(named.timeout, kCommitTimeout);
    return callPlugin(named, std::forward<Call>(call));
  }

  template <typename Call>
  decltype(auto) callStream(const char* operation, Call&& call) const {
    return callPlugin(place(operation), std::forward<Call>(call));
  }

  Stream& stream() const { return *opened_.stream; }

  void check(const PluginCall& call, Entry& entry) const {
    opened_.plugin->check(call, entry, opened_.path);
  }

  OpenedStream<Stream> opened_;
};

class FaultBoundaryReadStream final : public FaultBoundary<IReadStream> {
 public:
  FaultBoundaryReadStream(OpenedStream<IReadStream> opened, const std::optional<ByteRange>& range)
      : FaultBoundary(std::move(opened)),
        info_(callStream("info", [&] { return stream().info(); })) {
    checkReadInfo(place("info"), info_, range);
    check(place("info"), info_.entry);
  }

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t got = callStream("read", [&] { return stream().read(buffer); });
    account("read", got, buffer.size());
    return got;
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    const auto moved = callStream("splice", [&] { return stream().splice(pipe, most); });
    int inPipe = 0;
    if (::ioctl(pipe, FIONREAD, &inPipe) != 0 ||
        static_cast<std::size_t>(inPipe) != moved.value_or(0)) {
      throw pluginFault(place("splice"),
                        "it put another number of bytes into the pipe than it told");
    }
    if (moved) {
      account("splice", *moved, most);
    }
    return moved;
  }

  std::optional<FileRegion> file() const override {
    auto region = callStream("file", [&] { return stream().file(); });
    if (region) {
      checkRegion(place("file"), *region, info_);
    }
    return region;
  }

 private:
  /// Counts the bytes read, after checking them against the buffer's size and the stream's length.
  void account(const char* operation, std::size_t got, std::size_t room) {
    if (got > room) {
      throw pluginFault(place(operation), "it told of " + std::to_string(got) +
                                              " bytes where there is room for " +
                                              std::to_string(room));
    }
    if (info_.length && got > *info_.length - given_) {
      throw pluginFault(place(operation), "it gave more than the " + std::to_string(*info_.length) +
                                              " bytes of its stream");
    }
    given_ += got;
    if (got == 0 && room > 0 && info_.length && given_ < *info_.length) {
      throw pluginFault(place(operation),
                        "it ended after " + std::to_string(given_) + " of " +
                            std::to_string(*info_.length) + " bytes",
                        StorageErrc::Truncated);
    }
  }

  ReadInfo info_;
  std::uint64_t given_ = 0;
};

class FaultBoundaryWriteStream final : public FaultBoundary<IWriteStream> {
 public:
  FaultBoundaryWriteStream(OpenedStream<IWriteStream> opened, OpenedWrite write)
      : FaultBoundary(std::move(opened)),
        write_(std::move(write)),
        timeout_(write_.context.deadline == Clock::time_point::max()
                     ? Clock::duration::max()
                     : write_.context.deadline - Clock::now()) {}

  void write(std::span<const std::byte> bytes) override {
    callStream("write", [&] { stream().write(bytes); });
    written_ += bytes.size();
  }

  void flush() override {
    callStreamAtLength("flush", [&] { stream().flush(); });
  }

  std::string suspend() override {
    auto token = callStreamAtLength("suspend", [&] { return stream().suspend(); });
    checkToken(place("suspend"), token);
    return token;
  }

  void retarget(WriteTarget target) override {
    StoragePath path = target.path;
    callPlugin({opened_.plugin->name, "retarget", path},
               [&] { stream().retarget(std::move(target)); });
    opened_.path = std::move(path);
  }

  Entry commit() override {
    const ChangeInFlight change(opened_.plugin->changes);
    Entry entry = callStreamAtLength("commit", [&] { return stream().commit(); });
    try {
      check(place("commit"), entry);
      requireSize(entry);
      if (!opened_.plugin->isCommitProven || !entry.etag) {
        look(change);
      }
      return entry;
    } catch (const StorageError& error) {
      auto failure = error.failure();
      failure.retry = Retry::OutcomeUnknown;
      throw StorageError(std::move(failure));
    }
  }

  void abort() noexcept override {
    const auto call = place("abort");
    const WatchedCall watched(call);
    stream().abort();
  }

 private:
  void look(const ChangeInFlight& change) {
    const auto call = place("commit");
    opened_.plugin->isCommitProven = false;
    auto found = callStream(
        "commit", [&] { return opened_.plugin->provider->stat(opened_.path, contextNow()); });
    // Another change may have come before the stat.
    if (!change.isAlone()) {
      return;
    }
    if (!found) {
      throw pluginFault(call, "it told of a file that is not there");
    }
    check(call, *found);
    requireSize(*found);
    opened_.plugin->isCommitProven = true;
  }

  void requireSize(const Entry& entry) const {
    const auto size = write_.isResumed ? write_.size : std::optional(written_);
    if (entry.isDirectory()) {
      throw pluginFault(place("commit"), "it made a directory of a file");
    }
    if (size && entry.size && *entry.size != *size) {
      throw pluginFault(place("commit"), "it made a file of " + std::to_string(*entry.size) +
                                             " bytes of the " + std::to_string(*size) +
                                             " that were written");
    }
  }

  /// As much time as the call that opened the stream had.
  CallContext contextNow() const {
    CallContext context = write_.context;
    if (context.deadline != Clock::time_point::max()) {
      context.deadline = Clock::now() + timeout_;
    }
    return context;
  }

  const OpenedWrite write_;
  const Clock::duration timeout_;
  std::uint64_t written_ = 0;
};

class FaultBoundaryEntryStream final : public FaultBoundary<IEntryStream> {
 public:
  FaultBoundaryEntryStream(OpenedStream<IEntryStream> opened, const CallContext& context)
      : FaultBoundary(std::move(opened)),
        idleLimit_(context.idleLimit * 2),
        children_(opened_.path, *opened_.plugin) {}

  bool next(std::vector<Entry>& entries, Clock::time_point until) override {
    const auto start = Clock::now();
    const bool hasMore = callStream("list", [&] { return stream().next(entries, until); });
    children_.check(place("list"), entries);
    if (entries.empty() && hasMore) {
      countEmpty(Clock::now() - start);
    } else {
      emptyAnswers_ = 0;
      silence_ = {};
    }
    return hasMore;
  }

  std::size_t omitted() const override {
    return callStream("list", [&] { return stream().omitted(); });
  }

 private:
  void countEmpty(Clock::duration time) {
    silence_ += time;
    if (++emptyAnswers_ > kMostEmptyAnswers || silence_ > idleLimit_) {
      throw pluginFault(place("list"), "it tells of no child, and does not end",
                        StorageErrc::Timeout);
    }
  }

  /// Twice the plugin's own limit, so that the plugin reports a timeout first.
  const std::chrono::milliseconds idleLimit_;
  ChildCheck children_;
  std::size_t emptyAnswers_ = 0;
  Clock::duration silence_{};
};

}  // namespace

std::unique_ptr<IReadStream> guardStream(OpenedStream<IReadStream> opened,
                                         const std::optional<ByteRange>& range) {
  return std::make_unique<FaultBoundaryReadStream>(std::move(opened), range);
}

std::unique_ptr<IWriteStream> guardStream(OpenedStream<IWriteStream> opened, OpenedWrite write) {
  return std::make_unique<FaultBoundaryWriteStream>(std::move(opened), std::move(write));
}

std::unique_ptr<IEntryStream> guardStream(OpenedStream<IEntryStream> opened,
                                          const CallContext& context) {
  return std::make_unique<FaultBoundaryEntryStream>(std::move(opened), context);
}

}  // namespace mediadock::storage
