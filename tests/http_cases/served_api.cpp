#include "http_cases/served_api.h"

#include "http/syntax/percent_encoding.h"
#include "records/open_record_store.h"
#include "storage/completion/completed_provider.h"

#include <utility>

namespace mediadock {
namespace {

http::HttpSettings quickSettings() {
  http::HttpSettings settings;
  settings.address = "127.0.0.1:0";
  settings.maxConnections = 16;
  settings.requestTimeout = std::chrono::seconds(10);
  settings.drainTimeout = std::chrono::seconds(1);
  return settings;
}

}  // namespace

std::string fileTarget(const std::string& path) {
  return "/api/crm/storage/file?path=" + http::percentEncode(path);
}

std::string countingBytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>(i % 251);
  }
  return bytes;
}

ServedApi::ServedApi(std::shared_ptr<IStorageProvider> provider)
    : media_(storage::completeProvider(std::move(provider)),
             std::shared_ptr<records::IRecordStore>(
                 records::openRecordStore("sqlite:" + (home_.path() / "media.db").string(), ""))),
      server_(quickSettings(), media_) {
  server_.start();
}

HttpAnswer ServedApi::get(const std::string& target, const std::string& headers) const {
  return connect().exchange("GET", target, headers);
}

HttpAnswer ServedApi::bodilessAnswer(const std::string& method, const std::string& target,
                                     const std::string& headers) const {
  HttpClient client = connect();
  client.send(method + " " + target + " HTTP/1.1\r\nHost: example.test\r\nConnection: close\r\n" +
              headers + "\r\n");
  HttpAnswer answer = client.receive(true);
  EXPECT_TRUE(client.isClosed()) << method << " was answered with a body";
  return answer;
}

HttpAnswer ServedApi::upload(const std::string& folder, const std::string& name,
                             const std::string& content) const {
  return connect().exchange("POST", "/api/crm/storage/upload", FormBody::kContentType,
                            FormBody().field("path", folder).file(name, content).str());
}

}  // namespace mediadock
