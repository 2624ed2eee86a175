#pragma once

/// \file
/// Reads `/status.php` of a Nextcloud, the only page that works in maintenance mode.

#include "dav/dav_settings.h"

#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// The request target of the page: next to `remote.php` if the URL contains it, otherwise at the
/// URL.
std::string statusPageTarget(const DavSettings& settings);

/// Whether the page reports maintenance mode; nullopt if it is another page.
std::optional<bool> readMaintenance(const std::string& page);

}  // namespace mediadock::nextcloud
