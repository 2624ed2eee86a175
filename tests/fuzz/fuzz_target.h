#pragma once

/// \file
/// What each fuzzer consists of. Inputs are plain bytes of the format under test, so that a corpus
/// can be read and written by hand.

#include <string_view>

namespace mediadock::fuzz {

/// Tries one input. Each fuzzer defines it.
void tryInput(std::string_view input);

/// Ends the run and keeps the input where `holds` is false: a promise about every input is broken.
void require(bool holds, const char* promise);

}  // namespace mediadock::fuzz
