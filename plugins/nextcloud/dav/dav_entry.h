#pragma once

/// \file
/// What a server says about a resource, as an `Entry`; and its texts for etags.

#include "dav/dav_urls.h"
#include "dav/multistatus.h"
#include "http/http_head.h"
#include "mediadock/entry.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mediadock {

/// An etag of a header or a property. Proxies and servers vary it without meaning another version:
/// a `W/` (Apache, for the first second of a file), a `-gzip` or `--gzip` at its end. Both go, so
/// that stat, list and read agree. Quotes may be missing (Nextcloud's trash bin).
std::optional<ETag> parseDavETag(std::string_view text);

/// Whether the item is a folder of another storage within a Nextcloud that cannot be reached now.
/// It is listed without an etag, under the id -1, and as empty.
bool isUnreachable(const DavItem& item);

/// Whether files or folders may be made in the item. Only Nextcloud tells; else they may be.
bool mayCreate(const DavItem& item);

/// \throws StorageError `Unavailable`, never to be repeated: the storage below `path` is down, and
///   what is there cannot be known.
[[noreturn]] void refuseUnreachable(const StoragePath& path);

/// A listing's item as an entry, or one sentence why it cannot be one.
std::variant<Entry, std::string> toEntry(const DavItem& item, const DavUrls& urls);

/// What the head of a GET says about the file at `path`.
Entry toEntry(const HttpHead& head, const StoragePath& path);

}  // namespace mediadock
