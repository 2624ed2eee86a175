#pragma once

/// \file
/// The parameters of the guard and of the Poco server above it, from the settings.

#include "http/framing/guard_settings.h"
#include "http/server/http_settings.h"

#include <Poco/Net/HTTPServerParams.h>

namespace mediadock {

/// With a line in the access log for each refusal.
guard::GuardSettings guardSettings(const HttpSettings& settings);

/// A connection holds a thread while a request is served on it; one that finds none waits. Every
/// time is at least the guard's, which is to be the one that runs out.
Poco::Net::HTTPServerParams::Ptr serverParams(const HttpSettings& settings);

}  // namespace mediadock
