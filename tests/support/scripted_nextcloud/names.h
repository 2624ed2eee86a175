#pragma once

/// \file
/// Names of files: which the server takes, how it spells them, and how they look in hrefs.
///
/// A tree path is UTF-8 in NFC, relative to the user's root, with single slashes between names and
/// none at the ends; "" is the root.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::scripted {

/// Undoes percent-encoding once. Nothing if an escape is broken.
std::optional<std::string> decodePercent(std::string_view text);

/// Percent-encodes a path as the server does in hrefs: lower-case hex, slashes and `-_.~()@:` bare.
std::string encodeHref(std::string_view path);

/// The decoded rest of a URL as a tree path: doubled and outer slashes dropped, NFC, and Latin-1
/// taken for what it meant where the bytes are not UTF-8.
std::string toTreePath(std::string_view decoded);

std::string parentOf(const std::string& path);
std::string nameOf(const std::string& path);

/// Whether `path` is `folder` or lies below it.
bool isWithin(const std::string& path, const std::string& folder);

/// Throws what the server says about a last name that it does not store.
void checkName(const std::string& path);

}  // namespace mediadock::scripted
