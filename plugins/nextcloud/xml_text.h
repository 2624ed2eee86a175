#pragma once

/// \file
/// Characters and references of XML 1.0 (§2.2, §2.11, §4.1).

#include <cstddef>
#include <string>
#include <string_view>

namespace mediadock {

class IXmlHandler;

/// What stands between two tags.
struct XmlText {
  std::string_view text;
  /// More of it may come.
  bool isOpen = false;
};

/// Gives `text` in pieces to `handler`: references resolved, line ends as XML has them. Returns how
/// many of its bytes were read: where it is open, a reference or character may be cut at its end.
/// \throws StorageError `Protocol` for what no text may hold.
std::size_t readXmlText(const XmlText& text, IXmlHandler& handler);

/// The value of an attribute, references resolved.
/// \throws StorageError `Protocol`.
std::string decodeXmlValue(std::string_view value);

/// \throws StorageError `Protocol` for characters that XML does not have, and for what is no UTF-8.
void requireXmlCharacters(std::string_view text);

/// `text` with a line feed for each end of a line.
std::string withXmlLineEnds(std::string_view text);

}  // namespace mediadock
