#include "support/lighttpd_dav.h"

#include <fstream>
#include <sstream>

namespace mediadock {

namespace fs = std::filesystem;

LighttpdDav::LighttpdDav(Login login) : login_(login) {
  for (const char* folder : {"root", "temp"}) {
    fs::create_directory(home_.path() / folder);
    giveToWorkers(home_.path() / folder);
  }
  std::ofstream(home_.path() / "passwords")
      << (login_ == Login::Basic ? toPasswordLine(credentials_)
                                 : credentials_.username + ":" + credentials_.password + "\n");
  server_ = startListening([this](std::uint16_t port) -> std::vector<std::string> {
    const fs::path file = home_.path() / "lighttpd.conf";
    std::ofstream(file) << configuration(port);
    return {"/usr/sbin/lighttpd", "-D", "-f", file.string()};
  });
}

LighttpdDav::~LighttpdDav() {
  stopGently(*server_.process);
}

std::string LighttpdDav::configuration(std::uint16_t port) const {
  const std::string home = home_.path().string();
  const bool isBasic = login_ == Login::Basic;
  const std::string backend = isBasic ? "htpasswd" : "plain";
  std::ostringstream out;
  out << "server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_webdav\")\n"
      << "server.document-root = \"" << documentRoot().string() << "\"\n"
      << "server.bind = \"127.0.0.1\"\nserver.port = " << port << "\n"
      << "server.upload-dirs = (\"" << home << "/temp\")\n"
      << "server.max-keep-alive-requests = 100000\n"
      << "mimetype.assign = (\".jpg\" => \"image/jpeg\", \".txt\" => \"text/plain\")\n"
      << "webdav.activate = \"enable\"\n"
      << "auth.backend = \"" << backend << "\"\n"
      << "auth.backend." << backend << ".userfile = \"" << home << "/passwords\"\n"
      << "auth.require = (\"/\" => (\"method\" => \"" << (isBasic ? "basic" : "digest")
      << "\", \"realm\" => \"test\", \"require\" => \"valid-user\"))\n";
  if (isRoot()) {
    out << "server.username = \"www-data\"\nserver.groupname = \"www-data\"\n";
  }
  return out.str();
}

}  // namespace mediadock
