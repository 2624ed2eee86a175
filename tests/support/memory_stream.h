#pragma once

/// \file
/// A read stream over text.

#include "mediadock/streams.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace mediadock {

class MemoryStream : public IReadStream {
 public:
  explicit MemoryStream(std::string content) : content_(std::move(content)) {
    info_.length = content_.size();
    info_.entry.size = content_.size();
  }

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t count = std::min(buffer.size(), content_.size() - position_);
    std::memcpy(buffer.data(), content_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  std::string content_;
  ReadInfo info_;
  std::size_t position_ = 0;
};

}  // namespace mediadock
