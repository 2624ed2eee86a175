#include "http/resilience/time_source.h"

#include <random>

namespace mediadock::http_client {

double randomFraction() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(engine);
}

}  // namespace mediadock::http_client
