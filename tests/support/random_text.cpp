#include "support/random_text.h"

#include <random>
#include <string_view>

namespace mediadock {

std::string randomText(std::size_t length) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device source;
  std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
  std::string text;
  while (text.size() < length) {
    text += kAlphabet[pick(source)];
  }
  return text;
}

}  // namespace mediadock
