#pragma once

/// \file
/// The server's TLS context.

#include <Poco/Net/Context.h>

#include <string>

namespace mediadock::http {

/// A context for TLS 1.2 and 1.3 that allows only AEAD cipher suites with forward secrecy (RFC 9325
/// §4.2).
/// \param certificateFile PEM, the server's certificate first, then the chain.
/// \param keyFile PEM, without a passphrase.
/// \throws StorageError `ConfigInvalid` if a file cannot be used, or if the key is not that of the
///   certificate.
Poco::Net::Context::Ptr makeServerTls(const std::string& certificateFile,
                                      const std::string& keyFile);

}  // namespace mediadock::http
