#include "support/rclone_dav.h"

namespace mediadock {

RcloneDav::RcloneDav() {
  std::filesystem::create_directory(documentRoot());
  server_ = startListening([this](std::uint16_t port) -> std::vector<std::string> {
    return {"/usr/bin/rclone",
            "serve",
            "webdav",
            documentRoot().string(),
            "--config=",
            "--cache-dir=" + (home_.path() / "cache").string(),
            "--dir-cache-time=0s",
            "--addr=127.0.0.1:" + std::to_string(port),
            "--user=" + username(),
            "--pass=" + password()};
  });
}

RcloneDav::~RcloneDav() {
  stopGently(*server_.process);
}

}  // namespace mediadock
