#pragma once

/// \file
/// Media types by file name, as Nextcloud gives them in listings and in downloads.

#include <string>

namespace mediadock::scripted {

/// The type that PROPFIND shows.
std::string listedType(const std::string& name);

/// The type that GET sends: what a browser might run is called plain text.
std::string servedType(const std::string& name);

/// Whether a preview could be made of such a file.
bool hasPreview(const std::string& name);

}  // namespace mediadock::scripted
