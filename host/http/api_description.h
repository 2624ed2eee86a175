#pragma once

/// \file
/// docs/openapi.json, as it was when the host was built.

#include <string_view>

namespace mediadock {

std::string_view apiDescription() noexcept;

}  // namespace mediadock
