#pragma once

/// \file
/// A 207 answer (RFC 4918 §13), read as it arrives.

#include "dav/xml_reader.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace mediadock {

/// One `d:response`, as text. Fields that the server did not give with a 2xx status stay empty.
struct DavItem {
  std::string href;
  /// The response's own status, where it has one instead of properties; else 0.
  int status = 0;
  /// Whether some properties came with a 2xx status.
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

/// Hands out items as they come, and takes back the memory of what the sink leaves of one. Elements
/// are matched by namespace and local name, whatever their prefix; unknown ones are skipped. The
/// document is never held.
class MultistatusParser final : private IXmlHandler {
 public:
  using Sink = std::function<void(DavItem&&)>;

  explicit MultistatusParser(Sink sink);

  /// \throws StorageError `Protocol` where this is no multistatus; what the sink throws.
  void feed(std::string_view bytes);

  /// \throws StorageError `Truncated` where the document broke off.
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
  /// The properties of the present propstat, which count only with a 2xx status.
  DavItem candidate_;
  std::string status_;
  std::string* field_ = nullptr;
  std::size_t depth_ = 0;
  bool isInPropstat_ = false;
  bool isInPrincipal_ = false;
  XmlReader reader_;
};

}  // namespace mediadock
