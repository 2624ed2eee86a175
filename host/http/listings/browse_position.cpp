#include "http/listings/browse_position.h"

#include "http/exchange/request.h"
#include "http/syntax/problem_exception.h"
#include "mediadock/storage_error.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace mediadock::http {
namespace {

constexpr char kFolder = 'd';
constexpr char kFile = 'f';

std::optional<std::int64_t> keyOf(const Entry& entry, media::SortKey sort) {
  if (sort == media::SortKey::Size && entry.size) {
    return static_cast<std::int64_t>(*entry.size);
  }
  if (sort == media::SortKey::LastModified && entry.modifiedAt) {
    return entry.modifiedAt->time_since_epoch().count();
  }
  return std::nullopt;
}

void setKey(Entry& entry, media::SortKey sort, std::int64_t key) {
  if (sort == media::SortKey::Size) {
    entry.size = static_cast<std::uint64_t>(key);
  } else {
    entry.modifiedAt = Timestamp(Timestamp::duration(key));
  }
}

}  // namespace

/// `f123 PATH`, or without a number if the key is unknown or the path is sufficient.
std::string formatPosition(const Entry& entry, media::SortKey sort) {
  const auto key = keyOf(entry, sort);
  return (entry.isDirectory() ? kFolder : kFile) + (key ? std::to_string(*key) : "") + " " +
         entry.path.str();
}

Entry parsePosition(const Request& request, const std::string& text, media::SortKey sort) {
  const auto space = text.find(' ');
  if (space == std::string::npos || space == 0) {
    throw ProblemException(400, "the cursor is not one of this listing");
  }
  Entry entry{.path = request.authorizedPath(text.substr(space + 1)),
              .kind = text[0] == kFolder ? EntryKind::Directory : EntryKind::File};
  std::int64_t key = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + space, key);
  if (error == std::errc() && end == text.data() + space) {
    setKey(entry, sort, key);
  }
  return entry;
}

}  // namespace mediadock::http
