#include "support/scripted_nextcloud/propfind.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/dav_properties.h"
#include "support/scripted_nextcloud/gzip.h"
#include "support/scripted_nextcloud/names.h"

#include <Poco/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/XML/XMLException.h>

#include <algorithm>
#include <limits>
#include <map>

namespace mediadock::scripted {

namespace {

constexpr std::uint64_t kPageSize = 100;
constexpr const char* kHead =
    "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" "
    "xmlns:s=\"http://sabredav.org/ns\" xmlns:oc=\"http://owncloud.org/ns\" "
    "xmlns:nc=\"http://nextcloud.org/ns\">";

/// The properties named in the body; nothing for all of the usual ones.
std::optional<std::vector<PropertyName>> parseBody(const std::string& body) {
  if (body.empty()) {
    return std::nullopt;
  }
  try {
    Poco::XML::DOMParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, true);
    const Poco::AutoPtr<Poco::XML::Document> document = parser.parseString(body);
    const auto* const prop = document->documentElement()->getChildElementNS(kDavNamespace, "prop");
    if (prop == nullptr) {
      return std::nullopt;
    }
    std::vector<PropertyName> names;
    for (const auto* node = prop->firstChild(); node != nullptr; node = node->nextSibling()) {
      if (node->nodeType() == Poco::XML::Node::ELEMENT_NODE) {
        names.emplace_back(node->namespaceURI(), node->localName());
      }
    }
    return names;
  } catch (const Poco::XML::XMLException& error) {
    throw badRequest(error.displayText());
  }
}

/// Opening and closing tag around `value`, or an empty element.
std::string element(const PropertyName& name, const std::string& value) {
  static const std::map<std::string, std::string> kPrefixes = {
      {"DAV:", "d"}, {"http://owncloud.org/ns", "oc"}, {"http://nextcloud.org/ns", "nc"}};
  const auto prefix = kPrefixes.find(name.first);
  const std::string tag =
      prefix == kPrefixes.end() ? "x:" + name.second : prefix->second + ":" + name.second;
  const std::string open =
      prefix == kPrefixes.end() ? tag + " xmlns:x=\"" + escapeXml(name.first) + "\"" : tag;
  return value.empty() ? "<" + open + "/>" : "<" + open + ">" + value + "</" + tag + ">";
}

std::string propstat(const std::string& properties, const std::string& status) {
  return properties.empty() ? std::string()
                            : "<d:propstat><d:prop>" + properties + "</d:prop><d:status>HTTP/1.1 " +
                                  status + "</d:status></d:propstat>";
}

std::string response(const std::string& href, const std::string& propstats) {
  return "<d:response><d:href>" + href + "</d:href>" + propstats + "</d:response>";
}

Answer toAnswer(const std::string& responses) {
  Answer answer;
  answer.status = 207;
  answer.headers = {{"Content-Type", "application/xml; charset=utf-8"},
                    {"Content-Security-Policy", "default-src 'none';"}};
  addPropfindHeaders(answer);
  answer.framing = Answer::Framing::Chunked;
  answer.body = kHead + responses + "</d:multistatus>\n";
  return answer;
}

unsigned parseDepth(const Request& request) {
  const std::string depth = request.header("Depth");
  if (depth == "infinity") {
    return std::numeric_limits<unsigned>::max();
  }
  return depth == "0" ? 0 : 1;
}

/// Below a file the server looks with other code, which has other words.
void checkParents(const Exchange& exchange) {
  for (std::string parent = exchange.path; !parent.empty();) {
    parent = parentOf(parent);
    const auto node = exchange.account.tree.find(parent);
    if (node && !node->isFolder) {
      throw DavError(
          404, "Sabre\\DAV\\Exception\\NotFound",
          "Could not find node at path: files/" + exchange.account.id + "/" + exchange.path);
    }
  }
}

}  // namespace

Answer multistatus(const Exchange& exchange, const std::vector<NodeInfo>& nodes, PropertySet set) {
  const auto asked = parseBody(exchange.request.body.readAll());
  const bool isBrief = !asked || exchange.request.header("Prefer") == "return=minimal" ||
                       exchange.request.header("Brief") == "t";
  std::string responses;
  for (const NodeInfo& node : nodes) {
    std::string known;
    std::string missing;
    for (const PropertyName& name : asked ? *asked : defaultProperties()) {
      const auto value = set == PropertySet::Files ? findProperty(name, node, exchange)
                                                   : findUploadProperty(name, node);
      (value ? known : missing) += element(name, value.value_or(""));
    }
    const bool needsSlash = node.isFolder && !node.path.empty();
    responses +=
        response(encodeHref(exchange.hrefPrefix + node.path) + (needsSlash ? "/" : ""),
                 propstat(known, "200 OK") + (isBrief ? "" : propstat(missing, "404 Not Found")));
  }
  return toAnswer(responses);
}

namespace {

std::vector<NodeInfo> listNodes(const Exchange& exchange) {
  return exchange.account.tree.list(exchange.path, parseDepth(exchange.request));
}

/// A token that is not known starts over at the first page, under a new one.
Answer listPage(const Exchange& exchange) {
  const Request& request = exchange.request;
  PagedListings& listings = exchange.account.listings;
  PagedListings::Listing listing = listings.find(request.header("X-NC-Paginate-Token"));
  std::string token;
  if (!listing) {
    listing = std::make_shared<const std::vector<NodeInfo>>(listNodes(exchange));
    token = listings.keep(listing);
  }
  const std::uint64_t asked =
      token.empty() ? request.number("X-NC-Paginate-Offset").value_or(0) : 0;
  const std::uint64_t start = std::min<std::uint64_t>(asked, listing->size());
  const std::uint64_t count = std::min<std::uint64_t>(
      request.number("X-NC-Paginate-Count").value_or(kPageSize), listing->size() - start);
  const auto first = listing->begin() + static_cast<std::ptrdiff_t>(start);
  Answer answer = multistatus(exchange, {first, first + static_cast<std::ptrdiff_t>(count)},
                              PropertySet::Files);
  answer.set("X-NC-Paginate", "true");
  if (token.empty()) {
    std::erase_if(answer.headers, [](const auto& header) { return header.first == "DAV"; });
  } else {
    answer.set("X-NC-Paginate-Token", token);
    answer.set("X-NC-Paginate-Total", std::to_string(listing->size()));
  }
  return answer;
}

}  // namespace

Answer listFiles(const Exchange& exchange) {
  checkParents(exchange);
  Answer answer = exchange.request.header("X-NC-Paginate") == "true"
                      ? listPage(exchange)
                      : multistatus(exchange, listNodes(exchange), PropertySet::Files);
  compressFor(exchange.request, answer);
  return answer;
}

Answer listForeignRoot(const Request& request, const std::string& href) {
  parseBody(request.body.readAll());
  return toAnswer(
      response(encodeHref(href),
               propstat(element({kDavNamespace, "resourcetype"}, "<d:collection/>"), "200 OK")));
}

void addPropfindHeaders(Answer& answer) {
  answer.set("Vary", "Brief,Prefer");
  answer.set("DAV", kDavClasses);
}

}  // namespace mediadock::scripted
