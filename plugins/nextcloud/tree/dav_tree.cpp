#include "tree/dav_tree.h"

#include "dav/propfind.h"
#include "dav/status_error.h"
#include "tree/folder_items.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Whether the server rejects a `Destination` whose scheme or host is not its own, as behind a
/// proxy. Nothing was changed then.
bool refusesDestination(http_client::HttpResponse& response,
                        const http_client::CallLimits& limits) {
  return response.status() == 400 ||
         (response.status() == 502 &&
          response.text(http_client::kMaxErrorBodyBytes, limits).find("Destination") !=
              std::string::npos);
}

}  // namespace

std::string DavTree::lookTarget(const StoragePath& path) const {
  return path.isRoot() ? facts_->urls.collectionTarget(path) : facts_->urls.target(path);
}

bool DavTree::ask(const StoragePath& path, Depth depth, const MultistatusParser::Sink& sink,
                  const http_client::CallLimits& limits) {
  try {
    return propfind(client_, lookTarget(path), depth, kEntryProperties, sink, limits);
  } catch (const StorageError& error) {
    if (!saysAbsent(error)) {
      throw;
    }
    return false;
  }
}

bool DavTree::saysAbsent(const StorageError& error) const {
  return !facts_->isNextcloud && error.failure().upstreamStatus == 400;
}

std::optional<Entry> DavTree::stat(const StoragePath& path, const http_client::CallLimits& limits) {
  return facts_->names.hides(path) ? std::nullopt : look(path, limits);
}

std::optional<Entry> DavTree::look(const StoragePath& path, const http_client::CallLimits& limits) {
  std::optional<Entry> result;
  std::string problem;
  const bool isThere = ask(
      path, Depth::Itself,
      [&](DavItem&& item) {
        auto entry = toEntry(item, facts_->urls);
        if (auto* note = std::get_if<std::string>(&entry)) {
          problem = std::move(*note);
        } else if (isSpellingOf(std::get<Entry>(entry).path, path)) {
          if (path.isRoot() && isUnreachable(item)) {
            refuseUnreachable(path);
          }
          result = std::move(std::get<Entry>(entry));
          facts_->learn(*result);
        }
      },
      limits);
  if (!isThere) {
    return std::nullopt;
  }
  if (!result && !problem.empty()) {
    throw StorageError(StorageErrc::Protocol, problem);
  }
  if (!result) {
    refuseForeignAnswer(path);
  }
  return result;
}

bool DavTree::hasEtags(const StoragePath& file, const http_client::CallLimits& limits) {
  if (*facts_->fileEtags == FileEtags::Unknown) {
    stat(file, limits);
  }
  return facts_->hasEtags();
}

Entry DavTree::require(const StoragePath& path, const http_client::CallLimits& limits) {
  auto entry = stat(path, limits);
  if (!entry) {
    throw StorageError(StorageErrc::NotFound, "nothing stands at '" + path.str() + "'");
  }
  return std::move(*entry);
}

PropfindRequest DavTree::childrenOf(const StoragePath& path) const {
  return makePropfind(lookTarget(path), Depth::Children, kEntryProperties);
}

void DavTree::refuseNoFolder(const StoragePath& path, const http_client::CallLimits& limits) {
  if (stat(path, limits)) {
    throw StorageError(StorageErrc::NotADirectory, "'" + path.str() + "' is a file");
  }
  throw StorageError(StorageErrc::NotFound, "nothing stands at '" + path.str() + "'");
}

Quota DavTree::quota(const http_client::CallLimits& limits) {
  Quota quota;
  propfind(
      client_, facts_->urls.collectionTarget({}), Depth::Itself,
      "<d:quota-used-bytes/><d:quota-available-bytes/><oc:permissions/>",
      [&](DavItem&& item) {
        // Nextcloud's negative numbers mean not computed, unknown and unlimited.
        quota = {http_client::parseDecimal(item.quotaUsed),
                 http_client::parseDecimal(item.quotaAvailable)};
        if (!mayCreate(item)) {
          // A read-only share has no space for us, however much its owner has.
          quota.available = 0;
        }
      },
      limits);
  return quota;
}

DavTree::Made DavTree::makeOne(const StoragePath& path, const http_client::CallLimits& limits) {
  auto response = client_.exchange(
      {.method = "MKCOL", .target = facts_->urls.collectionTarget(path), .isRepeatable = true}, {},
      limits);
  if (isDone(response)) {
    response.drain(limits);
    return Made::Yes;
  }
  const auto refusal = readRefusal(response, limits);
  const auto failure = toFailure(DavCall::MakeDirectory, refusal);
  if (failure.code == StorageErrc::NotFound) {
    return Made::NoParent;
  }
  const bool mayStand = failure.code == StorageErrc::AlreadyExists || isLock(refusal) ||
                        failure.code == StorageErrc::PermissionDenied || refusal.status == 400 ||
                        refusal.status >= 500 || refusal.status < 300;
  const auto entry = mayStand ? stat(path, limits) : std::nullopt;
  if (entry && entry->isDirectory()) {
    return Made::StoodAlready;
  }
  if (entry) {
    throw StorageError(StorageErrc::AlreadyExists, "a file stands at '" + path.str() + "'");
  }
  if (refusal.status == 400) {
    // Apache's response for a path through a file.
    nearestDirectory(path, limits);
  }
  throw StorageError(failure);
}

bool DavTree::makeDirectory(const StoragePath& path, const http_client::CallLimits& limits) {
  if (path.isRoot()) {
    return false;
  }
  auto made = makeOne(path, limits);
  if (made == Made::NoParent) {
    try {
      makeDirectory(path.parent(), limits);
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::AlreadyExists) {
        throw;
      }
      throw StorageError(StorageErrc::NotADirectory, "'" + path.parent().str() + "' is a file");
    }
    made = makeOne(path, limits);
  }
  if (made == Made::NoParent) {
    const auto parent = stat(path.parent(), limits);
    throw StorageError(
        parent && !parent->isDirectory() ? StorageErrc::NotADirectory : StorageErrc::NotFound,
        "'" + path.parent().str() + "' is no folder");
  }
  return made == Made::Yes;
}

http_client::HttpResponse DavTree::exchangeTo(const std::string& goal,
                                              const http_client::HttpRequest& request,
                                              const http_client::CallLimits& limits) {
  const auto forms = facts_->urls.destinations(goal);
  for (auto form = facts_->destinationForm->load();; ++form) {
    auto complete = request;
    complete.fields.emplace_back("Destination", forms.at(form));
    auto response = client_.exchange(complete, {}, limits);
    // Nextcloud only evaluates the path.
    const bool isRefused = !facts_->isNextcloud && refusesDestination(response, limits);
    if (!isRefused) {
      *facts_->destinationForm = form;
    }
    if (!isRefused || form + 1 == forms.size()) {
      return response;
    }
  }
}

StoragePath DavTree::nearestDirectory(const StoragePath& path,
                                      const http_client::CallLimits& limits) {
  for (auto at = path.parent(); !at.isRoot(); at = at.parent()) {
    if (const auto entry = stat(at, limits)) {
      if (!entry->isDirectory()) {
        throw StorageError(StorageErrc::NotADirectory, "'" + at.str() + "' is a file");
      }
      return at;
    }
  }
  return {};
}

}  // namespace mediadock::nextcloud
