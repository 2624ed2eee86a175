#include "xml_names.h"

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <utility>

namespace mediadock {
namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";
constexpr std::size_t kMostNames = 4096;

bool isNameStart(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & '\x80') != 0;
}

bool isNameCharacter(char c) noexcept {
  return isNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::size_t slotOf(std::string_view written, std::size_t slots) noexcept {
  std::uint32_t hash = 2166136261;
  for (const char c : written) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  }
  return (hash ^ (hash >> 15U)) % slots;
}

/// What stands before the colon; empty where there is none.
std::string_view prefixOf(std::string_view written) {
  const auto colon = written.find(':');
  return colon == std::string_view::npos ? std::string_view() : written.substr(0, colon);
}

}  // namespace

void refuseXml(const std::string& why) {
  throw StorageError({.code = StorageErrc::Protocol,
                      .message = "the storage's answer is no whole XML: " + why,
                      .retry = Retry::Safe});
}

bool isXmlName(std::string_view text) noexcept {
  return !text.empty() && isNameStart(text.front()) &&
         std::all_of(text.begin(), text.end(), isNameCharacter);
}

XmlNames::XmlNames(IXmlHandler& handler)
    : handler_(handler),
      bindings_{{"xml", std::string(kXmlNamespace), 0}} {}

const XmlNames::Known& XmlNames::resolve(std::string_view written) {
  auto*& slot = slots_[slotOf(written, kSlots)];
  if (slot != nullptr && slot->written == written && stillHolds(*slot)) {
    return *slot;
  }
  const auto prefix = prefixOf(written);
  const auto local = written.substr(prefix.empty() ? 0 : prefix.size() + 1);
  const bool isQualified = written.find(':') != std::string_view::npos;
  if (!isXmlName(local) || (isQualified && !isXmlName(prefix)) || !isValidUtf8(written)) {
    refuseXml("an element has no proper name");
  }
  const auto* uri = uriOf(prefix);
  if (uri == nullptr && isQualified) {
    refuseXml("unbound prefix");
  }
  static const std::string kNone;
  uri = uri == nullptr ? &kNone : uri;
  const auto same = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
    return known.written == written && known.uri == *uri;
  });
  if (same != known_.end()) {
    same->state = state_;
    slot = &*same;
    return *slot;
  }
  if (known_.size() == kMostNames) {
    refuseXml("it has too many different names");
  }
  auto text = uri->empty() ? std::string(local) : *uri + '|' + std::string(local);
  const unsigned id = handler_.idOf(text);
  slot = &known_.emplace_back(Known{std::string(written), std::move(text), id, *uri, state_});
  return *slot;
}

void XmlNames::bind(std::string_view prefix, std::string uri, std::size_t depth) {
  const bool isXml = prefix == "xml";
  if (prefix == "xmlns" || uri == kXmlnsNamespace || isXml != (uri == kXmlNamespace)) {
    refuseXml("a reserved prefix or namespace is bound");
  }
  if (!prefix.empty() && (uri.empty() || !isXmlName(prefix))) {
    refuseXml("a prefix is bound to nothing, or is none");
  }
  bindings_.push_back({std::string(prefix), std::move(uri), depth});
  ++state_;
}

bool XmlNames::isBound(std::string_view prefix) const {
  return uriOf(prefix) != nullptr;
}

void XmlNames::unbindBelow(std::size_t depth) {
  while (bindings_.back().depth > depth) {
    bindings_.pop_back();
    ++state_;
  }
}

const std::string* XmlNames::uriOf(std::string_view prefix) const {
  const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                  [&](const Binding& binding) { return binding.prefix == prefix; });
  return found == bindings_.rend() ? nullptr : &found->uri;
}

bool XmlNames::stillHolds(Known& known) const {
  if (known.state == state_) {
    return true;
  }
  const auto* uri = uriOf(prefixOf(known.written));
  if (uri == nullptr ? !known.uri.empty() || prefixOf(known.written) != "" : *uri != known.uri) {
    return false;
  }
  known.state = state_;
  return true;
}

}  // namespace mediadock
