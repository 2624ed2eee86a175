#pragma once

/// \file
/// What the server was asked, for tests to look at.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace mediadock::scripted {

/// One request, in the order of arrival.
struct LoggedRequest {
  std::string method;
  /// As it came, percent-encoded.
  std::string target;
  /// The decoded path without the query.
  std::string path;
  /// Names in lower case.
  std::map<std::string, std::string> headers;
  /// Bytes of the body that came.
  std::uint64_t bodyBytes = 0;
  /// Whether it used Transfer-Encoding: chunked.
  bool isChunked = false;
  /// 0 while it runs, and where the connection was closed instead.
  int status = 0;
};

/// Thread-safe.
class RequestLog final {
 public:
  /// Notes the start of a request; the number returned is for `finish`.
  std::size_t start(LoggedRequest request);

  /// The client is about to see the end of an answer, and may start another request at once.
  void leave();
  void finish(std::size_t number, std::uint64_t bodyBytes, int status);

  std::vector<LoggedRequest> all() const;
  void clear();

  /// The most requests that were being served at one time.
  unsigned maxConcurrent() const;

  /// Waits until `count` such requests have started; `pathPart` is part of the decoded path.
  /// Returns false if they have not by the deadline.
  bool waitFor(const std::string& method, const std::string& pathPart, unsigned count,
               std::chrono::milliseconds deadline) const;

  /// Waits until no request is being served; false if one still is at the deadline.
  bool waitUntilIdle(std::chrono::milliseconds deadline) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  // Guarded by mutex_.
  std::vector<LoggedRequest> requests_;
  std::size_t cleared_ = 0;
  unsigned running_ = 0;
  unsigned left_ = 0;
  unsigned maxRunning_ = 0;
};

}  // namespace mediadock::scripted
