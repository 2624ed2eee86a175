/// \file
/// What a listing of the storage costs: XML to items, items to entries.

#include "dav/dav_entry.h"
#include "dav/dav_urls.h"
#include "dav/multistatus.h"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

namespace mediadock {
namespace {

constexpr std::size_t kEntries = 1000;
/// What one receive gives.
constexpr std::size_t kPiece = 16384;

/// As Nextcloud answers for the properties of an entry.
std::string makeListing() {
  std::string document =
      R"(<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns">)";
  for (std::size_t i = 0; i < kEntries; ++i) {
    document += "<d:response><d:href>/remote.php/dav/files/console/CRM/photograph%20" +
                std::to_string(i) +
                ".jpg</d:href><d:propstat><d:prop><d:resourcetype/>"
                "<d:getcontentlength>1048576</d:getcontentlength>"
                "<d:getlastmodified>Sun, 22 Nov 2026 07:51:45 GMT</d:getlastmodified>"
                "<d:getetag>&quot;6b029f11dfa45&quot;</d:getetag>"
                "<d:getcontenttype>image/jpeg</d:getcontenttype><oc:fileid>74</oc:fileid></d:prop>"
                "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
  }
  return document + "</d:multistatus>";
}

template <typename Sink>
void readListing(std::string_view document, Sink sink) {
  nextcloud::MultistatusParser parser(sink);
  for (; !document.empty(); document.remove_prefix(std::min(kPiece, document.size()))) {
    parser.feed(document.substr(0, kPiece));
  }
  parser.finish();
}

void countBytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void multistatusOf1000(benchmark::State& state) {
  const std::string document = makeListing();
  for (auto _ : state) {
    std::size_t items = 0;
    readListing(document, [&](nextcloud::DavItem&&) { ++items; });
    if (items != kEntries) {
      throw std::logic_error("the listing was not read");
    }
  }
  countBytes(state, document.size());
}

void entriesOf1000(benchmark::State& state) {
  const std::string document = makeListing();
  const nextcloud::DavUrls urls({.host = "cloud.example.test"},
                                {"remote.php", "dav", "files", "console", "CRM"}, 3);
  for (auto _ : state) {
    std::size_t entries = 0;
    readListing(document, [&](nextcloud::DavItem&& item) {
      entries += std::holds_alternative<Entry>(nextcloud::toEntry(item, urls)) ? 1U : 0U;
    });
    if (entries != kEntries) {
      throw std::logic_error("the listing has no entries");
    }
  }
  countBytes(state, document.size());
}

BENCHMARK(multistatusOf1000);
BENCHMARK(entriesOf1000);

}  // namespace
}  // namespace mediadock
