#include "http/logs/access_log.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

AccessRecord recordOf(std::string target) {
  return {.time = std::chrono::sys_seconds(std::chrono::seconds(784111777)),
          .id = "id-1",
          .method = "GET",
          .target = std::move(target),
          .remote = "127.0.0.1",
          .status = 200,
          .bytes = 7,
          .duration = std::chrono::microseconds(1500)};
}

TEST(AccessLog, WritesOneLineOfText) {
  EXPECT_EQ(formatAccess(recordOf("/x"), LogFormat::Text),
            "1994-11-06T08:49:37Z 127.0.0.1 - GET /x 200 7B 1.5ms whole id-1");
}

TEST(AccessLog, WritesJson) {
  EXPECT_EQ(formatAccess(recordOf("/x"), LogFormat::Json),
            "{\"time\":\"1994-11-06T08:49:37Z\",\"id\":\"id-1\",\"method\":\"GET\",\"path\":\"/x\","
            "\"status\":200,\"bytes\":7,\"microseconds\":1500,\"remote\":\"127.0.0.1\","
            "\"caller\":null,\"outcome\":\"whole\"}");
}

TEST(AccessLog, NamesTheCaller) {
  AccessRecord record = recordOf("/x");
  record.caller = "anna";

  EXPECT_THAT(formatAccess(record, LogFormat::Text), HasSubstr(" 127.0.0.1 anna GET "));
  EXPECT_THAT(formatAccess(record, LogFormat::Json), HasSubstr("\"caller\":\"anna\""));
}

TEST(AccessLog, CannotBeForgedByACaller) {
  AccessRecord record = recordOf("/x");
  record.caller = "anna GET\n/y\"";

  EXPECT_THAT(formatAccess(record, LogFormat::Text), HasSubstr(" anna?GET?/y? GET "));
}

TEST(AccessLog, SaysThatAnAnswerBrokeOff) {
  AccessRecord record = recordOf("/x");
  record.outcome = Outcome::Aborted;

  EXPECT_THAT(formatAccess(record, LogFormat::Text), HasSubstr(" aborted "));
}

TEST(AccessLog, X57LeavesOutTheQueryButForThePath) {
  const std::string line =
      formatAccess(recordOf("/x?sig=secret&path=a%20b&token=t"), LogFormat::Text);

  EXPECT_THAT(line, HasSubstr(" /x?path=a%20b "));
  EXPECT_THAT(line, Not(HasSubstr("secret")));
}

TEST(AccessLog, CannotBeForgedByATarget) {
  const std::string line = formatAccess(recordOf("/x\n1994 evil \"y"), LogFormat::Text);

  EXPECT_THAT(line, HasSubstr(" /x?1994?evil??y "));
}

}  // namespace
}  // namespace mediadock::http
