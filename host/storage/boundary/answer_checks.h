#pragma once

/// \file
/// What a plugin answers, held against what can be true. Where it cannot be, the `StorageError` is
/// a `pluginFault` that names plugin, call and path.

#include "mediadock/storage_provider.h"
#include "storage/boundary/guarded_call.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace mediadock {

/// The largest size, offset and total: files and databases count with a sign.
inline constexpr std::uint64_t kMostBytes = std::numeric_limits<std::int64_t>::max();
/// The longest token of a suspended write or of a listing.
inline constexpr std::size_t kMostTokenBytes = 65536;
/// The longest opaque part of an etag: longer ones fit into no head that a client may send.
inline constexpr std::size_t kMostETagBytes = 1024;
/// The longest file id, and the longest text that describes an ability.
inline constexpr std::size_t kMostTextBytes = 1024;
/// The longest media type (RFC 6838 §4.2: 127 bytes each side of the slash).
inline constexpr std::size_t kMostMediaTypeBytes = 255;
/// Most forbidden names, endings and so on, and most pieces of evidence.
inline constexpr std::size_t kMostTexts = 1000;
/// The least that a storage may name as its longest name: a number and an extension fit in.
inline constexpr std::size_t kLeastNameBytes = 32;

/// Checks kind, size, etag and file id. What storages do have, but no caller can use, becomes
/// unknown: a time outside of the years 1 to 9999, a text that is no media type.
void checkEntry(const PluginCall& call, Entry& entry);

/// Checks what a stream says that was opened for `range`.
void checkReadInfo(const PluginCall& call, ReadInfo& info, const std::optional<ByteRange>& range);

/// Checks a region of the stream that `info` describes against the open file itself.
/// \throws StorageError `Truncated` where the file ends within it.
void checkRegion(const PluginCall& call, const FileRegion& region, const ReadInfo& info);

/// Checks a page but for its entries, which are `ChildCheck`'s affair.
void checkPage(const PluginCall& call, const ListPage& page, const ListOptions& asked);

void checkQuota(const PluginCall& call, const Quota& quota);

/// Checks a token that is kept for later: UTF-8 without NUL, for databases keep it as text.
void checkToken(const PluginCall& call, const std::string& token);

/// Checks the numbers. Texts that are only told to people and clients are left out where they are
/// no text, or too many.
void checkCapabilities(const PluginCall& call, Capabilities& capabilities);

}  // namespace mediadock
