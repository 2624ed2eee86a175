#pragma once

/// \file
/// The handler of one API operation.

#include "http/exchange/request.h"
#include "http/exchange/response.h"

#include <functional>

namespace mediadock::http {

/// Handles one operation. Called concurrently. May throw ProblemException, StorageError and
/// ClientGone.
using Endpoint = std::function<void(Request&, Response&)>;

}  // namespace mediadock::http
