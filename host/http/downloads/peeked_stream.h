#pragma once

/// \file
/// A read stream whose beginning can be peeked at before it is sent.

#include "mediadock/streams.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace mediadock::http {

/// Wraps another stream. Peeked bytes are still returned by `read`.
class PeekedStream final : public IReadStream {
 public:
  explicit PeekedStream(std::unique_ptr<IReadStream> inner);

  /// The first `bytes` bytes of the whole object, or all of a shorter one. Returns nullopt if this
  /// stream starts later or ends earlier, unless it is backed by a file. Call at most once, and
  /// before `read`.
  std::optional<std::vector<std::byte>> beginning(std::size_t bytes);

  const ReadInfo& info() const override { return inner_->info(); }

  std::size_t read(std::span<std::byte> buffer) override;

  std::optional<std::size_t> splice(int pipe, std::size_t most) override;

  std::optional<FileRegion> file() const override { return inner_->file(); }

 private:
  std::unique_ptr<IReadStream> inner_;
  std::vector<std::byte> peeked_;
  /// How many of `peeked_` were returned.
  std::size_t given_ = 0;
};

}  // namespace mediadock::http
