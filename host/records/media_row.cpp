#include "records/media_row.h"

#include "mediadock/storage_error.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace mediadock::records {
namespace {

/// Completes a truncated JSON array of strings, keeping its whole elements.
std::string closedArray(std::string_view beginning) {
  std::size_t end = 0;
  bool isWithin = false;
  for (std::size_t i = 0; i < beginning.size(); ++i) {
    if (beginning[i] == '\\' && isWithin) {
      ++i;
    } else if (beginning[i] == '"') {
      isWithin = !isWithin;
      end = isWithin ? end : i + 1;
    }
  }
  return end == 0 ? "[]" : std::string(beginning.substr(0, end)) + "]";
}

/// At most as many as a record may have.
std::vector<std::string> parseTags(const std::string& json) {
  const bool mayBeCut = json.size() >= kMaxTagsText;
  const auto text = mayBeCut ? closedArray(std::string_view(json).substr(0, kMaxTagsText)) : json;
  const auto array = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Array::Ptr>();
  std::vector<std::string> tags;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < array->size() && tags.size() < MediaRecord::kMaxTags; ++i) {
    auto tag = array->getElement<std::string>(static_cast<unsigned>(i));
    bytes += tag.size();
    if (bytes > MediaRecord::kMaxTagsBytes) {
      break;
    }
    tags.push_back(std::move(tag));
  }
  return tags;
}

/// \name The inverse of `toColumn`
/// \{
void fromColumn(const std::string& column, std::string& text) {
  text = column;
}

void fromColumn(const std::string& column, MediaType& type) {
  type = parseMediaType(column).value_or(MediaType::Other);
}

void fromColumn(const std::string& column, StoragePath& path) {
  path = StoragePath::parse(column);
}

void fromColumn(const std::string& column, std::optional<ETag>& etag) {
  etag = ETag::parse(column);
}

void fromColumn(const std::string& column, std::optional<Direction>& direction) {
  direction = parseDirection(column);
}

void fromColumn(const std::string& column, std::vector<std::string>& tags) {
  tags = parseTags(column);
}

void fromColumn(std::int64_t column, std::uint64_t& number) {
  number = static_cast<std::uint64_t>(column);
}

void fromColumn(std::int64_t column, Timestamp& time) {
  time = Timestamp(std::chrono::microseconds(column));
}

/// \}

/// The columns, each written by `write`, separated by commas.
template <typename Write>
std::string columnList(Write write) {
  std::string list;
  visitColumns([&](const char* name, auto /*field*/, std::size_t most) {
    list.append(list.empty() ? "" : ", ").append(write(name, most));
  });
  return list;
}

std::string cut(const char* column, std::size_t most) {
  return most == kWhole ? column
                        : std::string("substr(") + column + ", 1, " + std::to_string(most) + ")";
}

[[noreturn]] void refuse(const MediaRow& row, const std::string& why) {
  throw StorageError(StorageErrc::Internal,
                     "the records database holds a bad row with id '" + row.id + "': " + why);
}

}  // namespace

const std::string& allColumns() {
  static const std::string columns =
      columnList([](const char* name, std::size_t /*most*/) { return name; });
  return columns;
}

const std::string& shownColumns() {
  static const std::string columns = columnList(cut);
  return columns;
}

std::string toColumn(const std::string& text) {
  return text;
}

std::string toColumn(MediaType type) {
  return std::string(toString(type));
}

std::string toColumn(const StoragePath& path) {
  return path.str();
}

std::string toColumn(const std::optional<ETag>& etag) {
  return etag ? etag->str() : "";
}

std::string toColumn(const std::optional<Direction>& direction) {
  return direction ? std::string(toString(*direction)) : "";
}

std::string toColumn(const std::vector<std::string>& tags) {
  Poco::JSON::Array array;
  for (const auto& tag : tags) {
    array.add(tag);
  }
  std::ostringstream text;
  array.stringify(text);
  return text.str();
}

std::int64_t toColumn(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

std::int64_t toColumn(Timestamp time) {
  return time.time_since_epoch().count();
}

MediaRow toRow(const MediaRecord& record, const char* state) {
  MediaRow row{.state = state};
  visitRecordColumns([&](const char* /*name*/, auto column, auto field, std::size_t /*most*/) {
    row.*column = toColumn(record.*field);
  });
  return row;
}

MediaRecord toRecord(const MediaRow& row) {
  try {
    MediaRecord record;
    visitRecordColumns([&](const char* /*name*/, auto column, auto field, std::size_t /*most*/) {
      fromColumn(row.*column, record.*field);
    });
    return record;
  } catch (const StorageError& error) {
    refuse(row, error.what());
  } catch (const Poco::Exception& error) {
    refuse(row, "tags are no JSON array: " + error.displayText());
  }
}

}  // namespace mediadock::records
