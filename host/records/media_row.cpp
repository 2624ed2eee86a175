#include "records/media_row.h"

#include "mediadock/storage_error.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace mediadock {
namespace {

/// Holds the tags of every record within the limits, whatever their escapes.
constexpr std::size_t kMaxTagsText = 4 * MediaRecord::kMaxTagsBytes;

/// The beginning of a JSON array of strings, as an array of those that are whole.
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

/// As many as a record may have.
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

std::string cut(const char* column, std::size_t most) {
  return std::string("substr(") + column + ", 1, " + std::to_string(most) + ")";
}

[[noreturn]] void refuse(const MediaRow& row, const std::string& why) {
  throw StorageError(StorageErrc::Internal,
                     "the records database holds a bad row with id '" + row.id + "': " + why);
}

}  // namespace

const std::string& shownColumns() {
  constexpr auto kText = MediaRecord::kMaxTextBytes;
  static const std::string columns =
      "id, " + cut("customer_id", kText) + ", " + cut("order_id", kText) +
      ", type, filename, nextcloud_path, mime_type, size, " +
      cut("etag", MediaRecord::kMaxEtagBytes) + ", sha256, direction, " +
      cut("tags", kMaxTagsText) + ", " + cut("uploaded_by", kText) +
      ", created_at, state, moving_to, upload_id, open_since";
  return columns;
}

std::string tagsText(const std::vector<std::string>& tags) {
  Poco::JSON::Array array;
  for (const auto& tag : tags) {
    array.add(tag);
  }
  std::ostringstream text;
  array.stringify(text);
  return text.str();
}

MediaRow toRow(const MediaRecord& record, const char* state) {
  return {.id = record.id,
          .customerId = record.customerId,
          .orderId = record.orderId,
          .type = std::string(toString(record.type)),
          .filename = record.filename,
          .path = record.path.str(),
          .mimeType = record.mimeType,
          .size = static_cast<std::int64_t>(record.size),
          .etag = record.etag ? record.etag->str() : "",
          .sha256 = record.sha256,
          .direction = record.direction ? std::string(toString(*record.direction)) : "",
          .tags = tagsText(record.tags),
          .uploadedBy = record.uploadedBy,
          .createdAt = record.createdAt.time_since_epoch().count(),
          .state = state,
          .uploadId = record.uploadId};
}

MediaRecord toRecord(const MediaRow& row) {
  try {
    return {.id = row.id,
            .customerId = row.customerId,
            .orderId = row.orderId,
            .type = parseMediaType(row.type).value_or(MediaType::Other),
            .filename = row.filename,
            .path = StoragePath::parse(row.path),
            .mimeType = row.mimeType,
            .size = static_cast<std::uint64_t>(row.size),
            .etag = ETag::parse(row.etag),
            .sha256 = row.sha256,
            .direction = parseDirection(row.direction),
            .tags = parseTags(row.tags),
            .uploadedBy = row.uploadedBy,
            .createdAt = Timestamp(std::chrono::microseconds(row.createdAt)),
            .uploadId = row.uploadId};
  } catch (const StorageError& error) {
    refuse(row, error.what());
  } catch (const Poco::Exception& error) {
    refuse(row, "tags are no JSON array: " + error.displayText());
  }
}

}  // namespace mediadock
