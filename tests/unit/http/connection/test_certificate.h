#pragma once

/// \file
/// A certificate for `localhost` that is good for one test.

#include <string>

namespace mediadock::http::guard {

enum class KeyKind { Ec, Rsa };

/// Key and certificate, freshly made, as PEM files in a folder of their own until destroyed.
class TestCertificate {
 public:
  /// \param passphrase of the key file; empty: none.
  explicit TestCertificate(KeyKind kind = KeyKind::Ec, std::string passphrase = "");
  ~TestCertificate();

  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  const std::string& keyFile() const { return keyFile_; }

  const std::string& certificateFile() const { return certificateFile_; }

 private:
  std::string folder_;
  std::string keyFile_;
  std::string certificateFile_;
};

}  // namespace mediadock::http::guard
