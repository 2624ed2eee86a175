#pragma once

/// \file
/// The text form of fault rules.

#include "fault_settings.h"

#include <string_view>
#include <vector>

namespace mediadock {

/// Parses rules such as `openRead:3:unavailable,list:*:timeout`; empty text is no rule.
/// \throws StorageError `ConfigInvalid` naming `key`.
std::vector<FaultRule> parseFaultRules(std::string_view key, std::string_view text);

}  // namespace mediadock
