/// \file
/// What a request's head costs before anything acts on it.

#include "http/framing/request_head.h"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string_view>

namespace mediadock::http::guard {
namespace {

void judge(benchmark::State& state, std::string_view head) {
  const HeadLimits limits;
  for (auto _ : state) {
    const auto parsed = parseRequestHead(head.substr(0, findHeadEnd(head, 0).value()), limits);
    if (!std::holds_alternative<RequestHead>(parsed)) {
      throw std::logic_error("a good head was refused");
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(head.size()));
}

void requestHeadOfWrk(benchmark::State& state) {
  judge(state,
        "GET /api/crm/storage/file?path=05_Customers%2Fphoto.jpg HTTP/1.1\r\n"
        "Host: 127.0.0.1:8080\r\n\r\n");
}

void requestHeadOfBrowser(benchmark::State& state) {
  judge(state,
        "GET /api/crm/storage/file?path=05_Customers%2Fphoto.jpg&v=6b029f11dfa45 HTTP/1.1\r\n"
        "Host: console.example.test\r\n"
        "Connection: keep-alive\r\n"
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Safari/537.36\r\n"
        "Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8\r\n"
        "Sec-Fetch-Site: same-origin\r\n"
        "Sec-Fetch-Mode: no-cors\r\n"
        "Sec-Fetch-Dest: image\r\n"
        "Referer: https://console.example.test/customers/acme\r\n"
        "Accept-Encoding: gzip, deflate, br, zstd\r\n"
        "Accept-Language: de-DE,de;q=0.9,en;q=0.8\r\n"
        "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\n\r\n");
}

BENCHMARK(requestHeadOfWrk);
BENCHMARK(requestHeadOfBrowser);

}  // namespace
}  // namespace mediadock::http::guard
