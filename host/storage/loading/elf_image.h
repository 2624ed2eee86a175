#pragma once

/// \file
/// Checks, without loading it, whether a file can be a library for this machine.
///
/// The dynamic linker reports this badly: for a library of another machine it says "No such file",
/// and a truncated one ends the process with SIGBUS.

#include <filesystem>
#include <optional>
#include <string>

namespace mediadock::storage {

/// What was expected of `file` and what was found; nullopt if it is a complete ELF library for this
/// machine. Examines only the headers (System V ABI, "Object Files").
std::optional<std::string> elfProblem(const std::filesystem::path& file);

}  // namespace mediadock::storage
