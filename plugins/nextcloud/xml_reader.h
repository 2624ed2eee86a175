#pragma once

/// \file
/// Namespace-aware XML, fed in pieces of any size, with limits against hostile documents.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// Receives what an `XmlReader` finds. Elements are named `NAMESPACE|LOCAL`. May throw: `feed`
/// passes it on.
class IXmlHandler {
 public:
  virtual ~IXmlHandler() = default;

  virtual void startElement(std::string_view name) = 0;
  virtual void endElement(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

/// Refuses document type and entity declarations, and elements nested deeper than 64. Attributes
/// are not reported: WebDAV needs none.
class XmlReader {
 public:
  explicit XmlReader(IXmlHandler& handler);
  ~XmlReader();

  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// \throws StorageError `Protocol` where this is no XML or a limit is passed.
  void feed(std::string_view bytes);

  /// \throws StorageError `Truncated` where the document is not complete.
  void finish();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock
