#pragma once

/// \file
/// TLS settings: how the server's certificate is verified.

#include "http/connection_settings.h"

#include <Poco/Net/Context.h>

namespace mediadock::http_client {

/// Requires TLS 1.2 or later, and a certificate for the host's name (also for loopback), issued
/// under `caFile` or the system's store. With `verifyTls` off, any certificate is accepted.
/// \throws StorageError `ConfigInvalid` if `caFile` cannot be used.
Poco::Net::Context::Ptr makeTlsContext(const ConnectionSettings& settings);

}  // namespace mediadock::http_client
