#include "http/tls_context.h"

#include "mediadock/storage_error.h"

#include <Poco/Exception.h>

namespace mediadock::http_client {

Poco::Net::Context::Ptr makeTlsContext(const ConnectionSettings& settings) {
  using Poco::Net::Context;
  Context::Params params;
  params.caLocation = settings.caFile;
  params.loadDefaultCAs = settings.caFile.empty();
  // RELAXED would skip the name check for loopback names.
  params.verificationMode = settings.verifyTls ? Context::VERIFY_STRICT : Context::VERIFY_NONE;
  try {
    Context::Ptr context = new Context(Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(settings.verifyTls);
    return context;
  } catch (const Poco::Exception& error) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "setting 'ca_file' cannot be used: " + error.displayText());
  }
}

}  // namespace mediadock::http_client
