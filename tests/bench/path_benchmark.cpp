/// \file
/// What it costs to make a path of a request's target.

#include "http/syntax/request_target.h"
#include "mediadock/storage_path.h"

#include <benchmark/benchmark.h>

#include <string_view>

namespace mediadock {
namespace {

void storagePath(benchmark::State& state) {
  constexpr std::string_view kPath = "05_Customers/Müller & Söhne/Sent Media/photograph 0001.jpg";
  for (auto _ : state) {
    benchmark::DoNotOptimize(StoragePath::parse(kPath));
  }
}

void pathOfTarget(benchmark::State& state) {
  constexpr std::string_view kTarget =
      "/api/crm/storage/file?path=05_Customers%2FM%C3%BCller%20%26%20S%C3%B6hne%2FSent+Media%2F"
      "photograph%200001.jpg&v=6b029f11dfa45";
  for (auto _ : state) {
    const http::RequestTarget target = http::parseRequestTarget(kTarget);
    const auto query = http::QueryParameters::parse(target.query);
    benchmark::DoNotOptimize(StoragePath::parse(query.require("path")));
  }
}

BENCHMARK(storagePath);
BENCHMARK(pathOfTarget);

}  // namespace
}  // namespace mediadock
