#pragma once

/// \file
/// Whether a file can be a library of this machine, found out without running it.
///
/// The dynamic linker is no judge of that: a library for another machine is "No such file" to it,
/// and one that was cut off while it was copied ends the process with SIGBUS.

#include <filesystem>
#include <optional>
#include <string>

namespace mediadock {

/// What was expected of `file` and what was found, or nothing where it is a whole ELF library for
/// this machine. Looks at the headers only (System V ABI, "Object Files").
std::optional<std::string> elfProblem(const std::filesystem::path& file);

}  // namespace mediadock
