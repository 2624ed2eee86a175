#include "tree/dav_changes.h"

#include "dav/propfind.h"
#include "mediadock/storage_error.h"
#include "tree/paged_listing.h"

#include <string>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// A 207 for DELETE, MOVE or COPY lists what failed (RFC 4918 §9.6.1).
void refusePartial(DavCall call, http_client::HttpResponse& response,
                   const http_client::CallLimits& limits) {
  DavRefusal worst;
  std::string names;
  readMultistatus(
      response,
      [&](DavItem&& item) {
        if (item.status >= 400) {
          worst.status = item.status;
          names += (names.empty() ? "" : ", ") + item.href;
        }
      },
      limits);
  if (worst.status == 0) {
    return;
  }
  constexpr std::size_t kMaxNames = 500;
  worst.body.message = "left as they were: " + names.substr(0, kMaxNames);
  auto failure = toFailure(call, worst);
  failure.retry = Retry::OutcomeUnknown;
  throw StorageError(std::move(failure));
}

void finish(DavCall call, http_client::HttpResponse& response,
            const http_client::CallLimits& limits) {
  if (isDone(response)) {
    response.drain(limits);
  } else {
    throwRefusal(call, response, limits);
  }
}

[[noreturn]] void alreadyExists(const StoragePath& path) {
  throw StorageError(StorageErrc::AlreadyExists, "something stands at '" + path.str() + "'");
}

}  // namespace

std::string DavChanges::target(const Entry& entry) const {
  const auto& urls = tree_.facts().urls;
  return entry.isDirectory() ? urls.collectionTarget(entry.path) : urls.target(entry.path);
}

Entry DavChanges::source(const StoragePath& path, const http_client::CallLimits& limits) {
  const auto seen = looks_.recall(path, RecentLooks::Clock::now());
  return seen && seen->entry ? *seen->entry : tree_.require(path, limits);
}

void DavChanges::remove(const StoragePath& path, const RemoveOptions& options,
                        const http_client::CallLimits& limits) {
  const auto guard = locks_.lock({path}, limits);
  const auto entry = tree_.require(path, limits);
  if (entry.isDirectory() && !options.recursive && !isEmptyFolder(tree_, path, limits)) {
    throw StorageError(StorageErrc::DirectoryNotEmpty, "the directory is not empty");
  }
  http_client::HttpRequest request{.method = "DELETE", .target = target(entry)};
  if (entry.isDirectory()) {
    request.fields.emplace_back("Depth", "infinity");
  }
  if (options.ifMatch) {
    request.fields.emplace_back("If-Match", options.ifMatch->str());
  }
  const auto look = [&] {
    const auto now = tree_.stat(path, limits);
    return now && isSameObject(*now, entry) ? Outcome::NotDone
           : now && entry.fileId.empty()    ? Outcome::Unknown
                                            : Outcome::Done;
  };
  carryOut(
      DavCall::Remove, entry, [&] { return tree_.client().exchange(request, {}, limits); }, look,
      limits);
}

void DavChanges::carryOut(DavCall call, const Entry& source,
                          const std::function<http_client::HttpResponse()>& send,
                          const std::function<Outcome()>& look,
                          const http_client::CallLimits& limits) {
  std::optional<http_client::HttpResponse> partial;
  const auto sendOnce = [&] {
    auto response = send();
    if (response.status() == 207) {
      partial.emplace(std::move(response));
    } else {
      finish(call, response, limits);
    }
  };
  looks_.forgetAll();
  const auto timeout = settings_.ioTimeout / 2;
  mediadock::nextcloud::carryOut({.send = sendOnce,
                                  .look = look,
                                  // A server may process a folder for longer than a proxy waits.
                                  .soon = source.isDirectory() ? timeout : kSoon,
                                  .timeout = timeout,
                                  .repeats = settings_.retries},
                                 limits);
  if (partial) {
    refusePartial(call, *partial, limits);
  }
}

Outcome DavChanges::lookAfter(DavCall call, const Entry& source, const StoragePath& to,
                              const std::optional<Entry>& before,
                              const http_client::CallLimits& limits) {
  const auto here = tree_.stat(source.path, limits);
  const auto there = tree_.stat(to, limits);
  if (call == DavCall::Move) {
    if (here) {
      return isSameObject(*here, source) ? Outcome::NotDone : Outcome::Unknown;
    }
    return there && isSameObject(*there, source) ? Outcome::Done : Outcome::Unknown;
  }
  // A copy has the source's size and, on Nextcloud, its etag.
  if (!isChanged(before, there)) {
    return Outcome::NotDone;
  }
  return there && there->kind == source.kind && there->size == source.size &&
                 (!tree_.facts().isNextcloud || there->etag == source.etag)
             ? Outcome::Done
             : Outcome::Unknown;
}

Entry DavChanges::relocate(DavCall call, const Entry& source, const StoragePath& to,
                           Overwrite overwrite, const http_client::CallLimits& limits) {
  const bool mayReplace = overwrite == Overwrite::Replace;
  // A copy can only be recognised by comparison with what was there before.
  const auto before = mayReplace || call == DavCall::Copy ? tree_.stat(to, limits) : std::nullopt;
  // MOVE and COPY would silently replace a whole folder.
  if (before && (!mayReplace || before->isDirectory() || source.isDirectory())) {
    alreadyExists(to);
  }
  if (!tree_.facts().isNextcloud && !tree_.stat(to.parent(), limits)) {
    // nginx loses the source of a MOVE if the target's parent is missing.
    throw StorageError(StorageErrc::NotFound, "'" + to.parent().str() + "' is missing");
  }
  auto goal = source;
  goal.path = to;
  const http_client::HttpRequest request{.method = call == DavCall::Move ? "MOVE" : "COPY",
                                         .target = target(source),
                                         .fields = {{"Overwrite", mayReplace ? "T" : "F"}}};
  try {
    carryOut(
        call, source, [&] { return tree_.exchangeTo(target(goal), request, limits); },
        [&] { return lookAfter(call, source, to, before, limits); }, limits);
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::PreconditionFailed) {
      alreadyExists(to);
    }
    throw;
  }
  return lookAtDone([&] { return tree_.require(to, limits); }, settings_.retries, limits);
}

Entry DavChanges::move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                       const http_client::CallLimits& limits) {
  if (to.isWithin(from)) {
    throw StorageError(StorageErrc::InvalidArgument, "nothing can be moved onto or below itself");
  }
  const auto guard = locks_.lock({from, to}, limits);
  return relocate(DavCall::Move, source(from, limits), to, overwrite, limits);
}

Entry DavChanges::copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                       const http_client::CallLimits& limits) {
  if (from == to) {
    throw StorageError(StorageErrc::InvalidArgument, "nothing can be copied onto itself");
  }
  const auto guard = locks_.lock({to}, limits);
  const auto source = tree_.require(from, limits);
  if (source.isDirectory()) {
    throw StorageError(StorageErrc::IsADirectory, "'" + from.str() + "' is a directory");
  }
  return relocate(DavCall::Copy, source, to, overwrite, limits);
}

}  // namespace mediadock::nextcloud
