#pragma once

/// \file
/// The format of log lines.

namespace mediadock::http {

enum class LogFormat { Text, Json };

}  // namespace mediadock::http
