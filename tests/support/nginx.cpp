#include "support/nginx.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace mediadock {

namespace fs = std::filesystem;

Nginx::Nginx(const Configuration& configuration) {
  fs::create_directory(home_.path() / "temp");
  giveToWorkers(home_.path() / "temp");
  server_ = startListening([&](std::uint16_t port) -> std::vector<std::string> {
    const fs::path file = home_.path() / "nginx.conf";
    std::ofstream(file) << write(configuration, port);
    return {"/usr/sbin/nginx", "-p", home_.path().string(), "-e", "stderr", "-c", file.string()};
  });
}

Nginx::~Nginx() {
  stopGently(*server_.process);
}

std::string Nginx::write(const Configuration& configuration, std::uint16_t port) const {
  const std::string home = home_.path().string();
  std::ostringstream out;
  out << configuration.main;
  if (isRoot()) {
    out << "user www-data;\n";
  }
  out << "daemon off;\nworker_processes 1;\npid " << home << "/nginx.pid;\nerror_log stderr warn;\n"
      << "events { worker_connections 512; }\n"
      << "http {\n  include /etc/nginx/mime.types;\n  default_type application/octet-stream;\n"
      << "  access_log off;\n  client_max_body_size 0;\n";
  for (const char* use : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    out << "  " << use << "_temp_path " << home << "/temp/" << use << ";\n";
  }
  out << configuration.http << "  server {\n    listen 127.0.0.1:" << port << ";\n"
      << configuration.server << "  }\n}\n";
  return out.str();
}

}  // namespace mediadock
