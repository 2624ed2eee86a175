#include "records/media_record.h"

#include <array>

namespace mediadock::records {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames{"photo", "video", "audio", "document",
                                                     "other"};
constexpr std::array<std::string_view, 3> kDirectionNames{"sent", "received", "internal"};

static_assert(kTypeNames.size() == static_cast<std::size_t>(MediaType::Other) + 1);
static_assert(kDirectionNames.size() == static_cast<std::size_t>(Direction::Internal) + 1);

template <typename Enum, std::size_t Count>
std::optional<Enum> parseName(const std::array<std::string_view, Count>& names,
                              std::string_view text) noexcept {
  for (std::size_t i = 0; i < Count; ++i) {
    if (names[i] == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view toString(MediaType type) noexcept {
  return kTypeNames[static_cast<std::size_t>(type)];
}

std::string_view toString(Direction direction) noexcept {
  return kDirectionNames[static_cast<std::size_t>(direction)];
}

std::optional<MediaType> parseMediaType(std::string_view text) noexcept {
  return parseName<MediaType>(kTypeNames, text);
}

std::optional<Direction> parseDirection(std::string_view text) noexcept {
  return parseName<Direction>(kDirectionNames, text);
}

}  // namespace mediadock::records
