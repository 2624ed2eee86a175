#pragma once

/// \file
/// Validates what a plugin returns. An impossible value is a `pluginFault`: a `StorageError` that
/// names plugin, call and path.

#include "mediadock/storage_provider.h"
#include "storage/boundary/plugin_call.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace mediadock::storage {

/// The largest size, offset and total: files and databases use signed integers.
inline constexpr std::uint64_t kMostBytes = std::numeric_limits<std::int64_t>::max();
/// The longest token of a suspended write or of a listing.
inline constexpr std::size_t kMostTokenBytes = 65536;
/// The longest opaque part of an etag: a longer one does not fit into a request header.
inline constexpr std::size_t kMostETagBytes = 1024;
/// The longest file id, and the longest text that describes an ability.
inline constexpr std::size_t kMostTextBytes = 1024;
/// The longest media type (RFC 6838 §4.2: 127 bytes each side of the slash).
inline constexpr std::size_t kMostMediaTypeBytes = 255;
/// Maximum number of forbidden names, suffixes and so on, and of pieces of evidence.
inline constexpr std::size_t kMostTexts = 1000;
/// The smallest value that a storage may report as its longest name: fits a number and an
/// extension.
inline constexpr std::size_t kLeastNameBytes = 32;

/// Checks kind, size, etag and file id. Values that real storages return but no caller can use
/// become unknown: a time outside the years 1 to 9999, an invalid media type.
void checkEntry(const PluginCall& call, Entry& entry);

/// Checks what a stream opened for `range` reports about itself.
/// \throws StorageError as `resolve`, if the file has no such range and the plugin did not say so.
void checkReadInfo(const PluginCall& call, ReadInfo& info, const std::optional<ByteRange>& range);

/// Checks a region of the stream described by `info` against the open file itself.
/// \throws StorageError `Truncated` if the file ends within it.
void checkRegion(const PluginCall& call, const FileRegion& region, const ReadInfo& info);

/// Checks a page except for its entries, which `ChildCheck` checks.
void checkPage(const PluginCall& call, const ListPage& page, const ListOptions& asked);

void checkQuota(const PluginCall& call, const Quota& quota);

/// Checks a token that is stored for later: UTF-8 without NUL, because databases store it as text.
void checkToken(const PluginCall& call, const std::string& token);

/// Checks the numbers. Texts that are only shown to people and clients are dropped if they are
/// invalid or too many.
void checkCapabilities(const PluginCall& call, Capabilities& capabilities);

}  // namespace mediadock::storage
