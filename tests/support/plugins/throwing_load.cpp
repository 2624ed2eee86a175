// A library whose static initialiser throws.

#include <stdexcept>

namespace {

struct Thrower {
  Thrower() { throw std::runtime_error("on purpose"); }
};

const Thrower kThrower;

}  // namespace
