#pragma once

/// \file
/// The 401 and 403 responses of authentication (RFC 9110 §11.6.1, RFC 6750 §3).

#include "http/exchange/caller.h"
#include "http/syntax/problem_exception.h"

namespace mediadock::http {

/// 401: no credentials were sent.
Problem credentialsMissing();

/// 401: the credentials sent are invalid.
Problem credentialsRefused(std::string reason);

/// Requires that the caller has `scope`.
/// \throws ProblemException 401 if the caller is not authenticated, 403 if it lacks the scope.
void requireScope(const Caller& caller, Scope scope);

}  // namespace mediadock::http
