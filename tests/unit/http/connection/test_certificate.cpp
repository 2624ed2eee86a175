#include "unit/http/connection/test_certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace mediadock::http::guard {
namespace {

template <typename T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::unique_ptr<std::FILE, CloseFile> create(const std::string& path) {
  return std::unique_ptr<std::FILE, CloseFile>(std::fopen(path.c_str(), "w"));
}

Certificate sign(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  auto* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
    throw std::runtime_error("cannot sign a certificate");
  }
  return certificate;
}

}  // namespace

TestCertificate::TestCertificate(KeyKind kind, std::string passphrase) {
  std::string pattern = std::filesystem::temp_directory_path() / "certificate-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("cannot make a folder");
  }
  folder_ = pattern;
  keyFile_ = folder_ + "/key.pem";
  certificateFile_ = folder_ + "/certificate.pem";
  const Key key(kind == KeyKind::Ec ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048));
  const auto certificate = sign(key.get());
  PEM_write_PrivateKey(create(keyFile_).get(), key.get(),
                       passphrase.empty() ? nullptr : EVP_aes_256_cbc(), nullptr, 0, nullptr,
                       passphrase.empty() ? nullptr : passphrase.data());
  PEM_write_X509(create(certificateFile_).get(), certificate.get());
}

TestCertificate::~TestCertificate() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace mediadock::http::guard
