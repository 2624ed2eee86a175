#pragma once

/// \file
/// The script of misbehaviours: which requests go wrong, and how.

#include "support/scripted_nextcloud/answer.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mediadock::scripted {

/// Answers in place of doing anything.
struct AnswerWith {
  Answer answer;
};

/// Waits first, then behaves.
struct Delay {
  std::chrono::milliseconds duration{0};
};

/// Never answers; ends when the client goes or the server stops.
struct Hang {};

/// Closes the connection without doing anything.
struct CloseBeforeAnswer {};

/// Behaves, but the connection ends after so many bytes of the body of the answer.
struct CutAnswerAfter {
  std::uint64_t bytes = 0;
};

/// Does the work, then gives another answer (a 504 of a proxy, say), or with none closes.
struct WorkThenAnswer {
  std::optional<Answer> answer;
};

/// Serves whole files to requests for a range.
struct IgnoreRange {};

/// Serves the range, but says it is another.
struct WrongContentRange {
  std::string value;
};

/// 413 for bodies above so many bytes, as a web server with a limit does.
struct RefuseBodyAbove {
  std::uint64_t bytes = 0;
};

/// 507 once so many bytes of the body have come.
struct FullAfter {
  std::uint64_t bytes = 0;
};

/// Answers as a server in maintenance, /status.php included.
struct InMaintenance {};

/// Says of the first page that all pages together have so many entries.
struct WrongPageTotal {
  std::uint64_t value = 0;
};

/// Does not know the token of a later page any more, and starts over.
struct ForgetPageToken {};

/// Starts a later page with the last entry of the page before.
struct RepeatPageEntry {};

using Action =
    std::variant<AnswerWith, Delay, Hang, CloseBeforeAnswer, CutAnswerAfter, WorkThenAnswer,
                 IgnoreRange, WrongContentRange, RefuseBodyAbove, FullAfter, InMaintenance,
                 WrongPageTotal, ForgetPageToken, RepeatPageEntry>;

/// A rule of the script. Matching requests are counted; the first `skip` of them pass, the next
/// `times` go wrong, the rest pass again.
struct Misbehaviour {
  static constexpr unsigned kAlways = 0xFFFFFFFFU;

  /// Empty: any.
  std::string method;
  /// Part of the decoded path; empty: any.
  std::string pathPart;
  Action action;
  unsigned skip = 0;
  unsigned times = kAlways;
  /// The count starts again after so many matching requests; 0: never.
  unsigned period = 0;
};

/// An error body of the WebDAV side, with an exception class of choice.
AnswerWith answerDavError(int status, const std::string& exceptionClass,
                          const std::string& message);

/// 423 as a running transfer causes it.
AnswerWith answerLocked();

/// A page of the web server or a proxy, with headers such as Retry-After.
AnswerWith answerPage(int status,
                      const std::vector<std::pair<std::string, std::string>>& headers = {});

/// The login page with status 200.
AnswerWith answerLoginPage();

/// The rules, in order; the first that applies to a request acts. Thread-safe.
class MisbehaviourScript final {
 public:
  void add(Misbehaviour rule);
  void clear();

  /// Counts the request, and returns what to do wrong about it.
  std::optional<Action> match(const std::string& method, const std::string& path);

 private:
  struct Rule {
    Misbehaviour misbehaviour;
    unsigned seen = 0;
  };

  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<Rule> rules_;
};

}  // namespace mediadock::scripted
