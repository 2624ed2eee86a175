// Answers that never end, or never come to anything: every call ends in its time and in little
// memory, whatever the server sends.

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"
#include "nextcloud_provider.h"
#include "support/silent_log.h"
#include "unit/nextcloud/tree/dripping_server.h"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mediadock::nextcloud {
namespace {

using Clock = CallContext::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::literals::string_literals::operator""s;

constexpr milliseconds kShort{250};
/// Far less than the deadlines that do not count here.
constexpr seconds kSoonEnough{8};

struct Endless {
  std::string name;
  std::string beginning;
  std::string piece;
};

std::string nameOf(const testing::TestParamInfo<Endless>& tested) {
  return tested.param.name;
}

void PrintTo(const Endless& endless, std::ostream* out) {
  *out << endless.name;
}

const std::string kHead = "HTTP/1.1 207 Multi\r\nContent-Type: application/xml\r\n";
const std::string kRoot = "<d:multistatus xmlns:d='DAV:'>";
const std::string kXml = kHead + "Connection: close\r\n\r\n" + kRoot;
const std::string kChunked = kHead + "Transfer-Encoding: chunked\r\n\r\n";
const std::string kPacked = kHead + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n";
/// A gzip header, and a block of deflate that gives nothing.
const std::string kGzipHeader = "\x1f\x8b\x08\0\0\0\0\0\0\x03"s;
const std::string kEmptyBlock = "\0\0\0\xff\xff"s;

const std::vector<Endless> kEndless{
    {"Blanks", kXml, " "},
    {"BlanksBeforeTheRoot", kHead + "Connection: close\r\n\r\n<?xml version='1.0'?>", "\n"},
    {"AnAttribute", kXml + "<d:response a='", "x"},
    {"ANamespace", kXml + "<d:response xmlns:a='", "x"},
    {"AName", kXml + "<d:", "x"},
    {"AComment", kXml + "<!--", "x"},
    {"AnInstruction", kXml + "<?a ", "x"},
    {"Comments", kXml, "<!---->"},
    {"ElementsOfNoMeaning", kXml, "<a>b</a>"},
    {"TextOfNoMeaning", kXml + "<d:response><a>", "x"},
    {"APropertyThatIsNotAskedFor", kXml + "<d:response><d:propstat>", "<d:prop><a/></d:prop>"},
    {"ASizeOfAChunk", kChunked + "5;", "x"},
    {"TheEndOfChunks", kChunked + "1\r\n<\r\n0\r\n", "a: b\r\n"},
    {"EmptyPackedBlocks", kPacked + kGzipHeader, kEmptyBlock},
    {"AGzipHeader", kPacked + "\x1f\x8b\x08\x08\0\0\0\0\0\x03"s, "x"},
    {"AHead", kHead + "X-A: ", "x"},
    {"FieldsOfAHead", kHead, "X-A: b\r\n"},
    {"AStatusLine", "HTTP/1.1 207 ", "x"},
    {"InterimAnswers", "", "HTTP/1.1 102 Processing\r\n\r\n"},
    {"AnErrorsBody", "HTTP/1.1 500 Fault\r\nConnection: close\r\n\r\n<d:error xmlns:d='DAV:'>",
     " "},
    {"ARefusalsBody", "HTTP/1.1 404 No\r\nConnection: close\r\n\r\n", "x"},
};

class EndlessAnswer : public testing::TestWithParam<Endless> {
 protected:
  /// \param pace 0: as fast as it goes.
  void start(milliseconds pace) {
    server_ = std::make_unique<DrippingServer>(
        DrippingServer::Answer{GetParam().beginning, GetParam().piece, pace});
    const Settings settings({{"url", server_->url() + "/remote.php/dav/files/console"},
                             {"username", "console"},
                             {"retries", "0"}});
    provider_ = makeNextcloudProvider({settings, log_});
  }

  static CallContext shortDeadline() { return {.deadline = Clock::now() + kShort}; }

  static CallContext shortSilence() {
    return {.deadline = Clock::now() + seconds(60), .idleLimit = kShort};
  }

