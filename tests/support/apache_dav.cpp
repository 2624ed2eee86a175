#include "support/apache_dav.h"

#include <fstream>
#include <sstream>

namespace mediadock {

namespace fs = std::filesystem;

namespace {

constexpr const char* kModules[] = {"mpm_event",  "authn_core", "authn_file",
                                    "authz_core", "authz_user", "auth_basic",
                                    "mime",       "dav",        "dav_fs"};

void loadModule(std::ostream& out, const std::string& name) {
  out << "LoadModule " << name << "_module /usr/lib/apache2/modules/mod_" << name << ".so\n";
}

void makeCertificate(const fs::path& key, const fs::path& certificate) {
  runProgram({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
              "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
              "subjectAltName=DNS:localhost", "-keyout", key.string(), "-out",
              certificate.string()});
}

}  // namespace

ApacheDav::ApacheDav(Options options) : options_(options) {
  // Apache keeps its lock database beside the files it describes, so workers write to both.
  for (const char* folder : {"root", "locks"}) {
    fs::create_directory(home_.path() / folder);
    giveToWorkers(home_.path() / folder);
  }
  std::ofstream(home_.path() / "passwords") << toPasswordLine(credentials_);
  if (options_.tls) {
    makeCertificate(home_.path() / "server.key", caFile());
  }
  server_ = startListening([this](std::uint16_t port) -> std::vector<std::string> {
    const fs::path file = home_.path() / "apache.conf";
    std::ofstream(file) << configuration(port);
    return {"/usr/sbin/apache2", "-d", home_.path().string(), "-f", file.string(), "-DFOREGROUND"};
  });
}

ApacheDav::~ApacheDav() {
  stopGently(*server_.process);
}

std::string ApacheDav::url() const {
  return (options_.tls ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(server_.port);
}

std::string ApacheDav::configuration(std::uint16_t port) const {
  const std::string home = home_.path().string();
  std::ostringstream out;
  for (const char* module : kModules) {
    loadModule(out, module);
  }
  out << "Listen 127.0.0.1:" << port << "\nServerName localhost\n"
      << "ServerLimit 1\nStartServers 1\nThreadsPerChild 64\nMaxRequestWorkers 64\n"
      << "MinSpareThreads 1\nMaxSpareThreads 64\n"
      << "DefaultRuntimeDir " << home << "\nPidFile " << home << "/apache.pid\n"
      << "ErrorLog /dev/stderr\nLogLevel warn\nMaxKeepAliveRequests 0\n"
      << "TypesConfig /dev/null\nAddType image/jpeg .jpg .jpeg\nAddType image/png .png\n"
      << "AddType text/plain .txt\nAddType application/pdf .pdf\nAddType video/mp4 .mp4\n"
      << "DavLockDB " << home << "/locks/database\nDocumentRoot " << documentRoot().string()
      << "\nLimitRequestBody 0\nLimitXMLRequestBody 0\n";
  if (isRoot()) {
    out << "User www-data\nGroup www-data\n";
  }
  if (options_.tls) {
    loadModule(out, "ssl");
    out << "SSLEngine on\nSSLSessionCache none\nSSLCertificateFile " << caFile().string()
        << "\nSSLCertificateKeyFile " << home << "/server.key\n";
  }
  if (options_.unsized) {
    loadModule(out, "substitute");
    loadModule(out, "filter");
  }
  out << "<Directory " << documentRoot().string() << ">\n"
      << "  Dav On\n  AllowOverride None\n  Options None\n  AuthType Basic\n  AuthName test\n"
      << "  AuthUserFile " << home << "/passwords\n  Require valid-user\n";
  if (options_.unsized) {
    out << "  SetOutputFilter SUBSTITUTE\n"
        << "  Substitute \"s|<lp1:getcontentlength>[0-9]*</lp1:getcontentlength>||\"\n";
  }
  out << "</Directory>\n";
  return out.str();
}

}  // namespace mediadock
