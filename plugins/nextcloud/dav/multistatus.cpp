#include "dav/multistatus.h"

#include "http/http_head.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Longer than the text of any real property or href.
constexpr std::size_t kMaxFieldBytes = 16384;

/// The status in a line such as `HTTP/1.1 200 OK`; 0 if it is malformed.
int parseStatus(std::string_view line) {
  const auto space = line.find(' ');
  if (!line.starts_with("HTTP/") || space == std::string_view::npos) {
    return 0;
  }
  return static_cast<int>(http_client::parseDecimal(line.substr(space + 1, 3)).value_or(0));
}

bool isSuccess(int status) {
  return status >= 200 && status < 300;
}

constexpr bool isBlank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void trim(std::string& text) {
  while (!text.empty() && isBlank(text.back())) {
    text.pop_back();
  }
  const auto first = std::find_if_not(text.begin(), text.end(), isBlank);
  text.erase(text.begin(), first);
}

/// The elements that are evaluated.
enum Element : unsigned {
  kOther,
  kMultistatus,
  kResponse,
  kHref,
  kStatus,
  kPropstat,
  kCollection,
  kPrincipal,
  kFirstProperty,
};

/// The properties, numbered from `kFirstProperty`.
struct Property {
  std::string_view name;
  std::string DavItem::*field;
};

constexpr std::array<Property, 8> kProperties{{
    {"DAV:|getcontentlength", &DavItem::contentLength},
    {"DAV:|getlastmodified", &DavItem::lastModified},
    {"DAV:|getetag", &DavItem::etag},
    {"DAV:|getcontenttype", &DavItem::contentType},
    {"DAV:|quota-used-bytes", &DavItem::quotaUsed},
    {"DAV:|quota-available-bytes", &DavItem::quotaAvailable},
    {"http://owncloud.org/ns|fileid", &DavItem::fileId},
    {"http://owncloud.org/ns|permissions", &DavItem::permissions},
}};

/// All fields that a propstat may fill.
constexpr std::array<std::string DavItem::*, 9> kFields{
    &DavItem::contentLength,  &DavItem::lastModified, &DavItem::etag,
    &DavItem::contentType,    &DavItem::fileId,       &DavItem::quotaUsed,
    &DavItem::quotaAvailable, &DavItem::principal,    &DavItem::permissions};

/// Clears the item but keeps its memory.
void reset(DavItem& item) {
  item.href.clear();
  item.status = 0;
  item.hasProperties = false;
  item.isCollection = false;
  for (const auto field : kFields) {
    (item.*field).clear();
  }
}

}  // namespace

MultistatusParser::MultistatusParser(Sink sink) : sink_(std::move(sink)), reader_(*this) {}

void MultistatusParser::feed(std::string_view bytes) {
  reader_.feed(bytes);
}

void MultistatusParser::finish() {
  reader_.finish();
}

unsigned MultistatusParser::idOf(std::string_view name) {
  constexpr std::pair<std::string_view, Element> kElements[] = {
      {"DAV:|multistatus", kMultistatus},
      {"DAV:|response", kResponse},
      {"DAV:|href", kHref},
      {"DAV:|status", kStatus},
      {"DAV:|propstat", kPropstat},
      {"DAV:|collection", kCollection},
      {"DAV:|current-user-principal", kPrincipal}};
  for (const auto& [known, id] : kElements) {
    if (known == name) {
      return id;
    }
  }
  const auto* const property =
      std::find_if(kProperties.begin(), kProperties.end(),
                   [name](const Property& candidate) { return candidate.name == name; });
  return property == kProperties.end()
             ? kOther
             : kFirstProperty + static_cast<unsigned>(property - kProperties.begin());
}

void MultistatusParser::startElement(const Name& name) {
  ++depth_;
  field_ = nullptr;
  if (depth_ == 1) {
    if (name.id != kMultistatus) {
      throw StorageError(StorageErrc::Protocol, "the storage's answer is no multistatus");
    }
  } else if (depth_ == 2 && name.id == kResponse) {
    reset(item_);
  } else if (depth_ >= 3) {
    startInItem(name.id);
  }
}

void MultistatusParser::startInItem(unsigned id) {
  if (depth_ == 3 && id == kHref) {
    field_ = &item_.href;
  } else if (id == kStatus && (depth_ == 3 || (depth_ == 4 && isInPropstat_))) {
    status_.clear();
    field_ = &status_;
  } else if (depth_ == 3 && id == kPropstat) {
    isInPropstat_ = true;
    reset(candidate_);
    status_.clear();
  } else if (isInPropstat_ && depth_ == 5) {
    field_ = id >= kFirstProperty ? &(candidate_.*kProperties[id - kFirstProperty].field) : nullptr;
    isInPrincipal_ = id == kPrincipal;
  } else if (isInPropstat_ && depth_ == 6) {
    candidate_.isCollection = candidate_.isCollection || id == kCollection;
    field_ = isInPrincipal_ && id == kHref ? &candidate_.principal : nullptr;
  }
}

void MultistatusParser::endElement(const Name& name) {
  field_ = nullptr;
  if (depth_ == 3 && name.id == kPropstat) {
    endPropstat();
  } else if (depth_ == 3 && name.id == kStatus) {
    item_.status = parseStatus(status_);
  } else if (depth_ == 2 && name.id == kResponse) {
    trim(item_.href);
    sink_(std::move(item_));
  }
  --depth_;
}

void MultistatusParser::endPropstat() {
  isInPropstat_ = false;
  if (!isSuccess(parseStatus(status_))) {
    return;
  }
  item_.hasProperties = true;
  item_.isCollection = item_.isCollection || candidate_.isCollection;
  for (const auto field : kFields) {
    auto& text = candidate_.*field;
    trim(text);
    if (!text.empty()) {
      (item_.*field).swap(text);
    }
  }
}

void MultistatusParser::text(std::string_view text) {
  if (field_ == nullptr) {
    return;
  }
  if (field_->size() + text.size() > kMaxFieldBytes) {
    throw StorageError(StorageErrc::Protocol, "a property in the storage's listing is too long");
  }
  field_->append(text);
}

}  // namespace mediadock::nextcloud