  /// How long it takes `call` to fail.
  template <typename Call>
  static milliseconds timeToFail(Call call) {
    const auto start = Clock::now();
    EXPECT_THROW(call(), StorageError);
    return std::chrono::duration_cast<milliseconds>(Clock::now() - start);
  }

  SilentLog log_;
  std::unique_ptr<DrippingServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

TEST_P(EndlessAnswer, EndsAPageOfAListingByTheDeadline) {
  for (const milliseconds pace : {milliseconds(5), milliseconds(0)}) {
    start(pace);

    EXPECT_LT(timeToFail([&] { provider_->list({}, {}, shortDeadline()); }), kSoonEnough);
  }
}

TEST_P(EndlessAnswer, EndsAListingThatComesToNothing) {
  for (const milliseconds pace : {milliseconds(5), milliseconds(0)}) {
    start(pace);

    const auto taken = timeToFail([&] {
      const auto listing = provider_->openList({}, shortSilence());
      std::vector<Entry> entries;
      while (listing->next(entries, Clock::time_point::max())) {
      }
    });

    EXPECT_LT(taken, kSoonEnough);
  }
}

TEST_P(EndlessAnswer, GivesBackAListingsCallerWhoWantsToLookAround) {
  start(milliseconds(5));
  const CallContext patient{.deadline = Clock::now() + seconds(60), .idleLimit = seconds(60)};
  std::stop_source client;
  auto context = patient;
  context.cancellation = client.get_token();
  const auto begin = Clock::now();
  try {
    // Where the answer has no end of a head, the client's leaving does it.
    const std::jthread leaving([&] {
      std::this_thread::sleep_for(kShort);
      client.request_stop();
    });
    const auto listing = provider_->openList({}, context);
    std::vector<Entry> entries;
    listing->next(entries, Clock::now() + milliseconds(50));
    EXPECT_TRUE(entries.empty());
  } catch (const StorageError&) {
    // Too long a piece of anything is refused before.
  }
  EXPECT_LT(Clock::now() - begin, kSoonEnough);
}

TEST_P(EndlessAnswer, EndsALookAndAnUpload) {
  start(milliseconds(5));
  const auto path = StoragePath::parse("f");

  EXPECT_LT(timeToFail([&] {
              if (!provider_->stat(path, shortDeadline())) {
                throw StorageError(StorageErrc::NotFound, "said to be missing");
              }
            }),
            kSoonEnough);
  EXPECT_LT(timeToFail([&] {
              const auto stream = provider_->openWrite({.path = path}, {}, shortSilence());
              stream->write(std::as_bytes(std::span(std::string_view("abc"))));
              stream->commit();
            }),
            kSoonEnough);
}

INSTANTIATE_TEST_SUITE_P(Of, EndlessAnswer, testing::ValuesIn(kEndless), nameOf);

/// What a parser would have to keep until it is whole, or for ever.
class EndlessMarkup : public EndlessAnswer {};

TEST_P(EndlessMarkup, IsRefusedBeforeItFillsTheMemory) {
  start(milliseconds(0));
  const auto mostBytes = std::uint64_t{32} << 20U;

  EXPECT_THROW(provider_->list({}, {}, {.deadline = Clock::now() + seconds(60)}), StorageError);

  EXPECT_LT(server_->sent(), mostBytes);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

const std::string kLong(65536, 'x');

INSTANTIATE_TEST_SUITE_P(
    Of, EndlessMarkup,
    testing::Values(Endless{"AnAttribute", kXml + "<d:response a='", kLong},
                    Endless{"AName", kXml + "<d:", kLong},
                    Endless{"AnEndTag", kXml + "<d:response></d:response", repeated(" ", 65536)},
                    Endless{"AComment", kXml + "<!--", kLong},
                    Endless{"AnInstruction", kXml + "<?a ", kLong},
                    Endless{"AnHref", kXml + "<d:response><d:href>", kLong},
                    Endless{"ASizeOfAChunk", kChunked + "5;", kLong},
                    Endless{"AHead", kHead + "X-A: ", kLong}, Endless{"Depth", kXml, "<a>"},
                    Endless{"AttributesOfOneTag", kXml + "<a ", repeated("b='' ", 10000)}),
    nameOf);

/// Names that come once each: a parser forgets none.
class EndlessNames : public testing::TestWithParam<Endless> {};

TEST_P(EndlessNames, AreRefused) {
  std::string body = kRoot;
  for (int i = 0; i < 100000; ++i) {
    const auto number = std::to_string(i);
    body += GetParam().beginning + number + GetParam().piece;
  }
  DrippingServer server({.beginning = kHead + "Connection: close\r\n\r\n" + body, .piece = " "});
  SilentLog log;
  const Settings settings({{"url", server.url() + "/remote.php/dav/files/console"}});
  const auto provider = makeNextcloudProvider({settings, log});

  try {
    provider->list({}, {}, {.deadline = Clock::now() + seconds(30)});
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_NE(std::string(error.what()).find("too many names"), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Of, EndlessNames,
                         testing::Values(Endless{"Elements", "<a", "/>"},
                                         Endless{"Attributes", "<a b", "=''/>"},
                                         Endless{"Prefixes", "<a xmlns:b", "='c'/>"}),
                         nameOf);

/// The JSON of the pages that tell what server this is.
TEST(EndlessDiscovery, EndsByTheDeadline) {
  for (const std::string_view body : {"{\"installed\":true,", "[", "{\"a\":\""}) {
    DrippingServer server(
        {.beginning = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(body),
         .piece = body.front() == '[' ? "[" : " ",
         .pace = milliseconds(1)});
    SilentLog log;
    const Settings settings({{"url", server.url()}, {"username", "console"}});
    const auto provider = makeNextcloudProvider({settings, log});
    const auto start = Clock::now();

    EXPECT_THROW(provider->check({.deadline = start + kShort}), StorageError);

    EXPECT_LT(Clock::now() - start, kSoonEnough);
  }
}

TEST(EndlessDiscovery, TakesNoMoreThanAPageHas) {
  for (const auto& piece : {std::string(65536, ' '), repeated("[", 65536)}) {
    DrippingServer server(
        {.beginning = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", .piece = piece});
    SilentLog log;
    const Settings settings({{"url", server.url()}, {"username", "console"}});
    const auto provider = makeNextcloudProvider({settings, log});

    EXPECT_THROW(provider->check({.deadline = Clock::now() + seconds(30)}), StorageError);

    EXPECT_LT(server.sent(), std::uint64_t{64} << 20U);
  }
}

/// A listing that is slow, but comes, is none of these.
TEST(SlowListing, IsReadToItsEndWhereItsReaderIsSlower) {
  std::string entries;
  for (int i = 0; i < 2000; ++i) {
    const auto name = i == 0 ? "" : std::to_string(i);
    entries += "<d:response><d:href>/remote.php/dav/files/console/" + name +
               "</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>"
               "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
  }
  DrippingServer server({.beginning = kHead + "Transfer-Encoding: chunked\r\n\r\n" +
                                      [&] {
                                        std::string chunks;
                                        const auto all = kRoot + entries + "</d:multistatus>";
                                        for (std::size_t at = 0; at < all.size(); at += 2000) {
                                          const auto piece = all.substr(at, 2000);
                                          char size[16];
                                          std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
                                          chunks += size + piece + "\r\n";
                                        }
                                        return chunks + "0\r\n\r\n";
                                      }(),
                         .piece = " ",
                         .pace = milliseconds(10)});
  SilentLog log;
  const Settings settings({{"url", server.url() + "/remote.php/dav/files/console"}});
  const auto provider = makeNextcloudProvider({settings, log});
  const auto listing =
      provider->openList({}, {.deadline = Clock::now() + seconds(60), .idleLimit = kShort});
  std::vector<Entry> some;
  std::size_t count = 0;
  bool hasSlept = false;

  bool hasMore = true;
  while (hasMore) {
    hasMore = listing->next(some, Clock::now() + seconds(1));
    count += some.size();
    if (!std::exchange(hasSlept, true)) {
      std::this_thread::sleep_for(kShort * 2);
    }
  }

  EXPECT_EQ(count, 1999U);
}

}  // namespace
}  // namespace mediadock::nextcloud
