#pragma once

/// \file
/// What the host hands to a plugin's factory.

#include "mediadock/export.h"
#include "mediadock/settings.h"

#include <string_view>

namespace mediadock {

enum class LogLevel { Debug, Information, Warning, Error };

/// Takes a provider's log lines. Safe to call from any thread. The host redacts known secrets, but
/// a provider hands none over.
class MEDIADOCK_CORE_EXPORT ILogSink {
 public:
  virtual ~ILogSink();

  virtual void log(LogLevel level, std::string_view message) noexcept = 0;
};

/// Valid as long as the provider lives, the settings only during the factory call.
struct ProviderContext {
  const Settings& settings;
  ILogSink& log;
};

}  // namespace mediadock
