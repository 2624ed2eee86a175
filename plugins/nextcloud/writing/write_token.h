#pragma once

/// \file
/// The token of a suspended write.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// The chunks up to number `last` in the folder count, except `superseded`, whose bytes are
/// contained in another one.
struct WriteToken {
  /// The name of one of our upload folders.
  std::string folder;
  std::size_t last = 0;
  /// 0: none.
  std::size_t superseded = 0;
  /// Total size of the chunks that count.
  std::uint64_t bytes = 0;
};

std::string makeWriteToken(const WriteToken& token);

/// Returns nullopt for a text that is not a valid token. The folder name can neither lead out of
/// the account's uploads nor be one of another client.
std::optional<WriteToken> parseWriteToken(std::string_view text);

}  // namespace mediadock::nextcloud
