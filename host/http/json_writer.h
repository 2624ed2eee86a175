#pragma once

/// \file
/// Writes JSON text piece by piece, for answers too long to be built as a tree first.

#include <cstddef>
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

  /// White space, which means nothing.
  JsonWriter& lineBreak();

  /// Of the text so far, in bytes.
  std::size_t size() const noexcept { return text_.size(); }

  /// Hands over the text so far. What is written next goes on behind it.
  std::string take() noexcept;

 private:
  void separate();

  std::string text_;
  bool needsComma_ = false;
};

}  // namespace mediadock
