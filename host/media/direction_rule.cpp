#include "media/direction_rule.h"

namespace mediadock {

std::optional<Direction> directionOf(const StoragePath& folder) {
  const auto name = folder.name();
  if (name == "Sent Media") {
    return Direction::Sent;
  }
  if (name == "Received Media") {
    return Direction::Received;
  }
  if (name == "Internal") {
    return Direction::Internal;
  }
  return std::nullopt;
}

}  // namespace mediadock
