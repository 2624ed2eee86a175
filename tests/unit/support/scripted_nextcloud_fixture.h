#pragma once

/// \file
/// A scripted Nextcloud with a client for it.

#include "support/raw_http.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace mediadock {

/// For tests that ask the server by HTTP and look at its files.
class ScriptedNextcloudTest : public ::testing::Test {
 protected:
  static std::string files(const std::string& path) {
    return "/remote.php/dav/files/console/" + path;
  }

  static std::string uploads(const std::string& path) {
    return "/remote.php/dav/uploads/console/" + path;
  }

  std::string head(const std::string& method, const std::string& target,
                   const std::map<std::string, std::string>& headers = {}) const {
    std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                       basicAuthorization(server_.username(), server_.password()) + "\r\n";
    for (const auto& [name, value] : headers) {
      text += name;
      text += ": " + value + "\r\n";
    }
    return text;
  }

  HttpMessage ask(const std::string& method, const std::string& target,
                  const std::map<std::string, std::string>& headers = {},
                  const std::string& body = {}) const {
    RawConnection connection(server_.port());
    connection.send(head(method, target, headers) +
                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return connection.receive(method == "HEAD");
  }

  ScriptedNextcloud server_;
};

}  // namespace mediadock
