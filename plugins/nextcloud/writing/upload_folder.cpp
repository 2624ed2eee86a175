#include "writing/upload_folder.h"

#include "dav/propfind.h"
#include "http/http_head.h"
#include "http/resilience/back_off.h"
#include "mediadock/storage_error.h"
#include "writing/upload_owner.h"

#include <Poco/Crypto/DigestEngine.h>
#include <Poco/NumberFormatter.h>
#include <Poco/String.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace mediadock::nextcloud {
namespace {

std::string chunkName(std::size_t number) {
  return Poco::NumberFormatter::format0(static_cast<int>(number), 5);
}

/// Returns nullopt if the item is not a chunk: the folder itself, or `.file`. A storage that takes
/// chunks as parts of its own lists them without leading zeros.
std::optional<std::size_t> chunkNumber(const DavItem& item) {
  const auto name = item.href.substr(item.href.rfind('/') + 1);
  const auto number = item.isCollection ? std::nullopt : http_client::parseDecimal(name);
  return number && *number <= ChunkSizes::kMaxChunks ? std::optional<std::size_t>(*number)
                                                     : std::nullopt;
}

}  // namespace

UploadFolder::UploadFolder(DavClient& client, ChunkSizes& sizes, unsigned retries)
    : client_(client),
      sizes_(sizes),
      retries_(retries) {}

void UploadFolder::open(const std::string& uploads, std::string_view prefix,
                        std::string destination, const http_client::CallLimits& limits) {
  const auto folder = uploads + "/" + newUploadName(prefix);
  destination_ = std::move(destination);
  auto response = client_.exchange({.method = "MKCOL",
                                    .target = folder,
                                    .fields = {{"Destination", destination_}},
                                    .isRepeatable = true},
                                   {}, limits);
  // 405: a retry found the folder made by the first request.
  if (!isDone(response) && response.status() != 405) {
    throwRefusal(DavCall::PutPart, response, limits);
  }
  response.drain(limits);
  folder_ = folder;
}

void UploadFolder::reopen(const std::string& uploads, const WriteToken& token,
                          const http_client::CallLimits& limits) {
  folder_ = uploads + "/" + token.folder;
  std::uint64_t bytes = 0;
  std::vector<std::size_t> others;
  const bool isThere = list(
      [&](std::size_t number, std::uint64_t size) {
        if (number <= token.last && number != token.superseded) {
          bytes += size;
        } else {
          others.push_back(number);
        }
      },
      limits);
  if (!isThere || bytes != token.bytes) {
    throw StorageError(StorageErrc::NotFound, "the storage no longer has what was written");
  }
  for (const auto number : others) {
    removeChunk(number, limits);
  }
  chunks_ = token.last;
  sent_ = token.bytes;
}

std::size_t UploadFolder::nextSize(std::optional<std::uint64_t> total,
                                   std::size_t usual) const noexcept {
  return sizes_.next(chunks_, total ? std::optional(*total - std::min(*total, sent_)) : total,
                     usual);
}

void UploadFolder::send(std::string_view bytes, std::optional<std::uint64_t> total,
                        const http_client::CallLimits& limits) {
  do {
    const auto piece = bytes.substr(0, sizes_.limit());
    requireRoom(total);
    if (sendPiece(chunks_ + 1, piece, total, limits) == Sent::Yes) {
      ++chunks_;
      sent_ += piece.size();
      bytes.remove_prefix(piece.size());
    }
  } while (!bytes.empty());
}

std::size_t UploadFolder::claim(std::size_t size, std::optional<std::uint64_t> total) {
  requireRoom(total);
  sent_ += size;
  return ++chunks_;
}

void UploadFolder::sendAs(std::size_t number, std::string_view bytes,
                          std::optional<std::uint64_t> total,
                          const http_client::CallLimits& limits) {
  if (sendPiece(number, bytes, total, limits) != Sent::Yes) {
    throw StorageError({.code = StorageErrc::PayloadTooLarge,
                        .message = "the storage, or a proxy before it, takes no chunk any more of "
                                   "a size that it took; send it again",
                        .retry = Retry::Safe,
                        .upstreamStatus = 413});
  }
}

void UploadFolder::sendJoined(std::size_t number, std::string_view bytes, std::size_t added,
                              std::optional<std::uint64_t> total,
                              const http_client::CallLimits& limits) {
  sendAs(number, bytes, total, limits);
  chunks_ = std::max(chunks_, number);
  sent_ += added;
}

void UploadFolder::requireRoom(std::optional<std::uint64_t> total) const {
  if (!sizes_.fits(chunks_, std::max<std::uint64_t>(total.value_or(0), sent_) - sent_)) {
    throw StorageError(StorageErrc::PayloadTooLarge,
                       "more chunks than the storage takes, in the size that it, or a proxy before "
                       "it, takes");
  }
}

