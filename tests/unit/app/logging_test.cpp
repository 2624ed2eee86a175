#include "app/logging.h"

#include <Poco/AutoPtr.h>
#include <Poco/Message.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <thread>

namespace mediadock::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;

Redactor hiding(std::string_view secret) {
  Redactor redactor;
  redactor.addSecret(secret);
  return redactor;
}

std::string lineOf(http::LogFormat format, const std::string& source, const std::string& text) {
  std::ostringstream output;
  Poco::AutoPtr<LogChannel> channel(new LogChannel(format, hiding("s3cret"), output));
  channel->log(Poco::Message(source, text, Poco::Message::PRIO_WARNING));
  return output.str();
}

TEST(LogChannel, WritesText) {
  EXPECT_THAT(lineOf(http::LogFormat::Text, "http", "hello"),
              MatchesRegex("....-..-..T..:..:......Z warning http: hello\n"));
}

TEST(LogChannel, WritesJson) {
  EXPECT_THAT(lineOf(http::LogFormat::Json, "http", "say \"hi\""),
              EndsWith(R"("level":"warning","source":"http","message":"say \"hi\""})"
                       "\n"));
}

TEST(LogChannel, PassesAnObjectIntoAJsonLog) {
  EXPECT_EQ(lineOf(http::LogFormat::Json, "access", R"({"status":200})"), "{\"status\":200}\n");
}

TEST(LogChannel, HidesSecretsInText) {
  EXPECT_THAT(lineOf(http::LogFormat::Text, "http", "with s3cret"), EndsWith("with [redacted]\n"));
}

TEST(LogChannel, HidesSecretsInJson) {
  EXPECT_THAT(lineOf(http::LogFormat::Json, "http", "with s3cret"), HasSubstr("with [redacted]"));
}

TEST(LogChannel, KeepsAMessageOnOneLine) {
  EXPECT_THAT(lineOf(http::LogFormat::Text, "http", "a\r\nb\x1b[1m"),
              EndsWith("a\\x0d\\x0ab\\x1b[1m\n"));
}

TEST(LogChannel, KeepsToOneLineWhereUnicodeEndsLinesToo) {
  EXPECT_THAT(lineOf(http::LogFormat::Text, "http", "a\u2028b\u2029c\u0085d\u009be"),
              EndsWith("a\\xe2\\x80\\xa8b\\xe2\\x80\\xa9c\\xc2\\x85d\\xc2\\x9be\n"));
}

TEST(LogChannel, EscapesBytesThatAreNoUtf8) {
  EXPECT_THAT(lineOf(http::LogFormat::Json, "http", "a\xff\xfe \xc3z"),
              EndsWith(R"("message":"a\\xff\\xfe \\xc3z"})"
                       "\n"));
  EXPECT_THAT(lineOf(http::LogFormat::Text, "http", "a\xff\xfe \xc3z"),
              EndsWith("a\\xff\\xfe \\xc3z\n"));
}

TEST(LogChannel, BelievesNoPluginThatItsMessageIsJson) {
  EXPECT_THAT(lineOf(http::LogFormat::Json, "storage.shelf", R"({"status":})"),
              EndsWith(R"("message":"{\"status\":}"})"
                       "\n"));
}

TEST(LogChannel, StaysJsonWhereASecretIsANumber) {
  std::ostringstream output;
  Poco::AutoPtr<LogChannel> channel(new LogChannel(http::LogFormat::Json, hiding("1234"), output));

  channel->log(Poco::Message("access", R"({"bytes":1234})", Poco::Message::PRIO_WARNING));
  channel->log(Poco::Message("access", R"({"path":"/1234"})", Poco::Message::PRIO_WARNING));

  EXPECT_THAT(output.str(), HasSubstr(R"("message":"{\"bytes\":[redacted]}"})"));
  EXPECT_THAT(output.str(), EndsWith("{\"path\":\"/[redacted]\"}\n"));
}

TEST(LogChannel, WritesWholeLinesFromSeveralThreads) {
  std::ostringstream output;
  Poco::AutoPtr<LogChannel> channel(new LogChannel(http::LogFormat::Text, {}, output));
  const auto writeMany = [&channel] {
    for (int i = 0; i < 100; ++i) {
      channel->log(Poco::Message("t", "0123456789", Poco::Message::PRIO_ERROR));
    }
  };
  {
    const std::jthread first(writeMany);
    const std::jthread second(writeMany);
  }
  std::istringstream lines(output.str());
  std::string line;
  int whole = 0;
  while (std::getline(lines, line)) {
    EXPECT_THAT(line, EndsWith("Z error t: 0123456789"));
    ++whole;
  }
  EXPECT_EQ(whole, 200);
}

TEST(StartLogging, LetsTheAuditLogSpeakHoweverSilentTheRestIs) {
  startLogging({.level = LogLevel::Error}, {});

  EXPECT_TRUE(Poco::Logger::get("audit").information());
  EXPECT_FALSE(Poco::Logger::get("http").information());
  startLogging({}, {});
}

}  // namespace
}  // namespace mediadock::app
