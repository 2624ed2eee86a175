#include "support/scripted_nextcloud/misbehaviour.h"

#include "support/scripted_nextcloud/dav_error.h"

namespace mediadock::scripted {

AnswerWith answerDavError(int status, const std::string& exceptionClass,
                          const std::string& message) {
  return {DavError(status, exceptionClass, message).toAnswer()};
}

AnswerWith answerLocked() {
  return {fileLocked("file").toAnswer()};
}

AnswerWith answerPage(int status, const std::vector<std::pair<std::string, std::string>>& headers) {
  Answer page = htmlPage(status, std::to_string(status));
  page.headers.insert(page.headers.end(), headers.begin(), headers.end());
  return {std::move(page)};
}

AnswerWith answerLoginPage() {
  return {loginPage()};
}

void MisbehaviourScript::add(Misbehaviour rule) {
  const std::lock_guard guard(mutex_);
  rules_.push_back({std::move(rule)});
}

void MisbehaviourScript::clear() {
  const std::lock_guard guard(mutex_);
  rules_.clear();
}

std::optional<Action> MisbehaviourScript::match(const std::string& method,
                                                const std::string& path) {
  const std::lock_guard guard(mutex_);
  std::optional<Action> action;
  for (Rule& rule : rules_) {
    const Misbehaviour& wanted = rule.misbehaviour;
    if ((!wanted.method.empty() && wanted.method != method) ||
        path.find(wanted.pathPart) == std::string::npos) {
      continue;
    }
    const unsigned index = rule.seen++;
    if (wanted.period != 0) {
      rule.seen %= wanted.period;
    }
    if (!action && index >= wanted.skip && index - wanted.skip < wanted.times) {
      action = wanted.action;
    }
  }
  return action;
}

}  // namespace mediadock::scripted
