#pragma once

/// \file
/// Secrets in files of their own, as container platforms mount them.

#include <filesystem>
#include <string>

namespace mediadock::app {

/// Returns the content of `file` without one trailing newline.
/// \param source names the setting that gave the file, for the message.
/// \throws StorageError `ConfigInvalid` naming setting and file, if it cannot be read, is larger
///   than 64 KiB or is empty.
std::string readSecretFile(const std::filesystem::path& file, const std::string& source);

}  // namespace mediadock::app
