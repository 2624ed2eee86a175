#pragma once

/// \file
/// The properties that Nextcloud knows about files and folders.

#include "support/scripted_nextcloud/exchange.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::scripted {

/// Namespace and local name.
using PropertyName = std::pair<std::string, std::string>;

inline constexpr const char* kDavNamespace = "DAV:";

/// What is told without being asked.
const std::vector<PropertyName>& defaultProperties();

/// The property as XML inside its element; nothing where the file or folder has none.
std::optional<std::string> findProperty(const PropertyName& name, const NodeInfo& node,
                                        const Exchange& exchange);

/// The same for an upload folder and what is in it.
std::optional<std::string> findUploadProperty(const PropertyName& name, const NodeInfo& node);

}  // namespace mediadock::scripted
