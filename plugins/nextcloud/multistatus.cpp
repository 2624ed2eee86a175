#include "multistatus.h"

#include "http_head.h"
#include "mediadock/storage_error.h"

#include <utility>

namespace mediadock {
namespace {

/// A property's or an href's text that is longer than any real one.
constexpr std::size_t kMaxFieldBytes = 16384;

/// Of `HTTP/1.1 200 OK`; 0 where it is something else.
int parseStatus(std::string_view line) {
  const auto space = line.find(' ');
  if (!line.starts_with("HTTP/") || space == std::string_view::npos) {
    return 0;
  }
  return static_cast<int>(parseDecimal(line.substr(space + 1, 3)).value_or(0));
}

bool isSuccess(int status) {
  return status >= 200 && status < 300;
}

void trim(std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  const auto last = text.find_last_not_of(" \t\r\n");
  text = first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace

MultistatusParser::MultistatusParser(Sink sink) : sink_(std::move(sink)), reader_(*this) {}

void MultistatusParser::feed(std::string_view bytes) {
  reader_.feed(bytes);
}

void MultistatusParser::finish() {
  reader_.finish();
}

void MultistatusParser::startElement(std::string_view name) {
  ++depth_;
  field_ = nullptr;
  if (depth_ == 1) {
    if (name != "DAV:|multistatus") {
      throw StorageError(StorageErrc::Protocol, "the storage's answer is no multistatus");
    }
  } else if (depth_ == 2 && name == "DAV:|response") {
    item_ = {};
  } else if (depth_ >= 3) {
    startInItem(name);
  }
}

void MultistatusParser::startInItem(std::string_view name) {
  if (depth_ == 3 && name == "DAV:|href") {
    field_ = &item_.href;
  } else if (name == "DAV:|status" && (depth_ == 3 || (depth_ == 4 && isInPropstat_))) {
    status_.clear();
    field_ = &status_;
  } else if (depth_ == 3 && name == "DAV:|propstat") {
    isInPropstat_ = true;
    candidate_ = {};
    status_.clear();
  } else if (isInPropstat_ && depth_ == 5) {
    field_ = propertyField(name);
    isInPrincipal_ = name == "DAV:|current-user-principal";
  } else if (isInPropstat_ && depth_ == 6) {
    candidate_.isCollection = candidate_.isCollection || name == "DAV:|collection";
    field_ = isInPrincipal_ && name == "DAV:|href" ? &candidate_.principal : nullptr;
  }
}

std::string* MultistatusParser::propertyField(std::string_view name) {
  struct Known {
    std::string_view name;
    std::string DavItem::*field;
  };

  static constexpr Known kKnown[] = {
      {"DAV:|getcontentlength", &DavItem::contentLength},
      {"DAV:|getlastmodified", &DavItem::lastModified},
      {"DAV:|getetag", &DavItem::etag},
      {"DAV:|getcontenttype", &DavItem::contentType},
      {"DAV:|quota-used-bytes", &DavItem::quotaUsed},
      {"DAV:|quota-available-bytes", &DavItem::quotaAvailable},
      {"http://owncloud.org/ns|fileid", &DavItem::fileId},
  };
  for (const auto& known : kKnown) {
    if (known.name == name) {
      return &(candidate_.*known.field);
    }
  }
  return nullptr;
}

void MultistatusParser::endElement(std::string_view name) {
  field_ = nullptr;
  if (depth_ == 3 && name == "DAV:|propstat") {
    endPropstat();
  } else if (depth_ == 3 && name == "DAV:|status") {
    item_.status = parseStatus(status_);
  } else if (depth_ == 2 && name == "DAV:|response") {
    trim(item_.href);
    sink_(std::exchange(item_, {}));
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
  for (const auto field :
       {&DavItem::contentLength, &DavItem::lastModified, &DavItem::etag, &DavItem::contentType,
        &DavItem::fileId, &DavItem::quotaUsed, &DavItem::quotaAvailable, &DavItem::principal}) {
    trim(candidate_.*field);
    if (!(candidate_.*field).empty()) {
      item_.*field = std::move(candidate_.*field);
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

}  // namespace mediadock
