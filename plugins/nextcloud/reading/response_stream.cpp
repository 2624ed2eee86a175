#include "reading/response_stream.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// A tail up to this size is read and discarded, which is cheaper than a new connection.
constexpr std::uint64_t kMaxTailBytes = 4096;

class ResponseStream final : public IReadStream {
 public:
  ResponseStream(std::optional<http_client::HttpResponse> response, ReadInfo info,
                 std::unique_ptr<http_client::CallLimits> limits)
      : limits_(std::move(limits)),
        response_(std::move(response)),
        info_(std::move(info)),
        left_(info_.length) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    limits_->progress();
    limits_->check();
    if (buffer.empty()) {
      return 0;
    }
    if (left_ == 0U) {
      verifyEnd();
      return 0;
    }
    return countOff(response_->read(buffer.first(atMost(buffer.size())), *limits_));
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    limits_->progress();
    limits_->check();
    if (left_ == 0U) {
      return std::nullopt;
    }
    const auto moved = response_->splice(pipe, atMost(most), *limits_);
    return moved ? std::optional(countOff(*moved)) : std::nullopt;
  }

  /// Discards the `count` bytes before the requested part; `tail` more bytes follow after it.
  void cut(std::uint64_t count, std::uint64_t tail) {
    std::array<std::byte, 16384> block{};
    tail_ = tail;
    while (count > 0) {
      const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), count));
      const auto got = response_->read(std::span(block).first(most), *limits_);
      if (got == 0) {
        throw StorageError(StorageErrc::Truncated, "the storage ended the file early");
      }
      count -= got;
      limits_->progress();
    }
  }

 private:
  std::size_t atMost(std::size_t count) const {
    return static_cast<std::size_t>(std::min<std::uint64_t>(count, left_.value_or(count)));
  }

  std::size_t countOff(std::size_t received) {
    if (!left_) {
      // Without a length, the stream ends where the framing says.
      left_ = received == 0 ? std::optional<std::uint64_t>(0) : std::nullopt;
      return received;
    }
    if (received == 0) {
      throw StorageError({.code = StorageErrc::Truncated,
                          .message = "the storage ended the file early",
                          .retry = Retry::Safe,
                          .operation = "read",
                          .path = info_.entry.path.str()});
    }
    *left_ -= received;
    if (left_ == 0U) {
      verifyEnd();
    }
    return received;
  }

  /// Checks that the response ends where the part ends. The connection is free then.
  void verifyEnd() {
    std::array<std::byte, 1> extra{};
    if (response_ && tail_ > 0 && tail_ <= kMaxTailBytes) {
      response_->drain(*limits_);
    }
    if (response_ && tail_ == 0 && response_->read(extra, *limits_) > 0) {
      throw StorageError({.code = StorageErrc::Protocol,
                          .message = "the storage sends more than the file has",
                          .operation = "read",
                          .path = info_.entry.path.str()});
    }
    response_.reset();
  }

  /// Outlives the response, which may be waiting on it.
  std::unique_ptr<http_client::CallLimits> limits_;
  std::optional<http_client::HttpResponse> response_;
  ReadInfo info_;
  /// Absent if the length is unknown.
  std::optional<std::uint64_t> left_;
  std::uint64_t tail_ = 0;
};

}  // namespace

std::unique_ptr<IReadStream> makeResponseStream(std::optional<http_client::HttpResponse> response,
                                                ReadInfo info, const Surroundings& around,
                                                std::unique_ptr<http_client::CallLimits> limits) {
  auto& running = *limits;
  auto stream =
      std::make_unique<ResponseStream>(std::move(response), std::move(info), std::move(limits));
  stream->cut(around.before, around.behind);
  running.startStreaming();
  return stream;
}

}  // namespace mediadock::nextcloud
