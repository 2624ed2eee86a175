#pragma once

/// \file
/// Converts what a server reports about a resource to an `Entry`; parses its etags.

#include "dav/dav_urls.h"
#include "dav/multistatus.h"
#include "http/http_head.h"
#include "mediadock/entry.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mediadock::nextcloud {

/// Parses an etag from a header or a property. Proxies and servers vary it without meaning another
/// version: a `W/` (Apache, in the first second of a file), a `-gzip` or `--gzip` suffix. Both are
/// removed, so that stat, list and read agree. Quotes may be missing (Nextcloud's trash bin).
std::optional<ETag> parseDavETag(std::string_view text);

/// Whether the item is a folder on an external storage of a Nextcloud that is currently
/// unreachable. Nextcloud lists it without an etag, with the ID -1, and as empty.
bool isUnreachable(const DavItem& item);

/// Whether files or folders may be created in the item. True if the server does not say: only
/// Nextcloud does.
bool mayCreate(const DavItem& item);

/// \throws StorageError always: `Unavailable`, not retryable. The storage below `path` is down, and
///   its content is unknown.
[[noreturn]] void refuseUnreachable(const StoragePath& path);

/// The entry for a listing's item, or one sentence on why there is none.
std::variant<Entry, std::string> toEntry(const DavItem& item, const DavUrls& urls);

/// The entry for the file at `path`, from the head of a GET response.
Entry toEntry(const http_client::HttpHead& head, const StoragePath& path);

}  // namespace mediadock::nextcloud
