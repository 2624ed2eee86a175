#include "support/random_text.h"

#include <random>
#include <string_view>

namespace mediadock {

std::string randomText(std::size_t length) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  // Seeded once a thread: a processor may take a microsecond or a millisecond for each true number.
  thread_local std::mt19937_64 source{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
  std::string text;
  while (text.size() < length) {
    text += kAlphabet[pick(source)];
  }
  return text;
}

}  // namespace mediadock
