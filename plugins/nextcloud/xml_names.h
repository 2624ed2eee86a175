#pragma once

/// \file
/// Names of a document's elements and the namespaces that are in force (Namespaces in XML 1.0).

#include "xml_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Finds for the name of an element as it is written the one that it means. What was found is
/// remembered, for a listing has a dozen names and each of them thousands of times.
class XmlNames {
 public:
  struct Known {
    /// As written, with its prefix.
    std::string written;
    /// As meant, for the handler.
    std::string text;
    unsigned id = 0;
    std::string uri;
    /// The bindings for which this was last found to hold.
    std::uint64_t state = 0;
  };

  explicit XmlNames(IXmlHandler& handler);

  /// \throws StorageError `Protocol` for what is no name, for a prefix that is bound to nothing,
  /// and
  ///   for more different names than any listing has.
  const Known& resolve(std::string_view written);

  /// Binds `prefix` (empty: names without one) for the element that `depth` counts, and for what is
  /// in it.
  /// \throws StorageError `Protocol` where the namespaces' rules forbid that.
  void bind(std::string_view prefix, std::string uri, std::size_t depth);

  /// Whether names may have this prefix.
  bool isBound(std::string_view prefix) const;

  /// Undoes what was bound deeper than `depth`.
  void unbindBelow(std::size_t depth);

 private:
  struct Binding {
    std::string prefix;
    std::string uri;
    std::size_t depth;
  };

  static constexpr std::size_t kSlots = 128;

  const std::string* uriOf(std::string_view prefix) const;
  bool stillHolds(Known& known) const;

  IXmlHandler& handler_;
  std::vector<Binding> bindings_;
  /// Changes with them.
  std::uint64_t state_ = 1;
  std::deque<Known> known_;
  /// By a hash of the written name: the one met last.
  std::array<Known*, kSlots> slots_{};
};

/// Whether `text` is a name without colon, by the rules of XML 1.0, fifth edition, for ASCII; all
/// other characters pass.
bool isXmlName(std::string_view text) noexcept;

/// \throws StorageError `Protocol`.
[[noreturn]] void refuseXml(const std::string& why);

}  // namespace mediadock
