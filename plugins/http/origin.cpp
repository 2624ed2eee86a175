#include "http/origin.h"

namespace mediadock::http_client {

std::string Origin::authority() const {
  const auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (isTls ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

std::string Origin::str() const {
  return (isTls ? "https://" : "http://") + authority();
}

}  // namespace mediadock::http_client
