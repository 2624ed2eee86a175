#include "media/rules/new_record.h"

#include "base/text.h"
#include "media/rules/wall_clock.h"
#include "media/types/media_type.h"
#include "mediadock/storage_error.h"

#include <Poco/UUID.h>
#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <chrono>

namespace mediadock::media {
namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& why) {
  throw StorageError(StorageErrc::InvalidArgument, field + " " + why);
}

void checkLength(const std::string& what, std::size_t length, std::size_t most) {
  if (length > most) {
    refuse(what, "may have " + std::to_string(most) + " bytes, and not " + std::to_string(length));
  }
}

void checkCharacters(const std::string& field, const std::string& text) {
  const bool hasControl = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (hasControl || !isValidUtf8(text)) {
    refuse(field, "must be UTF-8 text without control characters");
  }
}

void checkText(const std::string& field, const std::string& text) {
  checkLength(field, text.size(), records::MediaRecord::kMaxTextBytes);
  checkCharacters(field, text);
}

void checkTags(const std::vector<std::string>& tags) {
  if (tags.size() > records::MediaRecord::kMaxTags) {
    refuse("tags", "may be " + std::to_string(records::MediaRecord::kMaxTags) +
                       " at most, and not " + std::to_string(tags.size()));
  }
  std::size_t bytes = 0;
  for (const auto& tag : tags) {
    checkLength("one of the tags", tag.size(), records::MediaRecord::kMaxTagBytes);
    checkCharacters("tags", tag);
    bytes += tag.size();
  }
  checkLength("tags together", bytes, records::MediaRecord::kMaxTagsBytes);
}

bool isSha256(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && base::isLowerHex(text);
}

}  // namespace

void checkFields(const UploadFields& fields) {
  for (const records::RecordText& text : records::kRecordTexts) {
    checkText(std::string(text.name), fields.texts.*text.given);
  }
  checkTags(fields.tags);
  if (!fields.sha256.empty() && !isSha256(fields.sha256)) {
    refuse("sha256", "must be 64 lower-case hexadecimal digits");
  }
  if (fields.ifMatch && fields.onConflict != OnConflict::Replace) {
    refuse("If-Match", "goes with on_conflict=replace only");
  }
}

void checkPatch(const records::RecordPatch& patch) {
  for (const records::RecordText& text : records::kRecordTexts) {
    checkText(std::string(text.name), (patch.*text.ofPatch).value_or(""));
  }
  checkTags(patch.tags.value_or(std::vector<std::string>()));
}

std::string newRecordId() {
  return Poco::UUIDGenerator::defaultGenerator().createRandom().toString();
}

std::optional<records::Direction> directionOf(const StoragePath& folder) {
  const auto name = folder.name();
  if (name == "Sent Media") {
    return records::Direction::Sent;
  }
  if (name == "Received Media") {
    return records::Direction::Received;
  }
  if (name == "Internal") {
    return records::Direction::Internal;
  }
  return std::nullopt;
}

records::MediaRecord makeRecord(const StoragePath& path, const UploadFields& fields) {
  const auto mimeType = mimeTypeOf(path.name());
  records::MediaRecord record{
      .id = fields.recordId.empty() ? newRecordId() : fields.recordId,
      .type = mediaTypeOf(mimeType),
      .filename = std::string(path.name()),
      .path = path,
      .mimeType = std::string(mimeType),
      .direction = fields.direction ? fields.direction : directionOf(path.parent()),
      .tags = fields.tags,
      .createdAt = wallClock(),
      .uploadId = fields.uploadId};
  for (const records::RecordText& text : records::kRecordTexts) {
    record.*text.ofRecord = fields.texts.*text.given;
  }
  return record;
}

void copyStoredMetadata(const Entry& entry, records::MediaRecord& record) {
  record.path = entry.path;
  record.filename = entry.path.name();
  record.size = entry.size.value_or(record.size);
  record.etag = entry.etag;
  if (record.etag && record.etag->str().size() > records::MediaRecord::kMaxEtagBytes) {
    record.etag.reset();
  }
}

}  // namespace mediadock::media
