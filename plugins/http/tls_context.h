#pragma once

/// \file
/// How the server's certificate is judged.

#include "http/connection_settings.h"

#include <Poco/Net/Context.h>

namespace mediadock {

/// TLS 1.2 or later, the host's name always checked (also for loopback), against `caFile` or the
/// system's store. With `verifyTls` off anything is taken.
/// \throws StorageError `ConfigInvalid` where `caFile` cannot be used.
Poco::Net::Context::Ptr makeTlsContext(const ConnectionSettings& settings);

}  // namespace mediadock
