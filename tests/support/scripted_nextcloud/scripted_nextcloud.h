#pragma once

/// \file
/// A Nextcloud of our own for tests: a faithful WebDAV file tree that misbehaves when told to.

#include "support/scripted_nextcloud/misbehaviour.h"
#include "support/scripted_nextcloud/request_log.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// Answers on a loopback port as Nextcloud 32 does, from construction to destruction; files are
/// kept on disk in a folder of its own.
///
/// What it speaks is held against recorded exchanges with a real server. It does not speak bulk
/// upload, folders as archives, search, favourites, trash and versions.
///
/// All functions may be called at any time from any thread. Paths in them are UTF-8, relative to
/// the user's root, without outer slashes.
class ScriptedNextcloud final {
 public:
  struct Options {
    std::string username = "console";
    /// Empty: random.
    std::string password;
    /// 0: a free one.
    std::uint16_t port = 0;
    /// How long an idle connection is kept.
    std::chrono::seconds keepAlive{15};
    /// A second user, if not empty.
    std::string otherUsername;
  };

  /// Listens when it returns. Throws `Poco::Exception` or `std::system_error`.
  explicit ScriptedNextcloud(Options options);

  ScriptedNextcloud() : ScriptedNextcloud(Options{}) {}

  ~ScriptedNextcloud();

  ScriptedNextcloud(const ScriptedNextcloud&) = delete;
  ScriptedNextcloud& operator=(const ScriptedNextcloud&) = delete;
  ScriptedNextcloud(ScriptedNextcloud&&) = delete;
  ScriptedNextcloud& operator=(ScriptedNextcloud&&) = delete;

  std::uint16_t port() const;

  /// `http://127.0.0.1:PORT`, without a slash at the end.
  std::string url() const;

  const std::string& username() const;

  /// The second user, if there is one, has the same password.
  const std::string& password() const;

  // What goes wrong.

  void misbehave(scripted::Misbehaviour rule);

  /// Drops all rules.
  void behave();

  void setMaintenance(bool isOn);
  void setQuota(std::optional<std::uint64_t> bytes);
  void setQuotaOf(const std::string& username, std::optional<std::uint64_t> bytes);

  /// Makes the folder a share that permits nothing but updates: a file in it may be written by PUT,
  /// but all that would make, move, replace or remove something is 403.
  void permitOnlyUpdates(const std::string& folder);

  /// Locks the file as another client's running upload would; released with the result. Throws if
  /// it is locked already.
  std::shared_ptr<void> lockFile(const std::string& path);

  /// Forgets the wrong logins that make the server answer 429.
  void resetThrottling();

  // What was asked.

  std::vector<scripted::LoggedRequest> requests() const;
  void clearRequests();
  unsigned maxConcurrentRequests() const;

  /// Waits until `count` such requests have started; false if they have not by the deadline.
  bool waitForRequests(const std::string& method, const std::string& pathPart, unsigned count,
                       std::chrono::milliseconds deadline = std::chrono::seconds(30)) const;

  /// Waits until no request is being served; false if one still is at the deadline.
  bool waitUntilIdle(std::chrono::milliseconds deadline = std::chrono::seconds(30)) const;

  // The files, past HTTP.

  /// Makes the file, or replaces it; missing parents are made. `modified` is in seconds since the
  /// epoch; nothing: now.
  void putFile(const std::string& path, const std::string& content,
               std::optional<std::int64_t> modified = std::nullopt);
  void makeFolder(const std::string& path);

  /// Nothing if there is no such file.
  std::optional<std::string> readFile(const std::string& path) const;
  std::optional<std::uint64_t> fileSize(const std::string& path) const;
  bool exists(const std::string& path) const;

  /// Nothing if there is neither file nor folder.
  std::optional<std::uint64_t> fileId(const std::string& path) const;

  /// All paths, folders with a slash at the end, in order.
  std::vector<std::string> listTree() const;

  /// The ids of chunked uploads that are neither finished nor given up.
  std::vector<std::string> openUploads() const;

  /// What a real server's daily job does to an upload that nobody touched for long.
  void expireUpload(const std::string& id);

  /// Makes all unfinished uploads look as if they had been left alone for so long.
  void ageUploads(std::chrono::seconds age);

  /// The name of the session cookie, and the tail of every OC-FileId.
  const std::string& instanceId() const;

 private:
  class Running;

  std::unique_ptr<Running> running_;
};

}  // namespace mediadock
