/// \file
/// What a `Range` header costs.

#include "http/syntax/range.h"

#include <benchmark/benchmark.h>

#include <string_view>

namespace mediadock {
namespace {

void measure(benchmark::State& state, std::string_view value) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(http::resolveRanges(http::parseRange(value).value(), 1U << 30U));
  }
}

void rangeOfOne(benchmark::State& state) {
  measure(state, "bytes=1048576-2097151");
}

void rangeOfEight(benchmark::State& state) {
  measure(state, "bytes=0-9, 20-29, 40-49, 60-69, 80-89, 1000-1009, 5000-, -10");
}

BENCHMARK(rangeOfOne);
BENCHMARK(rangeOfEight);

}  // namespace
}  // namespace mediadock
