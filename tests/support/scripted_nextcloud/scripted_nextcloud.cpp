#include "support/scripted_nextcloud/scripted_nextcloud.h"

#include "support/random_text.h"
#include "support/scripted_nextcloud/connection.h"
#include "support/scripted_nextcloud/names.h"
#include "support/temp_directory.h"

#include <Poco/Crypto/OpenSSLInitializer.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <cerrno>
#include <limits>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock {

using scripted::Account;

namespace {

constexpr int kThreads = 160;
constexpr unsigned kEndless = std::numeric_limits<unsigned>::max();

Poco::AutoPtr<Poco::Net::HTTPServerParams> makeParams(const ScriptedNextcloud::Options& options) {
  Poco::AutoPtr<Poco::Net::HTTPServerParams> params(new Poco::Net::HTTPServerParams);
  params->setKeepAlive(true);
  params->setMaxKeepAliveRequests(0);
  params->setKeepAliveTimeout(Poco::Timespan(static_cast<long>(options.keepAlive.count()), 0));
  // A thread that just misses the stop would sleep this long before it looks again.
  params->setThreadIdleTime(Poco::Timespan(0, 100000));
  params->setMaxThreads(kThreads - 2);
  params->setMaxQueued(kThreads);
  return params;
}

void writeWhole(int descriptor, const std::string& content) {
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t written = ::write(descriptor, content.data() + done, content.size() - done);
    if (written < 0) {
      throw std::system_error(errno, std::generic_category(), "write");
    }
    done += static_cast<std::size_t>(written);
  }
}

}  // namespace

/// The order of members is the order of start; they go in reverse.
class ScriptedNextcloud::Running final {
 public:
  explicit Running(Options options)
      : options_(std::move(options)),
        password_(options_.password.empty() ? randomText(24) : options_.password),
        backstage_(folder_.path()),
        account_(backstage_.state.accounts.add(options_.username, password_)),
        socket_(Poco::Net::SocketAddress("127.0.0.1", options_.port), 256),
        server_(new scripted::HandlerFactory(backstage_), threads_, socket_, makeParams(options_)) {
    if (!options_.otherUsername.empty()) {
      backstage_.state.accounts.add(options_.otherUsername, password_);
    }
    server_.start();
  }

  ~Running() {
    backstage_.isStopping = true;
    // Wakes Poco's acceptor, which would notice the stop only at its next quarter of a second.
    ::shutdown(socket_.impl()->sockfd(), SHUT_RD);
    server_.stopAll(true);
    threads_.joinAll();
  }

  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  std::uint16_t port() const { return socket_.address().port(); }

  /// Poco 1.11 counts who uses OpenSSL and tears down at zero, in a race with whoever comes next:
  /// while this lives, the count stays above it.
  Poco::Crypto::OpenSSLInitializer openSsl_;
  const Options options_;
  const std::string password_;
  TempDirectory folder_;
  scripted::Backstage backstage_;
  Account& account_;

 private:
  Poco::ThreadPool threads_{2, kThreads};
  Poco::Net::ServerSocket socket_;
  Poco::Net::HTTPServer server_;
};

ScriptedNextcloud::ScriptedNextcloud(Options options)
    : running_(std::make_unique<Running>(std::move(options))) {}

ScriptedNextcloud::~ScriptedNextcloud() = default;

std::uint16_t ScriptedNextcloud::port() const {
  return running_->port();
}

std::string ScriptedNextcloud::url() const {
  return "http://127.0.0.1:" + std::to_string(port());
}

const std::string& ScriptedNextcloud::username() const {
  return running_->options_.username;
}

const std::string& ScriptedNextcloud::password() const {
  return running_->password_;
}

void ScriptedNextcloud::misbehave(scripted::Misbehaviour rule) {
  running_->backstage_.script.add(std::move(rule));
}

void ScriptedNextcloud::behave() {
  running_->backstage_.script.clear();
}

void ScriptedNextcloud::setMaintenance(bool isOn) {
  running_->backstage_.state.isInMaintenance = isOn;
}

void ScriptedNextcloud::setQuota(std::optional<std::uint64_t> bytes) {
  running_->account_.tree.setQuota(bytes);
}

