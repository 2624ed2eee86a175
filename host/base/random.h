#pragma once

/// \file
/// Random bytes of the kernel, fit for keys and for names that nobody can guess. All calls may run
/// concurrently, and throw std::system_error where the kernel has none.

#include <cstddef>
#include <cstdint>
#include <string>

namespace mediadock {

std::string randomBytes(std::size_t size);

std::uint64_t randomBits();

}  // namespace mediadock
