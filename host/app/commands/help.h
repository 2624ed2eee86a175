#pragma once

/// \file
/// The text of `mediadock help`.

#include "app/commands/command_line.h"

#include <optional>
#include <string>

namespace mediadock::app {

/// The text for one command, or the overview.
std::string helpText(std::optional<Command> topic);

}  // namespace mediadock::app
