#pragma once

/// \file
/// The server's side of TLS.

#include <Poco/Net/Context.h>

#include <string>

namespace mediadock {

/// A context for TLS 1.2 and 1.3 whose every cipher suite has forward secrecy and authenticates
/// what it encrypts (RFC 9325 §4.2). \param certificateFile PEM, the chain's other certificates
/// behind the server's own. \param keyFile PEM, without a passphrase. \throws StorageError
/// `ConfigInvalid` where a file cannot be used, and where the key is not that
///   of the certificate.
Poco::Net::Context::Ptr makeServerTls(const std::string& certificateFile,
                                      const std::string& keyFile);

}  // namespace mediadock
