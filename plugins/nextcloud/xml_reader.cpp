#include "xml_reader.h"

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"
#include "xml_names.h"
#include "xml_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxTokenBytes = 1U << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kComment = "<!--";
constexpr std::string_view kCharacterData = "<![CDATA[";
constexpr std::string_view kDoctype = "<!DOCTYPE";
/// More of it has to come.
constexpr std::size_t kIncomplete = 0;

constexpr bool isBlank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void skipBlanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

struct Attribute {
  std::string_view name;
  std::string_view value;
};

/// Takes the first attribute from `text`, which begins with blanks.
Attribute takeAttribute(std::string_view& text) {
  if (!isBlank(text.front())) {
    refuseXml("no blank before an attribute");
  }
  skipBlanks(text);
  Attribute attribute;
  attribute.name = text.substr(0, text.find_first_of(" \t\r\n=\"'"));
  text.remove_prefix(attribute.name.size());
  skipBlanks(text);
  if (!text.starts_with('=')) {
    refuseXml("an attribute without value");
  }
  text.remove_prefix(1);
  skipBlanks(text);
  const auto end = text.empty() ? std::string_view::npos : text.find(text.front(), 1);
  if (end == std::string_view::npos || (text.front() != '"' && text.front() != '\'')) {
    refuseXml("an attribute's value is not quoted");
  }
  attribute.value = text.substr(1, end - 1);
  text.remove_prefix(end + 1);
  return attribute;
}

/// Where the tag at the beginning of `markup` ends, quotes heeded.
std::size_t endOfTag(std::string_view markup) {
  for (std::size_t at = 1; at < markup.size(); ++at) {
    const char c = markup[at];
    if (c == '>') {
      return at;
    }
    if (c == '<') {
      refuseXml("a tag within a tag");
    }
    if (c == '"' || c == '\'') {
      at = markup.find(c, at + 1);
      if (at == std::string_view::npos) {
        return at;
      }
    }
  }
  return std::string_view::npos;
}

}  // namespace

class XmlReader::Engine {
 public:
  explicit Engine(IXmlHandler& handler) : handler_(handler), names_(handler) {}

  void feed(std::string_view bytes) {
    if (pending_.empty()) {
      pending_.assign(bytes.substr(scan(bytes)));
    } else {
      pending_.append(bytes);
      pending_.erase(0, scan(pending_));
    }
    if (pending_.size() > kMaxTokenBytes) {
      refuseXml("a tag or comment has no end");
    }
  }

  void finish() {
    if (!hasRoot_ || !levels_.empty()) {
      throw StorageError({.code = StorageErrc::Truncated,
                          .message = "the storage's answer is no whole XML: it breaks off",
                          .retry = Retry::Safe});
    }
    if (!pending_.empty()) {
      refuseXml("it ends within a comment");
    }
  }

 private:
  struct Level {
    const XmlNames::Known* name;
    bool hasBindings;
  };

  /// Reads as much as is complete, and returns how many bytes that were.
  std::size_t scan(std::string_view bytes) {
    std::size_t at = 0;
    if (isAtStart_) {
      if (bytes.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(bytes)) {
        return 0;
      }
      at = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    }
    while (at < bytes.size()) {
      const auto rest = bytes.substr(at);
      const auto used = rest.front() == '<' ? scanMarkup(rest) : scanText(rest);
      if (used == kIncomplete) {
        break;
      }
      isAtStart_ = false;
      at += used;
    }
    return at;
  }

  std::size_t scanText(std::string_view rest) {
    const auto end = rest.find('<');
    const auto run = rest.substr(0, end);
    if (levels_.empty()) {
      if (run.find_first_not_of(kBlanks) != std::string_view::npos) {
        refuseXml("text outside of the root element");
      }
      return run.size();
    }
    return readXmlText({run, end == std::string_view::npos}, handler_);
  }

  std::size_t scanMarkup(std::string_view rest) {
    if (rest.size() < 2) {
      return kIncomplete;
    }
    switch (rest[1]) {
      case '/':
        return scanEnd(rest);
      case '?':
        return scanInstruction(rest);
      case '!':
        return scanDeclaration(rest);
      default:
        return scanStart(rest);
    }
  }

  std::size_t scanStart(std::string_view rest) {
    const auto nameEnd = std::find_if(rest.begin() + 1, rest.end(),
                                      [](char c) { return c == '>' || c == '/' || isBlank(c); });
    if (nameEnd == rest.end()) {
      return kIncomplete;
    }
    const auto nameSize = static_cast<std::size_t>(nameEnd - rest.begin()) - 1;
    const auto name = rest.substr(1, nameSize);
    if (*nameEnd == '>') {
      open(name, false);
      return nameSize + 2;
    }
    const auto end = endOfTag(rest);
    if (end == std::string_view::npos) {
      return kIncomplete;
    }
    const bool isEmpty = rest[end - 1] == '/';
    const auto attributes = rest.substr(nameSize + 1, end - nameSize - 1 - (isEmpty ? 1 : 0));
    open(name, readAttributes(attributes));
    if (isEmpty) {
      close();
    }
    return end + 1;
  }

