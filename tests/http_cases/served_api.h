#pragma once

/// \file
/// The API in this process, over a storage of the test's choice.

#include "http/server/server.h"
#include "http_cases/served_storage.h"
#include "media/media_service.h"
#include "support/http_client.h"
#include "support/temp_directory.h"

#include <Poco/Crypto/OpenSSLInitializer.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

namespace mediadock {

/// `/api/crm/storage/file?path=` with the encoded path.
std::string fileTarget(const std::string& path);

/// `size` bytes of which byte i is i mod 251, so that no two pieces of a block's length are equal.
std::string countingBytes(std::size_t size);

/// A server from construction to destruction; `/api/crm/storage` answers from the storage.
class ServedApi {
 public:
  explicit ServedApi(std::shared_ptr<IStorageProvider> provider);
  ~ServedApi() = default;

  ServedApi(const ServedApi&) = delete;
  ServedApi& operator=(const ServedApi&) = delete;

  std::uint16_t port() const {
    const auto url = server_.url();
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }

  HttpClient connect() const { return HttpClient(server_.url()); }

  /// On a connection of its own.
  HttpAnswer get(const std::string& target, const std::string& headers = "") const;

  /// Asks for something whose answer has no body, and expects not one byte behind its head before
  /// the connection ends.
  HttpAnswer bodilessAnswer(const std::string& method, const std::string& target,
                            const std::string& headers = "") const;

  /// The record, as JSON; `folder` and `name` are where the file goes.
  HttpAnswer upload(const std::string& folder, const std::string& name,
                    const std::string& content) const;

 private:
  /// As in `main`: Poco's count of who uses OpenSSL stays above zero while requests hash.
  Poco::Crypto::OpenSSLInitializer openSsl_;
  TempDirectory home_;
  media::MediaService media_;
  http::HttpServer server_;
};

/// A suite that is run over every storage, each test with one of its own.
class HttpCases : public testing::TestWithParam<StorageCase<IServedStorage>> {
 protected:
  HttpCases() { storage->put("Media/a.bin", content); }

  HttpAnswer get(const std::string& headers = "") const { return api.get(target, headers); }

  /// \param value of the header `Range`.
  HttpAnswer getRange(const std::string& value, const std::string& headers = "") const {
    return get("Range: " + value + "\r\n" + headers);
  }

  /// The file that most rows are about.
  const std::string content = countingBytes(1000);
  const std::string target = fileTarget("Media/a.bin");

  std::unique_ptr<IServedStorage> storage = GetParam().start();
  /// What the API does not know of goes through here.
  std::shared_ptr<IStorageProvider> provider = storage->open();
  ServedApi api{provider};
};

}  // namespace mediadock
