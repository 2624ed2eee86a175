#include "http/logs/access_log.h"

#include "http/syntax/http_date.h"
#include "http/syntax/json_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace mediadock::http {
namespace {

bool isHarmless(char c) noexcept {
  return c > 0x20 && c < 0x7F && c != '"' && c != '\\';
}

std::string harmless(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return !isHarmless(c); }, '?');
  return text;
}

/// The target, of whose query only the storage path is kept, without anything that could end the
/// line or the field.
std::string loggedTarget(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string logged(target.substr(0, mark));
  std::string_view query = target.substr(mark);
  while (!query.empty()) {
    query.remove_prefix(1);
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(pair.size());
    if (pair.starts_with("path=")) {
      logged += "?" + std::string(pair);
      break;
    }
  }
  return harmless(std::move(logged));
}

std::string milliseconds(std::chrono::microseconds duration) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(duration.count()) / 1000.0);
  return text.data();
}

}  // namespace

std::string formatAccess(const AccessRecord& record, LogFormat format) {
  const std::string time =
      formatRfc3339(std::chrono::floor<std::chrono::microseconds>(record.time));
  const std::string target = loggedTarget(record.target);
  const std::string caller = harmless(record.caller);
  const std::string_view outcome = record.outcome == Outcome::Whole ? "whole" : "aborted";
  if (format == LogFormat::Text) {
    return time + " " + record.remote + " " + (caller.empty() ? "-" : caller) + " " +
           record.method + " " + target + " " + std::to_string(record.status) + " " +
           std::to_string(record.bytes) + "B " + milliseconds(record.duration) + "ms " +
           std::string(outcome) + " " + record.id;
  }
  JsonWriter json;
  json.beginObject();
  json.key("time").value(time);
  json.key("id").value(record.id);
  json.key("method").value(record.method);
  json.key("path").value(target);
  json.key("status").value(static_cast<std::uint64_t>(record.status));
  json.key("bytes").value(record.bytes);
  json.key("microseconds").value(static_cast<std::uint64_t>(record.duration.count()));
  json.key("remote").value(record.remote);
  json.key("caller").valueOrNull(caller);
  json.key("outcome").value(outcome);
  json.endObject();
  return json.take();
}

}  // namespace mediadock::http
