/// \file
/// Input: a 207 answer of the storage.

#include "dav/dav_entry.h"
#include "dav/dav_urls.h"
#include "dav/multistatus.h"
#include "fuzz/fuzz_target.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace mediadock::fuzz {
namespace {

/// Above anything that the parser lets a property have.
constexpr std::size_t kMostFieldBytes = 16384;

auto fieldsOf(const nextcloud::DavItem& item) {
  return std::tie(item.href, item.contentLength, item.lastModified, item.etag, item.contentType,
                  item.fileId, item.quotaUsed, item.quotaAvailable, item.principal);
}

bool isSame(const nextcloud::DavItem& a, const nextcloud::DavItem& b) {
  return fieldsOf(a) == fieldsOf(b) && a.status == b.status && a.hasProperties == b.hasProperties &&
         a.isCollection == b.isCollection;
}

struct Read {
  std::vector<nextcloud::DavItem> items;
  std::optional<StorageErrc> failure;
};

Read read(std::string_view document, std::size_t step) {
  Read result;
  nextcloud::MultistatusParser parser(
      [&](nextcloud::DavItem&& item) { result.items.push_back(std::move(item)); });
  try {
    for (; !document.empty(); document.remove_prefix(std::min(step, document.size()))) {
      parser.feed(document.substr(0, step));
    }
    parser.finish();
  } catch (const StorageError& error) {
    result.failure = error.code();
    require(error.code() == StorageErrc::Protocol || error.code() == StorageErrc::Truncated,
            "what is no listing is called that");
  }
  return result;
}

void requireSame(const Read& whole, const Read& pieces) {
  require(whole.failure.has_value() == pieces.failure.has_value(), "pieces end alike");
  require(std::equal(whole.items.begin(), whole.items.end(), pieces.items.begin(),
                     pieces.items.end(), isSame),
          "pieces are read alike");
}

void requireLimits(const nextcloud::DavItem& item) {
  std::apply(
      [](const auto&... field) {
        require(((field.size() <= kMostFieldBytes) && ...), "a field keeps its limit");
      },
      fieldsOf(item));
  require(item.status >= 0 && item.status <= 999, "a status has three digits");
}

/// X50: no href leads out of the folder that is listed.
void requireBelow(const nextcloud::DavItem& item, const nextcloud::DavUrls& urls) {
  const auto entry = nextcloud::toEntry(item, urls);
  if (const auto* const good = std::get_if<Entry>(&entry)) {
    require(StoragePath::parse(good->path.str()) == good->path, "an entry's path is one");
    require(urls.resolve(urls.target(good->path)) == good->path, "an address leads back");
    require(good->isDirectory() || !good->size || !item.contentLength.empty(),
            "no size is made up");
  }
}

}  // namespace

void tryInput(std::string_view input) {
  static const nextcloud::DavUrls kUrls({.host = "cloud.example.test"},
                                        {"remote.php", "dav", "files", "console"}, 3);
  const Read whole = read(input, input.size());
  requireSame(whole, read(input, 1));
  requireSame(whole, read(input, 7));
  for (const auto& item : whole.items) {
    requireLimits(item);
    requireBelow(item, kUrls);
  }
}

}  // namespace mediadock::fuzz
