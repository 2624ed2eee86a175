#pragma once

/// \file
/// What the host passes to a plugin's factory.

#include "mediadock/export.h"
#include "mediadock/settings.h"

#include <string_view>

namespace mediadock {

enum class LogLevel { Debug, Information, Warning, Error };

/// Receives a provider's log lines. Thread-safe. The host redacts known secrets, but a provider
/// must not log any.
class MEDIADOCK_CORE_EXPORT ILogSink {
 public:
  virtual ~ILogSink();

  virtual void log(LogLevel level, std::string_view message) noexcept = 0;
};

/// `log` is valid as long as the provider lives, `settings` only during the factory call.
struct ProviderContext {
  const Settings& settings;
  ILogSink& log;
};

}  // namespace mediadock
