#pragma once

/// \file
/// The format of log lines.

namespace mediadock {

enum class LogFormat { Text, Json };

}  // namespace mediadock
