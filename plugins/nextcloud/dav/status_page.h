#pragma once

/// \file
/// What `/status.php` of a Nextcloud says: alone of all pages it answers in maintenance, too.

#include "dav/dav_settings.h"

#include <optional>
#include <string>

namespace mediadock {

/// The request target of the page: beside `remote.php` where the url has it, else at the url.
std::string statusPageTarget(const DavSettings& settings);

/// Whether the page tells of maintenance; nothing where it is no such page.
std::optional<bool> readMaintenance(const std::string& page);

}  // namespace mediadock
