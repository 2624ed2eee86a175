#pragma once

/// \file
/// What a suspended write is known by.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Of the chunks in the folder those up to number `last` count, but for `superseded`: its bytes are
/// in another one.
struct WriteToken {
  /// The name of an upload folder of ours.
  std::string folder;
  std::size_t last = 0;
  /// 0: none.
  std::size_t superseded = 0;
  /// The sum of the chunks that count.
  std::uint64_t bytes = 0;
};

std::string makeWriteToken(const WriteToken& token);

/// Nothing for a text that cannot be one of ours: its folder's name has no way out of the account's
/// uploads, and is none that others make.
std::optional<WriteToken> parseWriteToken(std::string_view text);

}  // namespace mediadock
