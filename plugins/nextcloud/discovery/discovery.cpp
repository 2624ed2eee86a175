#include "discovery/discovery.h"

#include "dav/propfind.h"
#include "dav/status_error.h"
#include "dav/unicode_form.h"
#include "discovery/server_examination.h"
#include "http/path_segments.h"
#include "mediadock/storage_error.h"
#include "tree/dav_tree.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {
namespace {

Poco::JSON::Object::Ptr parseObject(const std::string& text) {
  try {
    Poco::JSON::Parser parser;
    return parser.parse(text).extract<Poco::JSON::Object::Ptr>();
  } catch (const Poco::Exception&) {
    return nullptr;
  }
}

/// Whether the status says nothing about the kind of server.
bool isSick(int status) {
  return status == 429 || status >= 500;
}

std::vector<std::string> joined(std::vector<std::string> segments,
                                const std::vector<std::string>& more) {
  segments.insert(segments.end(), more.begin(), more.end());
  return segments;
}

/// \param at index of `remote.php` in `root`, or its size.
void refuseOtherAddress(const std::vector<std::string>& root, std::size_t at) {
  const auto is = [&](std::size_t behind, std::string_view name) {
    return root.size() > at + behind && root[at + behind] == name;
  };
  const bool isKnown = root.size() <= at + 1 || is(1, "webdav") ||
                       (is(1, "dav") && (root.size() == at + 2 || is(2, "files")));
  if (!isKnown) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "no files are at the address in 'url'; give the server's own, without "
                       "'/remote.php' and what follows, or one that ends in "
                       "'/remote.php/dav/files/USER'");
  }
}

Capabilities nextcloudCapabilities() {
  auto result = leastCapabilities({});
  result.conditionalRead = result.etag = result.fileId = true;
  result.writeIfMatch = result.writeModifiedAt = result.removeIfMatch = true;
  result.quota = result.caseSensitive = true;
  return result;
}

}  // namespace

Capabilities leastCapabilities(const StoragePath& basePath) {
  Capabilities result;
  // If a server ignores a range, the bytes before it are skipped.
  result.rangeRead = true;
  result.writeUnknownSize = result.writeIfAbsent = result.writeRetarget = true;
  result.removeRecursive = result.makeDirectory = true;
  result.copy = result.move = true;
  result.listSorted = true;
  result.modifiedAtPrecision = std::chrono::seconds(1);
  plainNameRules(basePath).describe(result);
  return result;
}

Discovery::Discovery(const DavSettings& settings, DavClient& client)
    : settings_(settings),
      client_(client) {}

std::shared_ptr<const ServerFacts> Discovery::known() const {
  const std::lock_guard lock(mutex_);
  return facts_;
}

std::shared_ptr<const ServerFacts> Discovery::facts(const http_client::CallLimits& limits) {
  {
    std::unique_lock lock(mutex_);
    const bool isOver = asked_.wait_until(lock, limits.stopToken(), limits.waitEnd(),
                                          [this] { return facts_ || !isAsking_; });
    if (facts_) {
      return facts_;
    }
    if (!isOver) {
      lock.unlock();
      limits.check();
      throw StorageError(StorageErrc::Timeout, "nobody found out in time what server this is");
    }
    isAsking_ = true;
  }
  std::shared_ptr<const ServerFacts> found;
  const auto finish = [&] {
    {
      const std::lock_guard lock(mutex_);
      isAsking_ = false;
      facts_ = found;
      unexamined_ = found;
    }
    asked_.notify_all();
  };
  try {
    found = discover(limits);
  } catch (...) {
    finish();
    throw;
  }
  finish();
  return found;
}

void Discovery::examine(const http_client::CallLimits& limits) {
  // After this time, an administrator's changes are noticed.
  constexpr std::chrono::hours kLifetime{1};
  const auto before = facts(limits);
  {
    const std::lock_guard lock(mutex_);
    const auto now = http_client::CallLimits::Clock::now();
    if (!before->isNextcloud || isExamining_ || now < examinedUntil_) {
      return;
    }
    isExamining_ = true;
  }
  std::shared_ptr<ServerFacts> found;
  const auto finish = [&] {
    const std::lock_guard lock(mutex_);
    isExamining_ = false;
    if (found) {
      addTrial(*found);
      facts_ = found;
      examinedUntil_ = http_client::CallLimits::Clock::now() + kLifetime;
    }
  };
  try {
    found =
        std::make_shared<ServerFacts>(mediadock::nextcloud::examine(*unexamined_, client_, limits));
  } catch (...) {
    finish();
    throw;
  }
  finish();
}

