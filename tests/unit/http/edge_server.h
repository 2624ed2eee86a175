#pragma once

/// \file
/// The edge as the host has it, from the guard to the handler, with endpoints made for tests.

#include "http/access/url_signer.h"
#include "http/admission/admission.h"
#include "http/connection/guarded_server_socket.h"
#include "http/exchange/drain.h"
#include "http/server/http_settings.h"
#include "http/server/router.h"
#include "support/http_client.h"

#include <Poco/Net/HTTPServer.h>
#include <Poco/ThreadPool.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace mediadock::http {

/// Serves `/hello` (GET), `/ignore`, `/echo` and `/limited` to 10 bytes (POST), and some that fail.
class EdgeServer {
 public:
  /// \param tune changes what the settings mean for the guard: times too short for a setting.
  explicit EdgeServer(HttpSettings settings = patientSettings(),
                      const std::function<void(guard::GuardSettings&)>& tune = {});
  ~EdgeServer();

  EdgeServer(const EdgeServer&) = delete;
  EdgeServer& operator=(const EdgeServer&) = delete;

  /// A silent client is waited for two seconds.
  static HttpSettings patientSettings();

  HttpClient connect() const;

  /// Sends `bytes` on a connection of their own; the first answer.
  HttpAnswer answerTo(std::string_view bytes) const;

  Drain drain;

 private:
  const HttpSettings settings_;
  Admission admission_;
  UrlSigner signer_{{}};
  Authorizer gate_{settings_.access, signer_};
  Router router_;
  guard::GuardedServerSocket socket_;
  Poco::ThreadPool pool_;
  Poco::Net::HTTPServer server_;
};

/// A test on an EdgeServer of patient settings.
class Edge : public testing::Test {
 protected:
  HttpClient connect() const { return server.connect(); }

  EdgeServer server;
};

}  // namespace mediadock::http
