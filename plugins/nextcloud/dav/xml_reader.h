#pragma once

/// \file
/// Namespace-aware XML, fed in pieces of any size, with limits against hostile documents.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// Receives what an `XmlReader` finds. May throw: `feed` passes it on.
class IXmlHandler {
 public:
  struct Name {
    /// `NAMESPACE|LOCAL`, or the local name alone where it is in no namespace.
    std::string_view text;
    /// What `idOf` said.
    unsigned id;
  };

  virtual ~IXmlHandler() = default;

  /// A number by which the handler wants to tell elements of this name. Asked once for each.
  virtual unsigned idOf(std::string_view /*name*/) { return 0; }

  virtual void startElement(const Name& name) = 0;
  virtual void endElement(const Name& name) = 0;

  /// Text within the present element, in pieces.
  virtual void text(std::string_view text) = 0;
};

/// Refuses document type and entity declarations, elements nested deeper than 64, more different
/// names of elements, attributes and prefixes than any listing has, and a tag, comment or
/// processing instruction longer than `kMaxTokenBytes`: so its memory is bounded, however long the
/// document. Attributes are not reported: WebDAV needs none.
class XmlReader {
 public:
  /// Expat keeps a piece of markup until it is whole.
  static constexpr std::size_t kMaxTokenBytes = 262144;

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
