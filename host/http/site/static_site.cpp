#include "http/site/static_site.h"

#include "http/syntax/digest.h"
#include "http/syntax/gzip.h"
#include "media/types/media_type.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace mediadock::http {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = 64U << 20U;
/// Files here are named by vite after a hash of their content.
constexpr std::string_view kImmutableFolder = "/assets/";
/// Half of a SHA-256 in hex.
constexpr std::size_t kETagLength = 32;

/// Types used only by pages, or that need a charset there.
constexpr auto kPageTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
});

[[noreturn]] void refuse(const fs::path& root, const std::string& reason) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     "the page in '" + root.string() + "' cannot be served: " + reason);
}

std::string contentTypeOf(const fs::path& file) {
  const std::string extension = file.extension().string();
  const auto* const found = std::find_if(kPageTypes.begin(), kPageTypes.end(),
                                         [&](const auto& type) { return type.first == extension; });
  return std::string(found != kPageTypes.end() ? found->second
                                               : media::mimeTypeOf(file.filename().string()));
}

bool isText(std::string_view contentType) {
  return contentType.starts_with("text/") || contentType.find("json") != std::string_view::npos ||
         contentType == "image/svg+xml" || contentType == "application/wasm";
}

std::string readAll(const fs::path& file, const fs::path& root) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    refuse(root, "reading '" + file.filename().string() + "' failed");
  }
  return bytes;
}

StaticFile fileAt(const fs::path& file, const fs::path& root) {
  return makeStaticFile("/" + file.lexically_relative(root).generic_string(), contentTypeOf(file),
                        readAll(file, root));
}

/// All files that may be served.
std::vector<fs::path> filesBelow(const fs::path& root) {
  std::vector<fs::path> files;
  std::uint64_t bytes = 0;
  for (auto each = fs::recursive_directory_iterator(root);
       each != fs::recursive_directory_iterator(); ++each) {
    if (each->path().filename().string().starts_with('.')) {
      each.disable_recursion_pending();
      continue;
    }
    // symlink_status does not follow links: a link is not a regular file.
    if (fs::is_regular_file(each->symlink_status())) {
      files.push_back(each->path());
      bytes += each->file_size();
    }
  }
  if (bytes > kMostBytes) {
    refuse(root, "it is kept in memory and larger than 64 MiB");
  }
  return files;
}

}  // namespace

StaticFile makeStaticFile(std::string path, std::string contentType, std::string bytes) {
  StaticFile file{.etag = ETag{sha256Hex(bytes).substr(0, kETagLength)},
                  .isWorthPacking = bytes.size() >= kLeastPackedBytes && isText(contentType),
                  .isImmutable = path.starts_with(kImmutableFolder)};
  file.path = std::move(path);
  file.contentType = std::move(contentType);
  file.bytes = std::move(bytes);
  return file;
}

std::vector<StaticFile> readStaticSite(const fs::path& root) {
  try {
    // The configured folder itself may be a symbolic link.
    const fs::path folder = fs::canonical(root);
    std::vector<StaticFile> site;
    for (const fs::path& file : filesBelow(folder)) {
      site.push_back(fileAt(file, folder));
    }
    const auto isIndex = [](const StaticFile& file) { return file.path.substr(1) == kIndexName; };
    if (std::none_of(site.begin(), site.end(), isIndex)) {
      refuse(root, "it has no " + std::string(kIndexName));
    }
    return site;
  } catch (const fs::filesystem_error& error) {
    refuse(root, error.code().message());
  }
}

}  // namespace mediadock::http
