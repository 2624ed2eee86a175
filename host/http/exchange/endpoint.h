#pragma once

/// \file
/// What answers one operation of the API.

#include "http/exchange/request.h"
#include "http/exchange/response.h"

#include <functional>

namespace mediadock {

/// Answers one operation. Runs on many threads at once. May throw ProblemException, StorageError
/// and ClientGone.
using Endpoint = std::function<void(Request&, Response&)>;

}  // namespace mediadock
