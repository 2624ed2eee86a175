#pragma once

/// \file
/// The path under which clients reach the host, where a reverse proxy shows it below one.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

inline constexpr std::size_t kMaxPublicPathBytes = 256;

/// `/media` of `/media` and `/media/`, empty of `/` and of nothing: what goes in front of a path of
/// the host to make the client's. Returns nullopt for what is no such path (RFC 3986 §3.3): `//` in
/// front would name another host, a quote or a line break would end what it is written into.
std::optional<std::string> parsePublicPath(std::string_view text);

}  // namespace mediadock
