#pragma once

/// \file
/// A log sink for providers whose log is not what the test is about.

#include "mediadock/provider_context.h"

namespace mediadock {

class SilentLog final : public ILogSink {
 public:
  void log(LogLevel /*level*/, std::string_view /*message*/) noexcept override {}
};

}  // namespace mediadock
