#pragma once

/// \file
/// `"a/b"_path`: a path of a test.

#include "mediadock/storage_path.h"

#include <cstddef>

namespace mediadock {

inline StoragePath operator""_path(const char* text, std::size_t length) {
  return StoragePath::parse({text, length});
}

}  // namespace mediadock