void ScriptedNextcloud::setQuotaOf(const std::string& username,
                                   std::optional<std::uint64_t> bytes) {
  Account* const account = running_->backstage_.state.accounts.find(username);
  if (account == nullptr) {
    throw std::invalid_argument("no user " + username);
  }
  account->tree.setQuota(bytes);
}

void ScriptedNextcloud::permitOnlyUpdates(const std::string& folder) {
  running_->account_.tree.permitOnlyUpdates(folder);
}

std::shared_ptr<void> ScriptedNextcloud::lockFile(const std::string& path) {
  return running_->account_.tree.lockForWriting(path);
}

void ScriptedNextcloud::resetThrottling() {
  running_->backstage_.state.logins.resetThrottling();
}

std::vector<scripted::LoggedRequest> ScriptedNextcloud::requests() const {
  return running_->backstage_.log.all();
}

void ScriptedNextcloud::clearRequests() {
  running_->backstage_.log.clear();
}

unsigned ScriptedNextcloud::maxConcurrentRequests() const {
  return running_->backstage_.log.maxConcurrent();
}

bool ScriptedNextcloud::waitForRequests(const std::string& method, const std::string& pathPart,
                                        unsigned count, std::chrono::milliseconds deadline) const {
  return running_->backstage_.log.waitFor(method, pathPart, count, deadline);
}

bool ScriptedNextcloud::waitUntilIdle(std::chrono::milliseconds deadline) const {
  return running_->backstage_.log.waitUntilIdle(deadline);
}

void ScriptedNextcloud::putFile(const std::string& path, const std::string& content,
                                std::optional<std::int64_t> modified) {
  scripted::DavTree& tree = running_->account_.tree;
  tree.makeFolders(scripted::parentOf(path));
  const auto writing = tree.openForWriting(path, content.size());
  writeWhole(writing->descriptor(), content);
  writing->commit({.modified = modified});
}

void ScriptedNextcloud::makeFolder(const std::string& path) {
  running_->account_.tree.makeFolders(path);
}

std::optional<std::string> ScriptedNextcloud::readFile(const std::string& path) const {
  if (!exists(path)) {
    return std::nullopt;
  }
  const auto reading = running_->account_.tree.openForReading(path);
  std::string content(reading.info.size, '\0');
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t count = ::pread(reading.file->get(), content.data() + done, content.size() - done,
                                  static_cast<off_t>(done));
    if (count <= 0) {
      throw std::system_error(errno, std::generic_category(), path);
    }
    done += static_cast<std::size_t>(count);
  }
  return content;
}

std::optional<std::uint64_t> ScriptedNextcloud::fileSize(const std::string& path) const {
  const auto info = running_->account_.tree.find(path);
  return info && !info->isFolder ? std::optional(info->size) : std::nullopt;
}

std::optional<std::uint64_t> ScriptedNextcloud::fileId(const std::string& path) const {
  const auto info = running_->account_.tree.find(path);
  return info ? std::optional(info->fileId) : std::nullopt;
}

bool ScriptedNextcloud::exists(const std::string& path) const {
  return running_->account_.tree.find(path).has_value();
}

std::vector<std::string> ScriptedNextcloud::listTree() const {
  std::vector<std::string> paths;
  for (const scripted::NodeInfo& node : running_->account_.tree.list("", kEndless)) {
    if (!node.path.empty()) {
      paths.push_back(node.path + (node.isFolder ? "/" : ""));
    }
  }
  return paths;
}

std::vector<std::string> ScriptedNextcloud::openUploads() const {
  std::vector<std::string> ids;
  for (const auto& [id, upload] : running_->account_.uploads.all()) {
    ids.push_back(id);
  }
  return ids;
}

void ScriptedNextcloud::expireUpload(const std::string& id) {
  running_->account_.uploads.remove(id);
}

void ScriptedNextcloud::ageUploads(std::chrono::seconds age) {
  running_->account_.uploads.makeOlder(age);
}

const std::string& ScriptedNextcloud::instanceId() const {
  return running_->backstage_.state.instanceId;
}

}  // namespace mediadock
