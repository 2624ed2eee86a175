#include "http/uploads/upload_form_fields.h"

#include "http/exchange/json_body.h"
#include "http/syntax/content_digest.h"
#include "http/syntax/digest.h"
#include "http/syntax/problem_exception.h"
#include "media/rules/new_record.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

namespace mediadock::http {
namespace {

/// As sent by rclone and ownCloud with tus.
constexpr std::string_view kMtime = "mtime";
/// As in a browser's `File`.
constexpr std::string_view kLastModified = "lastModified";

[[noreturn]] void refuseField(std::string detail) {
  throw ProblemException(400, std::move(detail));
}

records::Direction directionOf(const std::string& value) {
  const auto direction = records::parseDirection(value);
  if (!direction) {
    refuseField("the field 'direction' must be sent, received or internal");
  }
  return *direction;
}

std::uint64_t sizeOf(const std::string& value) {
  std::uint64_t size = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, size);
  if (error != std::errc() || stop != end) {
    refuseField("the field 'size' must be a whole number of bytes");
  }
  return size;
}

/// \param unit of `value`, in seconds.
Timestamp timeOf(const std::string& name, const std::string& value, double unit) {
  constexpr double kLast = 1e11;
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number, std::chars_format::fixed);
  const double seconds = number * unit;
  // Negated, so that NaN is rejected.
  if (error != std::errc() || stop != end || !(std::abs(seconds) < kLast)) {
    refuseField("the field '" + name + "' must be a time in " +
                (unit == 1 ? "seconds" : "milliseconds") + " since 1970");
  }
  return Timestamp(std::chrono::microseconds(std::llround(seconds * 1e6)));
}

std::string sha256Of(const std::string& value) {
  if (!isSha256Hex(value)) {
    refuseField("the field 'sha256' must be 64 hex digits");
  }
  return base::toLowerAscii(value);
}

/// The text of this name; null if there is none.
std::string* textOf(records::RecordTexts& texts, std::string_view name) {
  const auto found = std::ranges::find(records::kRecordTexts, name, &records::RecordText::name);
  return found == std::end(records::kRecordTexts) ? nullptr : &(texts.*found->given);
}

/// A caller's name may have any characters and length; the field is more restricted.
bool isText(std::string_view name) {
  return name.size() <= records::MediaRecord::kMaxTextBytes && isValidUtf8(name) &&
         std::none_of(name.begin(), name.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

UploadFormFields::UploadFormFields(const Headers& headers, const Caller& caller) : caller_(caller) {
  if (isText(caller.name)) {
    fields_.texts.uploadedBy = caller.name;
  }
  if (const auto ifNoneMatch = headers.joined("If-None-Match")) {
    if (base::trimmed(*ifNoneMatch) != "*") {
      refuseField("an upload takes If-None-Match only as *");
    }
    asksForNew_ = true;
    fields_.onConflict = media::OnConflict::Fail;
  }
  if (const auto ifMatch = headers.joined("If-Match")) {
    fields_.ifMatch = ETag::parse(base::trimmed(*ifMatch));
    if (!fields_.ifMatch || asksForNew_) {
      refuseField("an upload takes If-Match only as one etag, and not beside If-None-Match");
    }
    fields_.onConflict = media::OnConflict::Replace;
  }
}

void UploadFormFields::addField(std::string_view name, const std::string& value) {
  if (name == "tags") {
    addTags(value);
  } else if (isFolderField(name)) {
    addPath(value);
  } else if (name == "size") {
    nextSize_ = sizeOf(value);
  } else if (name == kMtime || name == kLastModified) {
    addTime(name, value);
  } else {
    addSingle(name, value);
  }
  media::checkFields(fields_);
}

void UploadFormFields::addSingle(std::string_view name, const std::string& value) {
  std::string* const text = textOf(fields_.texts, name);
  const bool isKnown =
      text != nullptr || name == "direction" || name == "sha256" || name == "on_conflict";
  if (isKnown && !seen_.emplace(name).second) {
    refuseField("the field '" + std::string(name) + "' is there twice");
  }
  if (text != nullptr) {
    *text = value;
  } else if (name == "direction" && !value.empty()) {
    fields_.direction = directionOf(value);
  } else if (name == "sha256" && !value.empty()) {
    fields_.sha256 = sha256Of(value);
  } else if (name == "on_conflict") {
    addOnConflict(value);
  }
}

media::UploadFields UploadFormFields::startFile(const Part& part) {
  media::UploadFields fields = fields_;
  fields.declaredType = part.contentType;
  fields.size = nextSize_ ? nextSize_ : part.contentLength;
  if (nextSize_ && part.contentLength && nextSize_ != part.contentLength) {
    refuseField("the field 'size' and the part's Content-Length differ");
  }
  nextSize_.reset();
  fields.modifiedAt = std::exchange(nextTime_, std::nullopt);
  fields.isTargetFinal =
      fields.folder && (asksForNew_ || fields.ifMatch || seen_.contains("on_conflict"));
  return fields;
}

media::UploadFields UploadFormFields::finish(const std::string& digest,
                                             std::size_t fileCount) const {
  if (nextSize_) {
    refuseField("the field 'size' must stand before its file");
  }
  if (nextTime_) {
    refuseField("the time of a file ('mtime', 'lastModified') must stand before it");
  }
  if (!fields_.sha256.empty() && fileCount > 1) {
    refuseField("the field 'sha256' cannot belong to several files; give each a Content-Digest");
  }
  media::UploadFields fields = fields_;
  if (!digest.empty() && !fields.sha256.empty() && digest != fields.sha256) {
    refuseField("digest mismatch: the field 'sha256' and the Content-Digest differ");
  }
  if (fields.sha256.empty()) {
    fields.sha256 = digest;
  }
  return fields;
}

void UploadFormFields::addPath(const std::string& value) {
  const StoragePath folder = StoragePath::parse(value);
  caller_.requireReach(folder);
  if (fields_.folder && *fields_.folder != folder) {
    refuseField("the form names two destination folders");
  }
  fields_.folder = folder;
}

void UploadFormFields::addTime(std::string_view name, const std::string& value) {
  if (value.empty()) {
    return;
  }
  const auto time = timeOf(std::string(name), value, name == kMtime ? 1 : 0.001);
  if (nextTime_ && nextTime_ != time) {
    refuseField("the form names two times of one file");
  }
  nextTime_ = time;
}

void UploadFormFields::addTags(const std::string& value) {
  if (base::trimmed(value).starts_with('[')) {
    for (std::string& tag : parseTagArray(value)) {
      fields_.tags.push_back(std::move(tag));
    }
    return;
  }
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    const auto tag = base::trimmed(std::string_view(value).substr(begin, end - begin));
    if (!tag.empty()) {
      fields_.tags.emplace_back(tag);
    }
    begin = end + 1;
  }
}

void UploadFormFields::addOnConflict(const std::string& value) {
  if (value != "rename" && value != "replace" && value != "fail") {
    refuseField("the field 'on_conflict' must be rename, replace or fail");
  }
  if (asksForNew_ || fields_.ifMatch) {
    return;
  }
  fields_.onConflict = value == "rename"    ? media::OnConflict::Rename
                       : value == "replace" ? media::OnConflict::Replace
                                            : media::OnConflict::Fail;
}

bool isFolderField(std::string_view name) noexcept {
  return name == "path" || name == "nextcloud_path";
}

std::string digestOf(const Part& part) {
  const auto header = part.headers.joined("Content-Digest");
  return header ? contentDigestSha256(*header).value_or("") : "";
}

}  // namespace mediadock::http
