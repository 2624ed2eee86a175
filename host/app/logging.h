#pragma once

/// \file
/// The only log sink: every line is redacted and written to standard error.

#include "app/config/config.h"
#include "app/secrets/redactor.h"
#include "mediadock/provider_context.h"

#include <Poco/Channel.h>
#include <Poco/Logger.h>

#include <mutex>
#include <ostream>
#include <string>

namespace mediadock::app {

/// Writes messages as lines: `TIME LEVEL SOURCE: MESSAGE`, or as JSON objects with `time`, `level`,
/// `source` and `message`. In a JSON log, the JSON objects of the access and audit logs are written
/// unchanged. Control characters and invalid UTF-8 are escaped: one message is one line, and each
/// line of a JSON log is valid JSON, whatever a plugin or a client puts into it. Safe to call from
/// any thread.
class LogChannel final : public Poco::Channel {
 public:
  /// \param output must outlive the channel.
  LogChannel(http::LogFormat format, Redactor redactor, std::ostream& output);

  void log(const Poco::Message& message) override;

 private:
  http::LogFormat format_;
  Redactor redactor_;
  /// Guards `output_`.
  std::mutex mutex_;
  std::ostream& output_;
};

/// Routes all Poco loggers to standard error, as configured. Call while no other thread logs;
/// existing loggers are changed, too.
void startLogging(const LogSettings& settings, const Redactor& redactor);

/// Routes a provider's messages to the logger `storage.NAME`.
class ProviderLog final : public ILogSink {
 public:
  explicit ProviderLog(const std::string& providerName);

  void log(LogLevel level, std::string_view message) noexcept override;

 private:
  Poco::Logger& logger_;
};

}  // namespace mediadock::app
