#include "records/media_row.h"

#include "mediadock/storage_error.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace mediadock {
namespace {

std::string toJson(const std::vector<std::string>& tags) {
  Poco::JSON::Array array;
  for (const auto& tag : tags) {
    array.add(tag);
  }
  std::ostringstream text;
  array.stringify(text);
  return text.str();
}

std::vector<std::string> parseTags(const std::string& json) {
  const auto array = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Array::Ptr>();
  std::vector<std::string> tags;
  for (std::size_t i = 0; i < array->size(); ++i) {
    tags.push_back(array->getElement<std::string>(static_cast<unsigned>(i)));
  }
  return tags;
}

[[noreturn]] void refuse(const MediaRow& row, const std::string& why) {
  throw StorageError(StorageErrc::Internal,
                     "the records database holds a bad row with id '" + row.id + "': " + why);
}

}  // namespace

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
          .tags = toJson(record.tags),
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
