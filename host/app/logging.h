#pragma once

/// \file
/// The one mouth of the host: every log line passes the redactor and goes to one stream.

#include "app/config.h"
#include "app/redactor.h"
#include "mediadock/provider_context.h"

#include <Poco/Channel.h>
#include <Poco/Logger.h>

#include <mutex>
#include <ostream>
#include <string>

namespace mediadock {

/// Writes messages as lines: `TIME LEVEL SOURCE: MESSAGE`, or as JSON objects with `time`, `level`,
/// `source` and `message`. A message that is a JSON object already, as the access log's, goes into
/// a JSON log as it is. Control characters are escaped, so that one message stays one line.
/// Safe to call from any thread.
class LogChannel final : public Poco::Channel {
 public:
  /// \param output must outlive the channel.
  LogChannel(LogFormat format, Redactor redactor, std::ostream& output);

  void log(const Poco::Message& message) override;

 private:
  LogFormat format_;
  Redactor redactor_;
  /// Guards `output_`.
  std::mutex mutex_;
  std::ostream& output_;
};

/// Sends all of Poco's loggers to standard error, as the settings say. To be called while no other
/// thread logs; loggers made before are changed, too.
void startLogging(const LogSettings& settings, const Redactor& redactor);

/// A provider's way into the log: the logger `storage.NAME`.
class ProviderLog final : public ILogSink {
 public:
  explicit ProviderLog(const std::string& providerName);

  void log(LogLevel level, std::string_view message) noexcept override;

 private:
  Poco::Logger& logger_;
};

}  // namespace mediadock
