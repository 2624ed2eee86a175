#include "support/scripted_nextcloud/profiles.h"

#include <algorithm>
#include <stdexcept>

namespace mediadock::scripted {

namespace {

constexpr std::uint64_t kMegabyte = 1048576;
constexpr const char* kFiles = "/dav/files/";
constexpr const char* kUploads = "/dav/uploads/";
constexpr const char* kDav = "/remote.php/";

const std::vector<std::string>& writingMethods() {
  static const std::vector<std::string> methods = {"PUT", "MOVE", "DELETE", "COPY", "MKCOL"};
  return methods;
}

/// The last `times` of every `period` such requests.
Misbehaviour lastOf(unsigned period, unsigned times, const std::string& method,
                    const std::string& pathPart, const Action& action) {
  return {.method = method,
          .pathPart = pathPart,
          .action = action,
          .skip = period - times,
          .times = times,
          .period = period};
}

/// The last of every `period` requests of each method that writes.
std::vector<Misbehaviour> lastWriteOf(unsigned period, const Action& action) {
  std::vector<Misbehaviour> rules;
  for (const std::string& method : writingMethods()) {
    rules.push_back(lastOf(period, 1, method, kDav, action));
  }
  return rules;
}

AnswerWith answerThrottled() {
  return answerDavError(429, "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests", "");
}

AnswerWith answerThrottledFor(const std::string& seconds) {
  AnswerWith throttled = answerThrottled();
  throttled.answer.set("Retry-After", seconds);
  return throttled;
}

AnswerWith answerDatabaseLocked() {
  return answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                        "SQLSTATE[HY000]: General error: 5 database is locked");
}

/// A MOVE of files meets the lock as an error of the server.
AnswerWith answerLockedMove() {
  return answerDavError(500, "OCP\\Lock\\LockedException", "\"file\" is locked");
}

std::vector<Misbehaviour> locks() {
  return {lastOf(6, 3, "PUT", kFiles, answerLocked()),
          lastOf(6, 3, "MOVE", kFiles, answerLockedMove()),
          lastOf(6, 3, "MOVE", kUploads, answerLocked()),
          lastOf(6, 3, "DELETE", kFiles, answerLocked())};
}

std::vector<Misbehaviour> buggyPaging() {
  return {{.method = "PROPFIND", .action = WrongPageTotal{1}, .skip = 0, .times = 1, .period = 3},
          {.method = "PROPFIND", .action = RepeatPageEntry{}, .skip = 1, .times = 1, .period = 3},
          {.method = "PROPFIND", .action = ForgetPageToken{}, .skip = 2, .times = 1, .period = 3}};
}

std::vector<Misbehaviour> resets() {
  std::vector<Misbehaviour> rules = {lastOf(4, 1, "GET", kFiles, CutAnswerAfter{1000}),
                                     lastOf(9, 1, "", kDav, CloseBeforeAnswer{})};
  for (Misbehaviour& rule : lastWriteOf(7, WorkThenAnswer{})) {
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<Profile> makeProfiles() {
  return {
      {.name = "faithful", .description = "no trouble at all"},
      {.name = "quota", .description = "room for 10 MiB in all, then 507", .quota = 10 * kMegabyte},
      {.name = "slow-php",
       .description = "every third request takes 0.6 s",
       .rules = {lastOf(3, 1, "", "", Delay{std::chrono::milliseconds(600)})}},
      {.name = "nginx-1mb",
       .description = "413 for bodies above 1 MiB, as nginx is set up by default",
       .rules = {{.method = "PUT", .action = RefuseBodyAbove{kMegabyte}}}},
      {.name = "locks",
       .description = "half of the writes, three in a row, find the file locked (423, MOVE 500)",
       .rules = locks()},
      {.name = "maintenance",
       .description = "of every 60 requests the last 12 meet maintenance mode",
       .rules = {lastOf(60, 12, "", "", InMaintenance{})}},
      {.name = "encryption",
       .description = "downloads ignore ranges, as with server-side encryption",
       .rules = {{.method = "GET", .pathPart = kFiles, .action = IgnoreRange{}}}},
      {.name = "buggy-paging",
       .description = "listings by page tell a wrong total, repeat an entry, lose their token",
       .rules = buggyPaging()},
      {.name = "sqlite-busy",
       .description = "every fifth write is 503, the database is locked",
       .rules = lastWriteOf(5, answerDatabaseLocked())},
      {.name = "gateway-timeout",
       .description = "every fourth write is done, but the proxy answers 504",
       .rules = lastWriteOf(4, WorkThenAnswer{answerPage(504).answer})},
      {.name = "resets",
       .description = "connections break: before the work, after the work, in downloads",
       .rules = resets()},
      {.name = "throttled-retry-after",
       .description = "of every 40 requests the last 3 are 429 with Retry-After: 1",
       .rules = {lastOf(40, 3, "", kDav, answerThrottledFor("1"))}},
      {.name = "throttled",
       .description = "of every 40 requests the last 3 are 429 without a time",
       .rules = {lastOf(40, 3, "", kDav, answerThrottled())}},
  };
}

}  // namespace

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> all = makeProfiles();
  return all;
}

void applyProfile(ScriptedNextcloud& server, const std::string& name) {
  const auto profile = std::ranges::find(profiles(), name, &Profile::name);
  if (profile == profiles().end()) {
    throw std::invalid_argument("no profile '" + name + "'");
  }
  server.behave();
  server.setQuota(profile->quota);
  for (const Misbehaviour& rule : profile->rules) {
    server.misbehave(rule);
  }
}

}  // namespace mediadock::scripted
