#include "support/scripted_nextcloud/answer.h"

#include <Poco/String.h>

#include <algorithm>

namespace mediadock::scripted {

void Answer::set(const std::string& name, std::string value) {
  const auto same = [&](const auto& header) { return Poco::icompare(header.first, name) == 0; };
  if (const auto found = std::ranges::find_if(headers, same); found != headers.end()) {
    found->second = std::move(value);
  } else {
    headers.emplace_back(name, std::move(value));
  }
}

Answer emptyAnswer(int status) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Type", "text/html; charset=UTF-8"},
                    {"Content-Security-Policy", "default-src 'none';"}};
  return answer;
}

Answer htmlPage(int status, const std::string& title) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Type", "text/html"}};
  answer.body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body><h1>" + title +
                "</h1></body>\r\n</html>\r\n";
  return answer;
}

Answer loginPage() {
  Answer answer = htmlPage(200, "Nextcloud");
  answer.headers = {{"Content-Type", "text/html; charset=UTF-8"},
                    {"Content-Security-Policy", "default-src 'none';"}};
  answer.framing = Answer::Framing::Chunked;
  return answer;
}

}  // namespace mediadock::scripted
