#include "unit/support/multistatus_meaning.h"

#include <Poco/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/RegularExpression.h>

#include <functional>
#include <set>

namespace mediadock {

namespace {

using Poco::XML::Element;

constexpr const char* kDav = "DAV:";

Poco::AutoPtr<Poco::XML::Document> parse(const std::string& xml) {
  Poco::XML::DOMParser parser;
  parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, true);
  return parser.parseString(xml);
}

void forEachChild(const Element& parent, const std::function<void(const Element&)>& visit) {
  for (const auto* node = parent.firstChild(); node != nullptr; node = node->nextSibling()) {
    if (const auto* const element = dynamic_cast<const Element*>(node)) {
      visit(*element);
    }
  }
}

std::string comparableValue(const Element& property) {
  static const std::set<std::string> kSame = {"creationdate",
                                              "displayname",
                                              "getcontentlength",
                                              "getcontenttype",
                                              "permissions",
                                              "has-preview",
                                              "quota-available-bytes",
                                              "checksums",
                                              "downloadURL",
                                              "favorite",
                                              "mount-type",
                                              "share-attributes",
                                              "owner-id",
                                              "creation_time",
                                              "is-mount-root"};
  const std::string name = property.localName();
  if (name == "getetag") {
    return etagShape(property.innerText());
  }
  if (name == "resourcetype") {
    return property.getChildElementNS(kDav, "collection") != nullptr ? "folder" : "file";
  }
  return kSame.contains(name) ? property.innerText() : "any";
}

PropertyMeaning readResponse(const Element& response) {
  PropertyMeaning meaning;
  forEachChild(response, [&](const Element& propstat) {
    const Element* const prop = propstat.getChildElementNS(kDav, "prop");
    const Element* const status = propstat.getChildElementNS(kDav, "status");
    if (prop == nullptr || status == nullptr) {
      return;
    }
    const bool isMissing = status->innerText().find(" 404 ") != std::string::npos;
    forEachChild(*prop, [&](const Element& property) {
      meaning["{" + property.namespaceURI() + "}" + property.localName()] =
          isMissing ? "404" : comparableValue(property);
    });
  });
  return meaning;
}

}  // namespace

MultistatusMeaning readMultistatus(const std::string& xml) {
  const auto document = parse(xml);
  MultistatusMeaning meaning;
  forEachChild(*document->documentElement(), [&](const Element& response) {
    meaning[response.getChildElementNS(kDav, "href")->innerText()] = readResponse(response);
  });
  return meaning;
}

std::map<std::string, std::string> readDavError(const std::string& xml) {
  const auto document = parse(xml);
  std::map<std::string, std::string> parts;
  forEachChild(*document->documentElement(), [&](const Element& part) {
    const std::string name = part.localName();
    // The words vary from release to release, and the reason repeats them.
    parts[name] = name == "message" || name == "reason" ? "any" : part.innerText();
  });
  return parts;
}

std::string etagShape(const std::string& etag) {
  static const Poco::RegularExpression kHex("^\"[0-9a-f]+\"$");
  return kHex.match(etag) ? "\"hex" + std::to_string(etag.size() - 2) + "\"" : etag;
}

}  // namespace mediadock
