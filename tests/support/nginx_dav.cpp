#include "support/nginx_dav.h"

#include <fstream>

namespace mediadock {

NginxDav::NginxDav() {
  std::filesystem::create_directory(documentRoot());
  giveToWorkers(documentRoot());
  std::ofstream(home_.path() / "passwords") << toPasswordLine(credentials_);
  nginx_.emplace(configuration());
}

Nginx::Configuration NginxDav::configuration() const {
  const std::string home = home_.path().string();
  return {.main = "load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\n",
          .server = "    root " + documentRoot().string() + ";\n" +
                    "    auth_basic test;\n    auth_basic_user_file " + home + "/passwords;\n" +
                    "    location / {\n      dav_methods PUT DELETE MKCOL COPY MOVE;\n" +
                    "      dav_ext_methods PROPFIND OPTIONS;\n    }\n"};
}

}  // namespace mediadock
