#include "support/scripted_nextcloud/dav_properties.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/media_types.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preconditions.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <functional>
#include <map>

namespace mediadock::scripted {

namespace {

constexpr const char* kOwnCloud = "http://owncloud.org/ns";
constexpr const char* kNextcloud = "http://nextcloud.org/ns";

using Value = std::optional<std::string>;
using Reader = std::function<Value(const NodeInfo& node, const Exchange& exchange)>;

Reader fixed(const std::string& value) {
  return [value](const NodeInfo&, const Exchange&) { return value; };
}

Reader ofFile(const std::function<std::string(const NodeInfo&)>& read) {
  return [read](const NodeInfo& node, const Exchange&) {
    return node.isFolder ? Value() : Value(read(node));
  };
}

Reader ofFolder(const std::function<std::string(const NodeInfo&)>& read) {
  return [read](const NodeInfo& node, const Exchange&) {
    return node.isFolder ? Value(read(node)) : Value();
  };
}

Reader ofBoth(const std::function<std::string(const NodeInfo&)>& read) {
  return [read](const NodeInfo& node, const Exchange&) { return Value(read(node)); };
}

std::string toIsoDate(std::time_t time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         "%Y-%m-%dT%H:%M:%S+00:00");
}

Value quotaAvailable(const NodeInfo& node, const Exchange& exchange) {
  if (!node.isFolder) {
    return std::nullopt;
  }
  const auto available = exchange.account.tree.available();
  return available ? std::to_string(*available) : "-3";
}

/// A share tells that a file may be renamed where it may be changed, whatever its folder permits.
std::string permissions(const NodeInfo& node) {
  const std::string letters = node.isUpdateOnly ? "SGNV" : "RGDNV";
  if (!node.isFolder) {
    return letters + "W";
  }
  return node.isUpdateOnly ? letters : letters + "CK";
}

Value displayName(const NodeInfo& node, const Exchange& exchange) {
  return escapeXml(node.path.empty() ? exchange.account.id : nameOf(node.path));
}

Value checksums(const NodeInfo& node, const Exchange&) {
  return node.checksum.empty() ? Value()
                               : "<oc:checksum>" + escapeXml(node.checksum) + "</oc:checksum>";
}

std::map<PropertyName, Reader> makeDavReaders() {
  const auto size = [](const NodeInfo& node) { return std::to_string(node.size); };
  const auto modified = [](const NodeInfo& node) { return toHttpDate(node.modified); };
  return {
      {{kDavNamespace, "getlastmodified"}, ofBoth(modified)},
      {{kDavNamespace, "getcontentlength"}, ofFile(size)},
      {{kDavNamespace, "getcontenttype"},
       ofFile([](const NodeInfo& node) { return listedType(nameOf(node.path)); })},
      {{kDavNamespace, "getetag"},
       ofBoth([](const NodeInfo& node) { return "&quot;" + node.etag + "&quot;"; })},
      {{kDavNamespace, "resourcetype"}, ofBoth([](const NodeInfo& node) {
         return std::string(node.isFolder ? "<d:collection/>" : "");
       })},
      {{kDavNamespace, "displayname"}, displayName},
      {{kDavNamespace, "creationdate"},
       ofBoth([](const NodeInfo& node) { return toIsoDate(node.created); })},
      {{kDavNamespace, "quota-available-bytes"}, quotaAvailable},
      {{kDavNamespace, "quota-used-bytes"}, ofFolder(size)},
  };
}

std::map<PropertyName, Reader> makeOwnCloudReaders() {
  return {
      {{kOwnCloud, "id"},
       [](const NodeInfo& node, const Exchange& exchange) {
         return Value(toOcFileId(node.fileId, exchange.instanceId));
       }},
      {{kOwnCloud, "fileid"},
       ofBoth([](const NodeInfo& node) { return std::to_string(node.fileId); })},
      {{kOwnCloud, "permissions"}, ofBoth(permissions)},
      {{kOwnCloud, "size"}, ofBoth([](const NodeInfo& node) { return std::to_string(node.size); })},
      {{kOwnCloud, "checksums"}, checksums},
      {{kOwnCloud, "favorite"}, fixed("0")},
      {{kOwnCloud, "downloadURL"}, ofFile([](const NodeInfo&) { return ""; })},
      {{kOwnCloud, "owner-id"},
       [](const NodeInfo&, const Exchange& exchange) { return Value(exchange.account.id); }},
      {{kOwnCloud, "owner-display-name"},
       [](const NodeInfo&, const Exchange& exchange) { return Value(exchange.account.id); }},
      {{kOwnCloud, "share-types"}, fixed("")},
      {{kOwnCloud, "comments-unread"}, fixed("0")},
      {{kOwnCloud, "tags"}, fixed("")},
  };
}

std::map<PropertyName, Reader> makeNextcloudReaders() {
  return {
      {{kNextcloud, "has-preview"}, ofBoth([](const NodeInfo& node) {
         return !node.isFolder && hasPreview(nameOf(node.path)) ? "true" : "false";
       })},
      {{kNextcloud, "mount-type"}, fixed("")},
      {{kNextcloud, "is-mount-root"}, fixed("false")},
      {{kNextcloud, "contained-folder-count"},
       ofFolder([](const NodeInfo& node) { return std::to_string(node.folders); })},
      {{kNextcloud, "contained-file-count"},
       ofFolder([](const NodeInfo& node) { return std::to_string(node.files); })},
      {{kNextcloud, "creation_time"},
       ofBoth([](const NodeInfo& node) { return std::to_string(node.created); })},
      {{kNextcloud, "upload_time"},
       ofFile([](const NodeInfo& node) { return std::to_string(node.uploaded); })},
      {{kNextcloud, "hidden"}, fixed("false")},
      {{kNextcloud, "rich-workspace"}, ofFolder([](const NodeInfo&) { return ""; })},
      {{kNextcloud, "share-attributes"}, fixed("[]")},
  };
}

const std::map<PropertyName, Reader>& readers() {
  static const std::map<PropertyName, Reader> all = [] {
    std::map<PropertyName, Reader> merged = makeDavReaders();
    merged.merge(makeOwnCloudReaders());
    merged.merge(makeNextcloudReaders());
    return merged;
  }();
  return all;
}

}  // namespace

const std::vector<PropertyName>& defaultProperties() {
  static const std::vector<PropertyName> names = {
      {kDavNamespace, "getlastmodified"},       {kDavNamespace, "getcontentlength"},
      {kDavNamespace, "resourcetype"},          {kDavNamespace, "quota-used-bytes"},
      {kDavNamespace, "quota-available-bytes"}, {kDavNamespace, "getetag"},
      {kDavNamespace, "getcontenttype"}};
  return names;
}

std::optional<std::string> findProperty(const PropertyName& name, const NodeInfo& node,
                                        const Exchange& exchange) {
  const auto reader = readers().find(name);
  return reader == readers().end() ? std::nullopt : reader->second(node, exchange);
}

std::optional<std::string> findUploadProperty(const PropertyName& name, const NodeInfo& node) {
  if (name.first != kDavNamespace) {
    return std::nullopt;
  }
  if (name.second == "getlastmodified") {
    return toHttpDate(node.modified);
  }
  if (name.second == "resourcetype") {
    return node.isFolder ? "<d:collection/>" : "";
  }
  if (name.second == "getcontentlength" && !node.isFolder) {
    return std::to_string(node.size);
  }
  if (name.second == "getetag" && !node.isFolder) {
    return "&quot;" + node.etag + "&quot;";
  }
  return std::nullopt;
}

}  // namespace mediadock::scripted
