#pragma once

/// \file
/// Streaming JSON writer, for responses too long to be built as a tree first.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Inserts commas itself. The caller must make the calls in an order that yields valid JSON.
class JsonWriter {
 public:
  JsonWriter& beginObject();
  JsonWriter& endObject();
  JsonWriter& beginArray();
  JsonWriter& endArray();

  /// \param name letters, digits and underscores only: it is not escaped.
  JsonWriter& key(std::string_view name);

  /// A string; control characters and `<`, which could end a script element, are escaped. Bytes
  /// that are not valid UTF-8 are written as `\xNN`.
  JsonWriter& value(std::string_view text);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(bool flag);
  JsonWriter& null();

  /// One string made of several pieces.
  JsonWriter& value(std::initializer_list<std::string_view> pieces);

  /// A string, or null for an empty one.
  JsonWriter& valueOrNull(std::string_view text);

  /// Insignificant white space.
  JsonWriter& lineBreak();

  /// The text so far. Valid until more is written.
  std::string_view text() const noexcept { return {buffer_.data(), size_}; }

  /// Discards the text so far; what is written next continues it. Keeps the memory.
  void clear() noexcept { size_ = 0; }

  /// Moves out the text so far; what is written next continues it.
  std::string take() noexcept;

 private:
  /// Makes room for `bytes` bytes after the text.
  char* reserve(std::size_t bytes);
  void put(char c);
  void put(std::string_view text);
  void putEscaped(std::string_view text);
  void separate();

  /// Larger than the text, so that bytes can be written without growing it one by one.
  std::string buffer_;
  std::size_t size_ = 0;
  bool needsComma_ = false;
};

}  // namespace mediadock::http
