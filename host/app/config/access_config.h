#pragma once

/// \file
/// The keys below `auth.`.

#include "app/config/host_values.h"
#include "http/access/access_settings.h"

#include <string>
#include <vector>

namespace mediadock::app {

/// Reads and checks the authentication settings. Refuses keys of a mode that is not selected: they
/// would look as if they protected something.
/// \throws StorageError `ConfigInvalid`.
http::AccessSettings readAccess(const HostValues& values);

/// The secrets among the keys below `auth.`, each one separately.
std::vector<std::string> accessSecrets(const HostValues& values);

}  // namespace mediadock::app
