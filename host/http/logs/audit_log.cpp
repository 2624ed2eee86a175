#include "http/logs/audit_log.h"

#include "http/exchange/request.h"
#include "http/syntax/http_date.h"
#include "http/syntax/json_writer.h"
#include "mediadock/storage_error.h"

#include <Poco/Logger.h>

#include <chrono>
#include <system_error>

namespace mediadock::http {
namespace {

void writeETag(JsonWriter& json, std::string_view name, const std::optional<ETag>& etag) {
  json.key(name);
  etag ? json.value(etag->str()) : json.null();
}

/// Includes `source`, which distinguishes it from other lines in a JSON log.
std::string lineOf(const Request& request, const Change& change, std::string_view outcome) {
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  JsonWriter json;
  json.beginObject();
  json.key("time").value(formatRfc3339(now));
  json.key("source").value(std::string_view("audit"));
  json.key("request_id").value(request.id());
  json.key("caller").valueOrNull(request.caller().name);
  json.key("address").value(request.client().address.str());
  json.key("change").value(change.what);
  json.key("outcome").value(outcome);
  json.key("path").valueOrNull(change.path);
  json.key("target").valueOrNull(change.target);
  json.key("record").valueOrNull(change.recordId);
  writeETag(json, "etag_before", change.before);
  writeETag(json, "etag_after", change.after);
  json.endObject();
  return json.take();
}

}  // namespace

AuditLog::AuditLog(const std::string& file) {
  if (file.empty()) {
    return;
  }
  try {
    file_.emplace(file);
  } catch (const std::system_error& error) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "audit.file '" + file + "' cannot be opened: " + error.code().message());
  }
}

void AuditLog::follow(const Request& request, Change change,
                      const std::function<void(Change&)>& make) {
  try {
    make(change);
  } catch (const StorageError& error) {
    if (error.failure().retry == Retry::OutcomeUnknown) {
      if (change.path.empty()) {
        change.path = error.failure().path;
      }
      write(lineOf(request, change, "unknown"));
    }
    throw;
  }
  if (change.wasMade) {
    write(lineOf(request, change, "done"));
  }
}

void AuditLog::write(const std::string& line) noexcept {
  try {
    Poco::Logger& log = Poco::Logger::get("audit");
    if (!file_) {
      log.information(line);
      return;
    }
    try {
      file_->append(line);
    } catch (const std::system_error& error) {
      log.error("the audit log cannot be written (" + error.code().message() + "): " + line);
    }
  } catch (const std::exception&) {
    // Neither file nor log can be written; the change has been made anyway.
  }
}

}  // namespace mediadock::http
