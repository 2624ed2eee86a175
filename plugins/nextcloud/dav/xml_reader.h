#pragma once

/// \file
/// Incremental, namespace-aware XML parser with limits against hostile documents.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// Receives the events of an `XmlReader`. May throw; `feed` passes the exception on.
class IXmlHandler {
 public:
  struct Name {
    /// `NAMESPACE|LOCAL`, or only the local name if it has no namespace.
    std::string_view text;
    /// The result of `idOf`.
    unsigned id;
  };

  virtual ~IXmlHandler() = default;

  /// The handler's number for elements of this name. Called once per name.
  virtual unsigned idOf(std::string_view /*name*/) { return 0; }

  virtual void startElement(const Name& name) = 0;
  virtual void endElement(const Name& name) = 0;

  /// Text within the current element, in pieces.
  virtual void text(std::string_view text) = 0;
};

/// Memory is bounded, however long the document: rejects document type and entity declarations,
/// elements nested deeper than 64, more distinct names of elements, attributes and prefixes than
/// any listing has, and a tag, comment or processing instruction longer than `kMaxTokenBytes`.
/// Attributes are not reported: WebDAV needs none.
class XmlReader {
 public:
  /// Expat buffers a piece of markup until it is complete.
  static constexpr std::size_t kMaxTokenBytes = 262144;

  explicit XmlReader(IXmlHandler& handler);
  ~XmlReader();

  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// \throws StorageError `Protocol` if this is not XML or a limit is exceeded.
  void feed(std::string_view bytes);

  /// \throws StorageError `Truncated` if the document is incomplete.
  void finish();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock::nextcloud