UploadFolder::Sent UploadFolder::sendPiece(std::size_t number, std::string_view piece,
                                           std::optional<std::uint64_t> total,
                                           const http_client::CallLimits& limits) {
  http_client::HttpRequest request{.method = "PUT",
                                   .target = folder_ + "/" + chunkName(number),
                                   .fields = {{"Destination", destination_}, {"X-Hash", "sha256"}},
                                   .isRepeatable = true};
  if (total) {
    request.fields.emplace_back("OC-Total-Length", std::to_string(*total));
  }
  for (unsigned attempt = 0;; ++attempt) {
    try {
      return trySend(request, piece, limits);
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::ChecksumMismatch || attempt >= retries_) {
        throw;
      }
    }
    limits.pause(http_client::backOff(attempt));
  }
}

std::optional<DavRefusal> UploadFolder::exchange(const http_client::HttpRequest& request,
                                                 std::string_view piece,
                                                 const http_client::CallLimits& limits) {
  auto response = client_.exchange(request, piece, limits);
  if (!isDone(response)) {
    return readRefusal(response, limits);
  }
  response.drain(limits);
  refuseOtherHash(response.head(), piece);
  return std::nullopt;
}

UploadFolder::Sent UploadFolder::trySend(const http_client::HttpRequest& request,
                                         std::string_view piece,
                                         const http_client::CallLimits& limits) {
  const auto refusal = exchange(request, piece, limits);
  if (!refusal) {
    return Sent::Yes;
  }
  if (refusal->status == 413 && sizes_.refuse(piece.size())) {
    return Sent::TooLarge;
  }
  if (refusal->status == 404) {
    refuseIfGone(limits);
  }
  auto failure = toFailure(DavCall::PutPart, *refusal);
  if (failure.code == StorageErrc::PreconditionFailed) {
    // A chunk has no condition: this says nothing about the target.
    failure.code = StorageErrc::Protocol;
  }
  throw StorageError(std::move(failure));
}

void UploadFolder::refuseIfGone(const http_client::CallLimits& limits) {
  if (!stands(limits)) {
    throw StorageError({.code = StorageErrc::Conflict,
                        .message = "the storage threw the unfinished upload away; send it again",
                        .retry = Retry::Safe,
                        .upstreamStatus = 404});
  }
}

bool UploadFolder::stands(const http_client::CallLimits& limits) {
  return propfind(
      client_, folder_, Depth::Itself, "<d:resourcetype/>", [](DavItem&&) {}, limits);
}

std::optional<std::uint64_t> UploadFolder::storedBytes(const http_client::CallLimits& limits) {
  std::uint64_t sum = 0;
  const bool isThere =
      list([&](std::size_t /*number*/, std::uint64_t bytes) { sum += bytes; }, limits);
  return isThere ? std::optional(sum) : std::nullopt;
}

bool UploadFolder::list(const ChunkSink& sink, const http_client::CallLimits& limits) {
  return propfind(
      client_, folder_, Depth::Children, "<d:resourcetype/><d:getcontentlength/>",
      [&](DavItem&& item) {
        if (const auto number = chunkNumber(item)) {
          sink(*number, http_client::parseDecimal(item.contentLength).value_or(0));
        }
      },
      limits);
}

void UploadFolder::removeChunk(std::size_t number, const http_client::CallLimits& limits) {
  dropUpload(client_, folder_ + "/" + chunkName(number), limits);
}

std::string randomName() {
  std::random_device random;
  std::string name;
  for (int i = 0; i < 4; ++i) {
    name += Poco::toLower(Poco::NumberFormatter::formatHex(static_cast<unsigned>(random()), 8));
  }
  return name;
}

std::string newUploadName(std::string_view prefix) {
  const auto owner = prefix == kUploadPrefix ? toString(thisUploadOwner()) + "-" : std::string();
  return std::string(prefix) + owner + randomName();
}

void refuseOtherHash(const http_client::HttpHead& answer, std::string_view sent) {
  const auto& hash = answer.field("X-Hash-SHA256");
  if (hash.empty()) {
    return;
  }
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(sent.data(), sent.size());
  if (Poco::icompare(hash, Poco::DigestEngine::digestToHex(engine.digest())) != 0) {
    throw StorageError(StorageErrc::ChecksumMismatch, "the storage kept other bytes than sent");
  }
}

void dropUpload(DavClient& client, const std::string& target,
                const http_client::CallLimits& limits) {
  auto response =
      client.exchange({.method = "DELETE", .target = target, .isRepeatable = true}, {}, limits);
  if (!isDone(response) && response.status() != 404) {
    throwRefusal(DavCall::Remove, response, limits);
  }
  response.drain(limits);
}

}  // namespace mediadock::nextcloud