  /// Binds what they bind, and checks the rest. Returns whether something was bound.
  bool readAttributes(std::string_view text) {
    bool hasBindings = false;
    std::vector<std::string_view> names;
    while (text.find_first_not_of(kBlanks) != std::string_view::npos) {
      const auto [name, value] = takeAttribute(text);
      const auto colon = name.find(':');
      const auto prefix = name.substr(0, colon == std::string_view::npos ? 0 : colon);
      const auto local = name.substr(colon == std::string_view::npos ? 0 : colon + 1);
      if (!isXmlName(local) || !isValidUtf8(name) ||
          (colon != std::string_view::npos && !isXmlName(prefix)) ||
          std::find(names.begin(), names.end(), name) != names.end()) {
        refuseXml("an attribute has no proper name, or comes twice");
      }
      names.push_back(name);
      auto decoded = decodeXmlValue(value);
      if (prefix == "xmlns" || name == "xmlns") {
        names_.bind(prefix.empty() ? prefix : local, std::move(decoded), levels_.size() + 1);
        hasBindings = true;
      }
    }
    for (const auto name : names) {
      const auto colon = name.find(':');
      if (colon != std::string_view::npos && name.substr(0, colon) != "xmlns" &&
          !names_.isBound(name.substr(0, colon))) {
        refuseXml("unbound prefix");
      }
    }
    return hasBindings;
  }

  std::size_t scanEnd(std::string_view rest) {
    if (levels_.empty()) {
      refuseXml("an end tag of nothing");
    }
    const std::string_view name = levels_.back().name->written;
    auto behind = rest.substr(2);
    const bool isSame = behind.starts_with(name);
    behind.remove_prefix(isSame ? name.size() : 0);
    skipBlanks(behind);
    if (isSame && behind.starts_with('>')) {
      close();
      return rest.size() - behind.size() + 1;
    }
    if (rest.find('>') == std::string_view::npos) {
      return kIncomplete;
    }
    refuseXml("mismatched tag");
  }

  std::size_t scanInstruction(std::string_view rest) {
    const auto end = rest.find("?>", 2);
    if (end == std::string_view::npos) {
      return kIncomplete;
    }
    const auto text = rest.substr(2, end - 2);
    const auto target = text.substr(0, text.find_first_of(kBlanks));
    const bool isReserved = target.size() == 3 && (target[0] | 0x20) == 'x' &&
                            (target[1] | 0x20) == 'm' && (target[2] | 0x20) == 'l';
    if (!isXmlName(target) || (isReserved && (target != "xml" || !isAtStart_))) {
      refuseXml("an instruction has no proper target");
    }
    requireXmlCharacters(text);
    return end + 2;
  }

  std::size_t scanDeclaration(std::string_view rest) {
    if (rest.starts_with(kComment)) {
      const auto end = rest.find("--", kComment.size());
      if (end == std::string_view::npos || end + 2 == rest.size()) {
        return kIncomplete;
      }
      if (rest[end + 2] != '>') {
        refuseXml("a comment has two hyphens");
      }
      requireXmlCharacters(rest.substr(0, end));
      return end + 3;
    }
    if (rest.starts_with(kCharacterData)) {
      return scanCharacterData(rest);
    }
    if (rest.starts_with(kDoctype)) {
      throw StorageError(StorageErrc::Protocol, "the storage's XML declares a document type");
    }
    if (kComment.starts_with(rest) || kCharacterData.starts_with(rest) ||
        kDoctype.starts_with(rest)) {
      return kIncomplete;
    }
    refuseXml("an unknown declaration");
  }

  std::size_t scanCharacterData(std::string_view rest) {
    const auto end = rest.find("]]>", kCharacterData.size());
    if (levels_.empty()) {
      refuseXml("text outside of the root element");
    }
    if (end == std::string_view::npos) {
      return kIncomplete;
    }
    const auto text = rest.substr(kCharacterData.size(), end - kCharacterData.size());
    requireXmlCharacters(text);
    if (!text.empty()) {
      handler_.text(withXmlLineEnds(text));
    }
    return end + 3;
  }

  void open(std::string_view name, bool hasBindings) {
    if (levels_.empty() && std::exchange(hasRoot_, true)) {
      refuseXml("a second root element");
    }
    if (levels_.size() == kMaxDepth) {
      throw StorageError(StorageErrc::Protocol, "the storage's XML is nested too deeply");
    }
    const auto& known = names_.resolve(name);
    levels_.push_back({&known, hasBindings});
    handler_.startElement({known.text, known.id});
  }

  void close() {
    const auto level = levels_.back();
    handler_.endElement({level.name->text, level.name->id});
    levels_.pop_back();
    if (level.hasBindings) {
      names_.unbindBelow(levels_.size());
    }
  }

  IXmlHandler& handler_;
  XmlNames names_;
  /// The elements that are open.
  std::vector<Level> levels_;
  /// What came of a tag, comment or text that is not complete.
  std::string pending_;
  bool isAtStart_ = true;
  bool hasRoot_ = false;
};

XmlReader::XmlReader(IXmlHandler& handler) : engine_(std::make_unique<Engine>(handler)) {}

XmlReader::~XmlReader() = default;

void XmlReader::feed(std::string_view bytes) {
  engine_->feed(bytes);
}

void XmlReader::finish() {
  engine_->finish();
}

}  // namespace mediadock
