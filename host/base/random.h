#pragma once

/// \file
/// Random bytes from the kernel, fit for keys and unguessable names. All calls may run
/// concurrently, and throw std::system_error if the kernel provides none.

#include <cstddef>
#include <cstdint>
#include <string>

namespace mediadock::base {

std::string randomBytes(std::size_t size);

std::uint64_t randomBits();

}  // namespace mediadock::base
