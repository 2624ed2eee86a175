#pragma once

/// \file
/// How log lines are written.

namespace mediadock {

enum class LogFormat { Text, Json };

}  // namespace mediadock
