#pragma once

/// \file
/// The path prefix under which a reverse proxy exposes the host.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

inline constexpr std::size_t kMaxPublicPathBytes = 256;

/// Normalises the prefix: `/media` for `/media` and `/media/`, empty for `/` and for empty text.
/// Returns nullopt if `text` is not a valid path (RFC 3986 §3.3): a leading `//` would name another
/// host, a quote or line break would end the context that the path is written into.
std::optional<std::string> parsePublicPath(std::string_view text);

}  // namespace mediadock::http
