#include "support/scripted_nextcloud/server_facts.h"

#include <Poco/JSON/Object.h>

#include <sstream>

namespace mediadock::scripted {

namespace {

constexpr const char* kVersion =
    R"("version":{"major":32,"minor":0,"micro":1,"string":"32.0.1","edition":"","extendedSupport":false})";

constexpr const char* kCapabilities =
    R"({"core":{"pollinterval":60,"webdav-root":"remote.php\/webdav"},)"
    R"("bruteforce":{"delay":0,"allow-listed":false},)"
    R"("files":{"forbidden_filenames":[".htaccess"],"forbidden_filename_basenames":[],)"
    R"("forbidden_filename_characters":["\\","\/"],)"
    R"("forbidden_filename_extensions":[".filepart",".part"],"bigfilechunking":true,)"
    R"("chunked_upload":{"max_size":104857600,"max_parallel_count":5},)"
    R"("windows_compatible_filenames":false,"undelete":true,"delete_from_trash":true,)"
    R"("versioning":true},"dav":{"chunking":"1.0"}})";

constexpr const char* kShortCapabilities = R"({"bruteforce":{"delay":0,"allow-listed":false}})";

Answer json(int status, std::string body) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Type", "application/json; charset=utf-8"},
                    {"Cache-Control", "no-cache, no-store, must-revalidate"}};
  answer.body = std::move(body);
  return answer;
}

Answer ocsAnswer(const std::string& data) {
  return json(200, R"({"ocs":{"meta":{"status":"ok","statuscode":200,"message":"OK"},"data":)" +
                       data + "}}");
}

Answer capabilities(const Account* account) {
  return ocsAnswer(std::string("{") + kVersion + R"(,"capabilities":)" +
                   (account != nullptr ? kCapabilities : kShortCapabilities) + "}");
}

Answer user(const Account& account) {
  const std::uint64_t used = account.tree.stat("").size;
  const auto free = account.tree.available();
  Poco::JSON::Object quota;
  quota.set("free", free ? Poco::Int64(*free) : Poco::Int64{-3});
  quota.set("used", Poco::UInt64{used});
  quota.set("total", free ? Poco::Int64(*free + used) : Poco::Int64{-3});
  quota.set("quota", free ? Poco::Int64(*free + used) : Poco::Int64{-3});
  Poco::JSON::Object data;
  data.set("id", account.id);
  data.set("enabled", true);
  data.set("display-name", account.id);
  data.set("quota", quota);
  std::ostringstream text;
  data.stringify(text);
  return ocsAnswer(text.str());
}

}  // namespace

Answer statusPage(bool isInMaintenance) {
  Answer answer;
  answer.headers = {{"Content-Type", "application/json"}, {"Access-Control-Allow-Origin", "*"}};
  answer.framing = Answer::Framing::Chunked;
  answer.body = std::string(R"({"installed":true,"maintenance":)") +
                (isInMaintenance ? "true" : "false") +
                R"(,"needsDbUpgrade":false,"version":"32.0.1.2","versionstring":"32.0.1",)"
                R"("edition":"","productname":"Nextcloud","extendedSupport":false})";
  return answer;
}

Answer ocs(const Request& request, const Account* account) {
  Answer answer;
  if (account != nullptr && request.header("OCS-APIRequest") != "true") {
    answer = json(412, R"({"message":"CSRF check failed"})");
    answer.reason = "Precondition failed";
  } else if (request.path.ends_with("/cloud/capabilities")) {
    answer = capabilities(account);
  } else if (account == nullptr) {
    answer = json(401, R"({"ocs":{"meta":{"status":"failure","statuscode":997,)"
                       R"("message":"Current user is not logged in"},"data":[]}})");
  } else if (request.path.ends_with("/cloud/user")) {
    answer = user(*account);
  } else {
    answer = json(404, R"({"ocs":{"meta":{"status":"failure","statuscode":404,)"
                       R"("message":"Invalid query"},"data":[]}})");
  }
  if (account != nullptr) {
    answer.set("X-User-Id", account->id);
  }
  return answer;
}

Answer ocsInMaintenance() {
  Answer answer = json(503, R"({"ocs":{"meta":{"status":"failure","statuscode":503,)"
                            R"("message":"Service unavailable"},"data":[]}})");
  answer.framing = Answer::Framing::Chunked;
  answer.set("X-Nextcloud-Maintenance-Mode", "1");
  return answer;
}

Answer ocsLockedOut() {
  return json(429, R"({"ocs":{"meta":{"status":"failure","statuscode":429,)"
                   R"("message":"Reached maximum delay"},"data":[]}})");
}

}  // namespace mediadock::scripted
