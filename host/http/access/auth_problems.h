#pragma once

/// \file
/// How a caller is told that it may not (RFC 9110 §11.6.1, RFC 6750 §3).

#include "http/exchange/caller.h"
#include "http/syntax/problem_exception.h"

namespace mediadock {

/// 401: no credentials came.
Problem credentialsMissing();

/// 401: those that came do not hold.
Problem credentialsRefused(std::string reason);

/// Lets callers pass that have `scope`.
/// \throws ProblemException 401 where nobody is known, 403 where the scope is missing.
void requireScope(const Caller& caller, Scope scope);

}  // namespace mediadock
