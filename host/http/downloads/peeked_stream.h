#pragma once

/// \file
/// A file of which the beginning can be looked at before it is sent.

#include "mediadock/streams.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace mediadock {

/// Passes on another stream. What was looked at is given by `read` all the same.
class PeekedStream final : public IReadStream {
 public:
  explicit PeekedStream(std::unique_ptr<IReadStream> inner);

  /// The first `bytes` of the whole object, or all of a shorter one; nothing where this stream
  /// starts later, or ends earlier, and has no file behind it. To be called once at most, and
  /// before `read`.
  std::optional<std::vector<std::byte>> beginning(std::size_t bytes);

  const ReadInfo& info() const override { return inner_->info(); }

  std::size_t read(std::span<std::byte> buffer) override;

  std::optional<std::size_t> splice(int pipe, std::size_t most) override;

  std::optional<FileRegion> file() const override { return inner_->file(); }

 private:
  std::unique_ptr<IReadStream> inner_;
  std::vector<std::byte> peeked_;
  /// How much of it was given.
  std::size_t given_ = 0;
};

}  // namespace mediadock