void Discovery::tryUploads(const http_client::CallLimits& limits) {
  const auto before = facts(limits);
  {
    const std::lock_guard lock(mutex_);
    if (!before->isNextcloud || isTryingUploads_ || uploadTrial_) {
      return;
    }
    isTryingUploads_ = true;
  }
  std::optional<UploadTrial> trial;
  const auto finish = [&] {
    const std::lock_guard lock(mutex_);
    isTryingUploads_ = false;
    if (trial) {
      uploadTrial_ = std::move(trial);
      auto found = std::make_shared<ServerFacts>(*facts_);
      addTrial(*found);
      facts_ = std::move(found);
    }
  };
  try {
    trial = mediadock::nextcloud::tryUploads(*before, client_, limits);
  } catch (...) {
    finish();
    throw;
  }
  finish();
}

/// Requires `mutex_`.
void Discovery::addTrial(ServerFacts& facts) const {
  if (uploadTrial_) {
    facts.keepsChunks = facts.capabilities.writeResume = uploadTrial_->keepsChunks;
    facts.capabilities.evidence.push_back(uploadTrial_->evidence);
  }
}

std::shared_ptr<const ServerFacts> Discovery::discover(const http_client::CallLimits& limits) {
  evidence_.clear();
  const auto& root = settings_.rootSegments;
  const bool isFilesTree = std::find(root.begin(), root.end(), "remote.php") != root.end();
  auto facts = std::make_shared<ServerFacts>(
      isFilesTree || isNextcloudAddress(limits) ? nextcloud(limits) : plain(limits));
  if (const auto base = facts->names.normalised(settings_.basePath); !base.isRoot()) {
    DavTree tree(client_, facts);
    const auto entry = tree.stat(base, limits);
    if (!entry) {
      tree.makeDirectory(base, limits);
    } else if (!entry->isDirectory()) {
      throw StorageError(StorageErrc::NotADirectory, "a file stands at 'base_path'");
    }
    if (!facts->isNextcloud) {
      facts->capabilities.caseSensitive = isCaseSensitive(tree, limits);
    }
    facts->urls = facts->urls.below(base);
  }
  return facts;
}

/// True if the base path, which exists, does not exist with swapped case. A base path without
/// letters proves nothing.
bool Discovery::isCaseSensitive(DavTree& tree, const http_client::CallLimits& limits) const {
  auto swapped = settings_.basePath.str();
  for (char& c : swapped) {
    const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    c = isLetter ? static_cast<char>(c ^ 0x20) : c;
  }
  return swapped != settings_.basePath.str() && !tree.stat(StoragePath::parse(swapped), limits);
}

bool Discovery::isNextcloudAddress(const http_client::CallLimits& limits) {
  auto response = client_.exchange(
      {.method = "GET",
       .target = http_client::encodeSegments(joined(settings_.rootSegments, {"status.php"})),
       .isRepeatable = true,
       .sendsCredentials = false},
      {}, limits);
  if (isSick(response.status())) {
    throwRefusal(DavCall::Discover, response, limits);
  }
  const auto text = response.text(kMaxJsonBytes, limits);
  const auto json = response.status() == 200 ? parseObject(text) : nullptr;
  if (!json || !json->has("installed") || !json->has("version")) {
    return false;
  }
  if (json->optValue<bool>("maintenance", false)) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "the storage is in maintenance",
                        .retry = Retry::AfterDelay});
  }
  note("nextcloud", "GET /status.php", "version " + json->optValue<std::string>("version", ""));
  return true;
}

std::string Discovery::userId(const std::string& prefix, const http_client::CallLimits& limits) {
  auto response = client_.exchange({.method = "GET",
                                    .target = prefix + "/ocs/v2.php/cloud/user?format=json",
                                    .isRepeatable = true},
                                   {}, limits);
  if (response.status() == 401 || isSick(response.status())) {
    throwRefusal(DavCall::Discover, response, limits);
  }
  const auto text = response.text(kMaxJsonBytes, limits);
  if (response.status() == 200) {
    const auto json = parseObject(text);
    const auto ocs = json ? json->getObject("ocs") : nullptr;
    const auto data = ocs ? ocs->getObject("data") : nullptr;
    const auto id = data ? data->optValue<std::string>("id", "") : "";
    if (!id.empty()) {
      note("user_id", "GET /ocs/v2.php/cloud/user", id);
      return id;
    }
  }
  return principalId(prefix, limits);
}

std::string Discovery::principalId(const std::string& prefix,
                                   const http_client::CallLimits& limits) {
  std::string principal;
  propfind(
      client_, prefix + "/remote.php/dav/", Depth::Itself, "<d:current-user-principal/>",
      [&](DavItem&& item) { principal = std::move(item.principal); }, limits);
  const auto segments = http_client::decodePathSegments(principal);
  if (!segments || segments->size() < 2) {
    throw StorageError(StorageErrc::Protocol, "the storage does not tell our user id");
  }
  note("user_id", "PROPFIND /remote.php/dav/, current-user-principal", segments->back());
  return segments->back();
}

