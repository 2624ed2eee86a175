#pragma once

/// \file
/// Derives guard and Poco server parameters from HttpSettings.

#include "http/framing/guard_settings.h"
#include "http/server/http_settings.h"

#include <Poco/Net/HTTPServerParams.h>

namespace mediadock::http {

/// Its `onRefused` writes a line to the access log.
guard::GuardSettings guardSettings(const HttpSettings& settings);

/// A connection occupies a thread while a request is served on it, and queues if none is free.
/// Every timeout is at least the guard's, so that the guard's fires first.
Poco::Net::HTTPServerParams::Ptr serverParams(const HttpSettings& settings);

}  // namespace mediadock::http
