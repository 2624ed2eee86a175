#include "dav/dav_error_body.h"

#include "dav/xml_reader.h"
#include "http/client/http_response.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kMaxTextBytes = 300;

class ErrorHandler final : public IXmlHandler {
 public:
  explicit ErrorHandler(DavErrorBody& body) : body_(body) {}

  void startElement(const Name& name) override {
    field_ = name.text == "http://sabredav.org/ns|exception" ? &body_.exception
             : name.text == "http://sabredav.org/ns|message" ? &body_.message
                                                             : nullptr;
  }

  void endElement(const Name& /*name*/) override { field_ = nullptr; }

  void text(std::string_view text) override {
    if (field_ != nullptr && field_->size() < kMaxTextBytes) {
      field_->append(text);
    }
  }

 private:
  DavErrorBody& body_;
  std::string* field_ = nullptr;
};

/// Reads the message of an OCS response; returns false if `body` is not one.
bool readOcs(const std::string& body, DavErrorBody& result) {
  if (!body.starts_with('{')) {
    return false;
  }
  try {
    Poco::JSON::Parser parser;
    const auto json = parser.parse(body).extract<Poco::JSON::Object::Ptr>();
    const auto ocs = json ? json->getObject("ocs") : nullptr;
    const auto meta = ocs ? ocs->getObject("meta") : nullptr;
    if (!meta) {
      return false;
    }
    result.isOcs = true;
    result.message = meta->optValue<std::string>("message", "");
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

/// Converts to one line without control characters, cut at a character boundary.
std::string clean(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isBlank = byte <= 0x20 || byte == 0x7f;
    if (!isBlank) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
    if (result.size() >= kMaxTextBytes) {
      break;
    }
  }
  while (!result.empty() && (result.back() == ' ' || !isValidUtf8(result))) {
    result.pop_back();
  }
  return result;
}

/// Removes paths on the server's disk, which must not leak: words that start with a slash and
/// contain another one, or start with a drive letter.
std::string withoutServerPaths(std::string_view text) {
  constexpr std::string_view kEnds = " \"'<>|,;()[]{}";
  // More is never shown, and the scan below is quadratic in the worst case.
  text = text.substr(0, 4 * kMaxTextBytes);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool isStart = at == 0 || kEnds.find(text[at - 1]) != std::string_view::npos ||
                         text[at - 1] == ':' || text[at - 1] == '=';
    const auto word = text.substr(at, text.find_first_of(kEnds, at) - at);
    const bool isPath = isStart && word.size() > 1 && word.front() == '/' && word[1] != '/' &&
                        word.find('/', 1) != std::string_view::npos;
    const bool isDrive = isStart && word.size() > 3 && word[1] == ':' && word[2] == '\\';
    if (isPath || isDrive) {
      result += "(path)";
      at += word.size();
    } else {
      result += text[at++];
    }
  }
  return result;
}

/// The text outside the tags of a page.
std::string withoutTags(std::string_view body) {
  std::string result;
  bool isTag = false;
  for (const char c : body) {
    if (c == '<') {
      isTag = true;
      result += ' ';
    } else if (c == '>') {
      isTag = false;
    } else if (!isTag) {
      result += c;
    }
  }
  return result;
}

}  // namespace

DavErrorBody parseDavErrorBody(std::string_view body) {
  body = body.substr(0, http_client::kMaxErrorBodyBytes);
  DavErrorBody result;
  if (readOcs(std::string(body), result)) {
    return {.message = clean(result.message), .isOcs = true};
  }
  try {
    ErrorHandler handler(result);
    XmlReader reader(handler);
    reader.feed(body);
  } catch (const StorageError&) {
    // Not XML, or malformed: what was found up to here counts.
  }
  if (result.exception.empty() && result.message.empty()) {
    result.message = withoutTags(body);
  }
  return {.exception = clean(result.exception),
          .message = clean(withoutServerPaths(result.message))};
}

}  // namespace mediadock::nextcloud
