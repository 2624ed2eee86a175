#pragma once

/// \file
/// Writes JSON text piece by piece, for answers too long to be built as a tree first.

#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock {

/// Sets commas by itself. The calls have to come in an order that gives JSON.
class JsonWriter {
 public:
  JsonWriter& beginObject();
  JsonWriter& endObject();
  JsonWriter& beginArray();
  JsonWriter& endArray();

  JsonWriter& key(std::string_view name);

  /// A string; control characters and `<`, which could end a script element, are escaped.
  JsonWriter& value(std::string_view text);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(bool flag);
  JsonWriter& null();

  /// A string, or null for an empty one.
  JsonWriter& valueOrNull(std::string_view text);

  /// The text so far, leaving the writer empty.
  std::string take() noexcept;

 private:
  void separate();

  std::string text_;
  bool needsComma_ = false;
};

}  // namespace mediadock
