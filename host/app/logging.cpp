#include "app/logging.h"

#include "http/syntax/plain_text.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSONString.h>
#include <Poco/Message.h>

#include <iostream>

namespace mediadock::app {
namespace {

constexpr const char* kTimeFormat = "%Y-%m-%dT%H:%M:%S.%iZ";

std::string_view levelName(Poco::Message::Priority priority) {
  switch (priority) {
    case Poco::Message::PRIO_FATAL:
    case Poco::Message::PRIO_CRITICAL:
    case Poco::Message::PRIO_ERROR:
      return "error";
    case Poco::Message::PRIO_WARNING:
      return "warning";
    case Poco::Message::PRIO_NOTICE:
    case Poco::Message::PRIO_INFORMATION:
      return "information";
    case Poco::Message::PRIO_DEBUG:
    case Poco::Message::PRIO_TRACE:
      return "debug";
  }
  return "error";
}

Poco::Message::Priority priorityOf(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return Poco::Message::PRIO_DEBUG;
    case LogLevel::Information:
      return Poco::Message::PRIO_INFORMATION;
    case LogLevel::Warning:
      return Poco::Message::PRIO_WARNING;
    case LogLevel::Error:
      return Poco::Message::PRIO_ERROR;
  }
  return Poco::Message::PRIO_ERROR;
}

/// Whether messages of `source` are JSON objects in a JSON log; no other source is trusted to write
/// JSON.
bool writesJson(const std::string& source) {
  return source == "access" || source == "audit";
}

bool isJson(const std::string& text) {
  try {
    Poco::JSON::Parser().parse(text);
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

/// A secret may look like a number, a key, or part of an escape: replacing it may break the JSON.
bool isJsonLine(const Poco::Message& message, const std::string& redacted) {
  return writesJson(message.getSource()) && redacted.starts_with('{') &&
         (redacted == message.getText() || isJson(redacted));
}

std::string toJsonLine(const Poco::Message& message, const std::string& time,
                       const std::string& text) {
  if (isJsonLine(message, text)) {
    return text;
  }
  return R"({"time":")" + time + R"(","level":")" + std::string(levelName(message.getPriority())) +
         R"(","source":)" + Poco::toJSON(message.getSource()) + R"(,"message":)" +
         Poco::toJSON(http::toUtf8(text)) + "}";
}

}  // namespace

LogChannel::LogChannel(http::LogFormat format, Redactor redactor, std::ostream& output)
    : format_(format),
      redactor_(std::move(redactor)),
      output_(output) {}

void LogChannel::log(const Poco::Message& message) {
  const std::string text = redactor_.redact(message.getText());
  const std::string time = Poco::DateTimeFormatter::format(message.getTime(), kTimeFormat);
  const std::string line = format_ == http::LogFormat::Json
                               ? toJsonLine(message, time, text)
                               : time + ' ' + std::string(levelName(message.getPriority())) + ' ' +
                                     message.getSource() + ": " + http::toOneLine(text);
  const std::lock_guard lock(mutex_);
  output_ << line << '\n' << std::flush;
}

void startLogging(const LogSettings& settings, const Redactor& redactor) {
  const Poco::AutoPtr<LogChannel> channel(new LogChannel(settings.format, redactor, std::cerr));
  // The static setters reach only existing loggers; new ones inherit from the root, so the root has
  // to exist first.
  static_cast<void>(Poco::Logger::root());
  Poco::Logger::setChannel("", channel);
  Poco::Logger::setLevel("", priorityOf(settings.level));
  // Changes are always audited, whatever the log level.
  Poco::Logger::get("audit").setLevel(Poco::Message::PRIO_INFORMATION);
}

ProviderLog::ProviderLog(const std::string& providerName)
    : logger_(Poco::Logger::get("storage." + providerName)) {}

void ProviderLog::log(LogLevel level, std::string_view message) noexcept {
  try {
    logger_.log(Poco::Message(logger_.name(), std::string(message), priorityOf(level)));
  } catch (...) {
    // A failure to log must not fail the call that is being logged.
  }
}

}  // namespace mediadock::app
