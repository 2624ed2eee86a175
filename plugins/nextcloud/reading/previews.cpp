#include "reading/previews.h"

#include "dav/dav_entry.h"
#include "dav/status_error.h"
#include "http/path_segments.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Anything larger is not a preview.
constexpr std::size_t kMaxPreviewBytes = std::size_t{16} << 20U;
/// Nextcloud's upper bound.
constexpr std::uint32_t kMaxPixels = 4096;

/// Holds the whole picture, as the server may not report its length.
class PreviewStream final : public IReadStream {
 public:
  PreviewStream(ReadInfo info, std::string content)
      : info_(std::move(info)),
        content_(std::move(content)) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto count = std::min(buffer.size(), content_.size() - given_);
    std::memcpy(buffer.data(), content_.data() + given_, count);
    given_ += count;
    return count;
  }

 private:
  ReadInfo info_;
  std::string content_;
  std::size_t given_ = 0;
};

[[noreturn]] void refuseAbsent(const StoragePath& path) {
  throw StorageError(StorageErrc::NotFound, "there is no preview of '" + path.str() + "'");
}

http_client::HttpRequest makeRequest(const DavTree& tree, const Entry& entry,
                                     const PreviewOptions& options) {
  const auto pixels = [](std::uint32_t wanted) {
    return std::to_string(std::min(wanted, kMaxPixels));
  };
  http_client::HttpRequest request{
      .method = "GET",
      .target = tree.facts().installTarget + "/index.php/core/preview?fileId=" +
                http_client::encodeSegment(entry.fileId) + "&x=" + pixels(options.maxWidth) +
                "&y=" + pixels(options.maxHeight) + "&a=1&forceIcon=0",
      .isRepeatable = true};
  if (options.ifNoneMatch) {
    request.fields.emplace_back("If-None-Match", ETag{options.ifNoneMatch->value}.str());
  }
  return request;
}

/// Returns null if the response is not a picture.
std::unique_ptr<IReadStream> deliver(http_client::HttpResponse& response, const StoragePath& path,
                                     const http_client::CallLimits& limits) {
  ReadInfo info{.entry = toEntry(response.head(), path)};
  auto& entry = info.entry;
  const auto type = response.head().field("Content-Type");
  entry.contentType = type.substr(0, type.find(';'));
  if (!entry.contentType.starts_with("image/")) {
    response.drain(limits);
    return nullptr;
  }
  auto content = response.text(kMaxPreviewBytes + 1, limits);
  if (content.empty() || content.size() > kMaxPreviewBytes) {
    return nullptr;
  }
  entry.size = info.length = content.size();
  return std::make_unique<PreviewStream>(std::move(info), std::move(content));
}

/// Whether Nextcloud has no preview (404, 400), or failed to make one (500).
bool isAbsent(int status) {
  return status == 404 || status == 400 || status == 500;
}

}  // namespace

std::unique_ptr<IReadStream> openPreviewOf(DavTree tree, const StoragePath& path,
                                           const PreviewOptions& options, AbsentPreviews& absent,
                                           const http_client::CallLimits& limits) {
  if (options.maxWidth == 0 || options.maxHeight == 0) {
    throw StorageError(StorageErrc::InvalidArgument, "a preview has at least one pixel");
  }
  const auto entry = tree.require(path, limits);
  const auto version = entry.fileId + " " + (entry.etag ? entry.etag->value : "");
  const auto now = AbsentPreviews::Clock::now();
  if (entry.isDirectory() || entry.fileId.empty() || absent.contains(version, now)) {
    refuseAbsent(path);
  }
  auto response = tree.client().exchange(makeRequest(tree, entry, options), {}, limits);
  if (response.status() == 304) {
    throw StorageError(StorageErrc::NotModified, "the preview is the one you have");
  }
  if (response.status() != 200 && !isAbsent(response.status())) {
    throwRefusal(DavCall::Read, response, limits);
  }
  if (response.status() == 200) {
    if (auto picture = deliver(response, path, limits)) {
      return picture;
    }
  }
  absent.remember(version, now);
  refuseAbsent(path);
}

}  // namespace mediadock::nextcloud