void Discovery::note(std::string ability, std::string asked, std::string answered) {
  evidence_.push_back(evidenceOf(std::move(ability), std::move(asked), std::move(answered)));
}

ServerFacts Discovery::nextcloud(const http_client::CallLimits& limits) {
  const auto& root = settings_.rootSegments;
  const auto script = std::find(root.begin(), root.end(), "remote.php");
  const std::vector<std::string> install(root.begin(), script);
  const auto prefix = http_client::encodeSegments(install);
  const auto at = static_cast<std::size_t>(script - root.begin());
  if (root.size() >= at + 4 && root[at + 1] == "dav" && root[at + 2] == "files") {
    note("user_id", "the setting 'url'", root[at + 3]);
    return nextcloudAt(root, at + 3, prefix, root[at + 3]);
  }
  refuseOtherAddress(root, at);
  const auto user = userId(prefix, limits);
  // The old URL of the same tree; below it, chunks could not be assembled into files.
  const bool isAlias = root.size() > at + 1 && root[at + 1] == "webdav";
  const std::vector<std::string> below(
      root.begin() + static_cast<std::ptrdiff_t>(isAlias ? at + 2 : root.size()), root.end());
  return nextcloudAt(joined(joined(install, {"remote.php", "dav", "files", user}), below),
                     install.size() + 3, prefix, user);
}

ServerFacts Discovery::nextcloudAt(std::vector<std::string> files, std::size_t userSegment,
                                   const std::string& prefix, const std::string& user) const {
  for (auto& segment : files) {
    segment = toNfc(segment);
  }
  ServerFacts facts{
      .urls = DavUrls(settings_.origin, std::move(files), userSegment),
      .isNextcloud = true,
      .installTarget = prefix,
      .uploadsTarget = prefix + "/remote.php/dav/uploads/" + http_client::encodeSegment(user),
      .names = nextcloudNameRules(settings_.basePath),
      .capabilities = nextcloudCapabilities()};
  *facts.fileEtags = FileEtags::Given;
  facts.names.describe(facts.capabilities);
  facts.capabilities.evidence = evidence_;
  return facts;
}

http_client::HttpHead Discovery::optionsOf(const std::string& target,
                                           const http_client::CallLimits& limits) {
  auto response =
      client_.exchange({.method = "OPTIONS", .target = target, .isRepeatable = true}, {}, limits);
  response.drain(limits);
  return response.status() < 300 ? response.head() : http_client::HttpHead{};
}

ServerFacts Discovery::plain(const http_client::CallLimits& limits) {
  const auto target = http_client::encodeSegments(settings_.rootSegments) + "/";
  DavItem root;
  if (!propfind(
          client_, target, Depth::Itself,
          "<d:resourcetype/><d:getetag/><d:quota-used-bytes/><d:quota-available-bytes/>",
          [&](DavItem&& item) { root = std::move(item); }, limits) ||
      !root.isCollection) {
    throw StorageError(StorageErrc::NotFound,
                       "no WebDAV folder is at 'url'; for a Nextcloud give the address that a "
                       "browser shows, without 'index.php', 'apps' and what follows");
  }
  ServerFacts facts{.urls = DavUrls(settings_.origin, settings_.rootSegments),
                    .names = plainNameRules(settings_.basePath),
                    .capabilities = leastCapabilities(settings_.basePath)};
  auto& can = facts.capabilities;
  // nginx lists no etags, and those of its GET responses only change once per second. If listings
  // have etags, stat, list and read agree. The first file decides.
  can.etag = can.conditionalRead = !root.etag.empty();
  can.quota = !root.quotaUsed.empty() || !root.quotaAvailable.empty();
  const std::string asked = "PROPFIND of the root";
  note("etag", asked + ", until a file is seen",
       root.etag.empty() ? "no getetag" : "getetag " + root.etag);
  note("quota", asked, can.quota ? "quota properties" : "no quota properties");
  const auto options = optionsOf(target, limits);
  if (const std::string allowed(options.field("Allow")); !allowed.empty()) {
    can.copy = allowed.find("COPY") != std::string::npos;
    can.move = allowed.find("MOVE") != std::string::npos;
    note("copy_and_move", "OPTIONS, header Allow", allowed);
  }
  if (options.field("Server").starts_with("nginx")) {
    // Its listings omit names that start with a dot: such a file would be invisible once written.
    facts.names.forbiddenPrefixes = {"."};
    note("hidden_names", "OPTIONS, header Server", options.field("Server"));
  }
  can.evidence = evidence_;
  facts.names.describe(can);
  return facts;
}

}  // namespace mediadock::nextcloud
