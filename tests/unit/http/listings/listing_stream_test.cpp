/// \file
/// Listings that leave while they still come in, over a socket.

#include "conformance/peak_memory.h"
#include "http/server/server.h"
#include "records/open_record_store.h"
#include "support/http_client.h"
#include "support/temp_directory.h"
#include "support/unpacked.h"
#include "unit/http/endpoints_fixture.h"
#include "unit/http/listings/told_listing.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <zlib.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kTarget = "/api/crm/storage/browse?path=A";
/// More than are ever put in order.
constexpr std::size_t kMany = 3000;

/// What a browser could show of a gzip body so far.
std::string unpackedSoFar(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string text(packed.size() * 1000, '\0');
  std::string input = packed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  inflate(&stream, Z_SYNC_FLUSH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

std::vector<std::string> namesOf(const std::string& json) {
  const auto array = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Array::Ptr>();
  std::vector<std::string> names;
  for (unsigned i = 0; i < array->size(); ++i) {
    names.push_back(array->getObject(i)->getValue<std::string>("filename"));
  }
  return names;
}

class ListingStream : public testing::Test {
 protected:
  ListingStream() { server_.start(); }

  /// So that no request waits for a listing when a test has failed.
  ~ListingStream() override { listing.close(); }

  HttpClient connect() const { return HttpClient(server_.url()); }

  HttpAnswer get(const std::string& headers = "", const std::string& query = "") const {
    return connect().exchange("GET", kTarget + query, headers);
  }

  static void ask(HttpClient& client, const std::string& headers = "") {
    client.send(std::string("GET ") + kTarget + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
  }

  /// Reads chunks until `text` has come.
  static std::string receiveUntil(HttpClient& client, const std::string& text) {
    std::string body;
    while (body.find(text) == std::string::npos) {
      const auto chunk = client.receiveChunk();
      if (!chunk || chunk->empty()) {
        ADD_FAILURE() << "the listing ended: " << body;
        return body;
      }
      body += *chunk;
    }
    return body;
  }

  static std::string receiveRest(HttpClient& client) {
    std::string body;
    auto chunk = client.receiveChunk();
    for (; chunk && !chunk->empty(); chunk = client.receiveChunk()) {
      body += *chunk;
    }
    EXPECT_TRUE(chunk) << "the last chunk is missing";
    return body;
  }

  ToldListing listing;

 private:
  TempDirectory folder_;
  media::MediaService service_{
      std::make_shared<ToldStorage>(listing),
      records::openRecordStore("sqlite:" + (folder_.path() / "m.db").string(), ""),
      {},
      {.spoolDirectory = folder_.path() / "spool"}};
  HttpServer server_{settingsOf(), service_};
};

TEST_F(ListingStream, GivesTheFirstEntriesBeforeTheLastIsKnown) {
  auto client = connect();
  listing.tell({ToldListing::file("b"), ToldListing::file("a")});
  ask(client);

  const auto head = client.receiveHead();
  std::string body = receiveUntil(client, "A/a");
  listing.tell({ToldListing::file("c")});
  body += receiveUntil(client, "A/c");
  listing.end();
  body += receiveRest(client);

  EXPECT_EQ(head.status, 200);
  EXPECT_FALSE(head.headers.has("ETag")) << "of what is not known yet";
  EXPECT_EQ(head.header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(head.header("Vary"), "Accept-Encoding");
  EXPECT_THAT(namesOf(body), ElementsAre("b", "a", "c"));
}

TEST_F(ListingStream, GivesThemPackedToo) {
  auto client = connect();
  listing.tell({ToldListing::file("b"), ToldListing::file("a")});
  ask(client, "Accept-Encoding: gzip\r\n");

  EXPECT_EQ(client.receiveHead().header("Content-Encoding"), "gzip");
  std::string packed;
  while (unpackedSoFar(packed).find("A/a") == std::string::npos) {
    packed += client.receiveChunk().value();
  }
  listing.tell({ToldListing::file("c")});
  listing.end();
  packed += receiveRest(client);

  EXPECT_THAT(namesOf(unpacked(packed)), ElementsAre("b", "a", "c"));
}

TEST_F(ListingStream, TellsBehindTheLastEntryHowManyItLeftOut) {
  for (const std::string headers : {"", "Accept-Encoding: gzip\r\n"}) {
    auto client = connect();
    listing.tell({ToldListing::file("a")});
    ask(client, headers);

    const auto head = client.receiveHead();
    listing.leaveOut(2);
    listing.end();
    receiveRest(client);

    EXPECT_EQ(head.header("Trailer"), "Mediadock-Omitted-Entries");
    EXPECT_FALSE(head.headers.has("Mediadock-Omitted-Entries")) << "of what is not known yet";
    EXPECT_EQ(client.trailers(), headers.empty() ? "Mediadock-Omitted-Entries: 2\n"
                                                 : "Mediadock-Omitted-Entries: 4\n");
    listing.end();
    EXPECT_EQ(client.exchange("GET", kTarget).status, 200) << "the connection is good";
  }
}

TEST_F(ListingStream, HasNoTrailerWhereNothingIsLeftOut) {
  auto client = connect();
  listing.tell({ToldListing::file("a")});
  ask(client);

  client.receiveHead();
  listing.end();
  receiveRest(client);

  EXPECT_EQ(client.trailers(), "");
}

TEST_F(ListingStream, TellsInItsHeadersHowManyAWholeOneLeftOut) {
  listing.tell({ToldListing::file("a")});
  listing.leaveOut(3);
  listing.end();
  const auto whole = get();
  listing.tell({ToldListing::file("a")});
  listing.end();
  const auto page = get("", "&limit=1");
  listing.tell({ToldListing::file("a")});
  listing.end();
  const auto unchanged = get("If-None-Match: " + page.header("ETag") + "\r\n", "&limit=1");

  EXPECT_EQ(whole.header("Mediadock-Omitted-Entries"), "3");
  EXPECT_EQ(page.header("Mediadock-Omitted-Entries"), "3");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.header("Mediadock-Omitted-Entries"), "3");
}

TEST_F(ListingStream, KeepsTheConnection) {
  listing.tellMany(kMany);
  listing.end();
  auto client = connect();

  EXPECT_EQ(namesOf(client.exchange("GET", kTarget).body).size(), kMany);
  listing.end();
  EXPECT_EQ(client.exchange("GET", kTarget).body, "[]");
}

TEST_F(ListingStream, BreaksOffWhereTheStorageDoes) {
  auto client = connect();
  listing.tell({ToldListing::file("a")});
  ask(client);
  client.receiveHead();
  receiveUntil(client, "A/a");

  listing.fail(StorageErrc::Truncated);

  while (const auto chunk = client.receiveChunk()) {
    ASSERT_NE(*chunk, "") << "that is the end of a whole answer";
  }
}

TEST_F(ListingStream, IsAProblemWhereNothingHasLeftYet) {
  listing.tell({ToldListing::file("a")});
  listing.fail(StorageErrc::Truncated);

  const auto answer = get();

  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

TEST_F(ListingStream, EndsWithTheClientThoughTheStorageIsSilent) {
  auto client = connect();
  listing.tell({ToldListing::file("a")});
  ask(client);
  client.receiveHead();
  receiveUntil(client, "A/a");

  client.reset();

  EXPECT_TRUE(listing.isLeft());
}

TEST_F(ListingStream, IsAWholeInOrderWhereItIsShort) {
  listing.tell({ToldListing::file("b"), ToldListing::file("a")});
  listing.tell({ToldListing::file("c")});
  listing.end();

  const auto answer = get();

  EXPECT_THAT(namesOf(answer.body), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(answer.headers.has("ETag"));
  EXPECT_TRUE(answer.headers.has("Content-Length"));
}

TEST_F(ListingStream, IsAWholeInOrderWhereThatIsAskedFor) {
  listing.tellMany(kMany);
  listing.end();

  const auto answer = get("", "&sort=name");

  const auto names = namesOf(answer.body);
  EXPECT_EQ(names.size(), kMany);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_TRUE(answer.headers.has("ETag"));
}

TEST_F(ListingStream, InOrderIsTheSameBehindGzipAndKnownAgain) {
  const auto ordered = [this](const std::string& headers) {
    listing.tellMany(kMany);
    listing.end();
    return get(headers, "&sort=name");
  };
  const auto plain = ordered("");
  const auto packed = ordered("Accept-Encoding: gzip\r\n");
  const std::string known = "If-None-Match: " + packed.header("ETag") + "\r\n";

  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(unpacked(packed.body), plain.body);
  EXPECT_NE(packed.header("ETag"), plain.header("ETag"));
  EXPECT_EQ(ordered("Accept-Encoding: gzip\r\n" + known).status, 304);
  EXPECT_EQ(ordered(known).status, 200) << "in a form that is not known";
}

TEST_F(ListingStream, HasTheSameEntriesInAnyOrder) {
  listing.tellMany(kMany);
  listing.end();
  const auto streamed = get().body;
  listing.tellMany(kMany);
  listing.end();
  const auto sorted = get("", "&sort=name&order=desc").body;

  EXPECT_EQ(streamed, sorted) << "the storage told of the last name first";
}

TEST_F(ListingStream, IsWaitedForWhereAConditionHangsOnIt) {
  listing.tell({ToldListing::file("a"), ToldListing::file("b")});
  listing.end();
  const std::string known = "If-None-Match: " + get().header("ETag") + "\r\n";
  auto client = connect();
  ask(client, known);
  listing.tell({ToldListing::file("b")});
  listing.tell({ToldListing::file("a")});
  listing.end();

  EXPECT_EQ(client.receive().status, 304);
}

TEST_F(ListingStream, MatchesNoConditionWhereItIsLong) {
  listing.tellMany(kMany);
  listing.end();
  EXPECT_EQ(get("If-None-Match: \"x\"\r\n").status, 200);
  listing.tellMany(kMany);
  EXPECT_EQ(get("If-Match: \"x\"\r\n").status, 412);
}

TEST_F(ListingStream, HasTheSameHeadForHead) {
  listing.tellMany(kMany);
  auto client = connect();

  const auto head = client.exchange("HEAD", kTarget);

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Transfer-Encoding"), "chunked");
  EXPECT_TRUE(listing.isLeft());
  EXPECT_EQ(client.exchange("GET", "/healthz").status, 200);
}

TEST_F(ListingStream, HasALengthForHttp10) {
  listing.tellMany(kMany);
  listing.end();
  auto client = connect();
  client.send(std::string("GET ") + kTarget + " HTTP/1.0\r\nHost: h\r\n\r\n");

  const auto answer = client.receive();

  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_EQ(namesOf(answer.body).size(), kMany);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/// Reads a listing of `files` and counts them, keeping none.
std::size_t countEntries(HttpClient client) {
  std::size_t count = 0;
  client.receiveHead();
  for (auto chunk = client.receiveChunk(); chunk && !chunk->empty();
       chunk = client.receiveChunk()) {
    count += static_cast<std::size_t>(std::count(chunk->begin(), chunk->end(), '{'));
  }
  return count;
}

class ListingMemory : public ListingStream, public testing::WithParamInterface<const char*> {};

TEST_P(ListingMemory, IsThatOfAFewEntries) {
  constexpr std::uint64_t kBound = 4U << 20U;
  listing.tellMany(10000);
  listing.end();
  auto first = connect();
  ask(first, GetParam());
  countEntries(std::move(first));
  listing.tellMany(200000);
  listing.end();
  auto client = connect();

  const auto growth = peakGrowthOf([&] {
    ask(client, GetParam());
    countEntries(std::move(client));
  });

  EXPECT_LT(growth, kBound);
}

INSTANTIATE_TEST_SUITE_P(Codings, ListingMemory, testing::Values("", "Accept-Encoding: gzip\r\n"));
#endif

}  // namespace
}  // namespace mediadock::http
