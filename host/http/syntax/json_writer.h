#pragma once

/// \file
/// Writes JSON text piece by piece, for answers too long to be built as a tree first.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
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

  /// \param name of letters, digits and underscores: nothing that would have to be escaped.
  JsonWriter& key(std::string_view name);

  /// A string; control characters and `<`, which could end a script element, are escaped. Bytes
  /// that are no UTF-8 stay readable as `\xNN`.
  JsonWriter& value(std::string_view text);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(bool flag);
  JsonWriter& null();

  /// One string of several pieces.
  JsonWriter& value(std::initializer_list<std::string_view> pieces);

  /// A string, or null for an empty one.
  JsonWriter& valueOrNull(std::string_view text);

  /// White space, which means nothing.
  JsonWriter& lineBreak();

  /// The text so far. Valid until more is written.
  std::string_view text() const noexcept { return {buffer_.data(), size_}; }

  /// Forgets the text so far; what is written next is to go on behind it. Keeps its memory.
  void clear() noexcept { size_ = 0; }

  /// Hands over the text so far. What is written next goes on behind it.
  std::string take() noexcept;

 private:
  /// Room for so many bytes behind the text.
  char* reserve(std::size_t bytes);
  void put(char c);
  void put(std::string_view text);
  void putEscaped(std::string_view text);
  void separate();

  /// Longer than the text, so that bytes can be written into it without being counted one by one.
  std::string buffer_;
  std::size_t size_ = 0;
  bool needsComma_ = false;
};

}  // namespace mediadock
