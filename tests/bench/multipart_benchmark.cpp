/// \file
/// What it costs to find the end of a file in a form.

#include "http/uploads/multipart_reader.h"

#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>

namespace mediadock {
namespace {

constexpr std::size_t kFileBytes = 4U << 20U;
constexpr std::size_t kPiece = 65536;
constexpr std::string_view kBoundary = "------------------------d74496d66958873e";

class TextSource final : public http::IByteSource {
 public:
  explicit TextSource(std::string_view text) : left_(text) {}

  std::size_t read(std::span<std::byte> buffer) override {
    const auto piece = left_.substr(0, buffer.size());
    std::memcpy(buffer.data(), piece.data(), piece.size());
    left_.remove_prefix(piece.size());
    return piece.size();
  }

 private:
  std::string_view left_;
};

std::string randomBytes() {
  std::mt19937 random(1);
  std::string bytes(kFileBytes, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>(random());
  }
  return bytes;
}

std::string makeForm(const std::string& content) {
  const std::string delimiter = "--" + std::string(kBoundary);
  return delimiter + "\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n05_Customers\r\n" +
         delimiter +
         "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n"
         "Content-Type: image/jpeg\r\n\r\n" +
         content + "\r\n" + delimiter + "--\r\n";
}

std::size_t readForm(const std::string& form) {
  TextSource source(form);
  http::MultipartReader reader(source, kBoundary);
  std::size_t bytes = 0;
  static std::array<std::byte, kPiece> buffer;
  while (reader.next()) {
    while (const std::size_t got = reader.read(buffer)) {
      bytes += got;
    }
  }
  return bytes;
}

void measure(benchmark::State& state, const std::string& content) {
  const std::string form = makeForm(content);
  for (auto _ : state) {
    if (readForm(form) < content.size()) {
      throw std::logic_error("the form was not read");
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(form.size()));
}

void multipartOfRandomBytes(benchmark::State& state) {
  measure(state, randomBytes());
}

/// Every byte could begin a delimiter.
void multipartOfCarriageReturns(benchmark::State& state) {
  measure(state, std::string(kFileBytes, '\r'));
}

BENCHMARK(multipartOfRandomBytes);
BENCHMARK(multipartOfCarriageReturns);

}  // namespace
}  // namespace mediadock
