#pragma once

/// \file
/// Parses a 207 response (RFC 4918 §13) as it arrives.

#include "dav/xml_reader.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// One `d:response`, as text. Fields without a 2xx status are empty.
struct DavItem {
  std::string href;
  /// The status of the response itself, if it has one instead of properties; otherwise 0.
  int status = 0;
  /// Whether it has properties with a 2xx status.
  bool hasProperties = false;
  bool isCollection = false;
  std::string contentLength;
  std::string lastModified;
  std::string etag;
  std::string contentType;
  std::string fileId;
  std::string permissions;
  std::string quotaUsed;
  std::string quotaAvailable;
  /// The href within `d:current-user-principal`.
  std::string principal;
};

/// Passes each item to a sink as it completes; reuses the memory that the sink leaves in it.
/// Elements are matched by namespace and local name, regardless of their prefix; unknown ones are
/// skipped. The document is never held in memory as a whole.
class MultistatusParser final : private IXmlHandler {
 public:
  using Sink = std::function<void(DavItem&&)>;

  explicit MultistatusParser(Sink sink);

  /// \throws StorageError `Protocol` if this is not a multistatus; whatever the sink throws.
  void feed(std::string_view bytes);

  /// \throws StorageError `Truncated` if the document is incomplete.
  void finish();

 private:
  unsigned idOf(std::string_view name) override;
  void startElement(const Name& name) override;
  void endElement(const Name& name) override;
  void text(std::string_view text) override;

  void startInItem(unsigned id);
  void endPropstat();

  Sink sink_;
  DavItem item_;
  /// The properties of the current propstat, which count only with a 2xx status.
  DavItem candidate_;
  std::string status_;
  std::string* field_ = nullptr;
  std::size_t depth_ = 0;
  bool isInPropstat_ = false;
  bool isInPrincipal_ = false;
  XmlReader reader_;
};

}  // namespace mediadock::nextcloud
