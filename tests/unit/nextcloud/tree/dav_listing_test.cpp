// Folders as the server tells of them, entry by entry.

#include "conformance/peak_memory.h"
#include "nextcloud_provider.h"
#include "support/loopback_listener.h"
#include "support/raw_server.h"
#include "support/silent_log.h"
#include "unit/nextcloud/scripted_world.h"
#include "unit/nextcloud/tree/big_folder_server.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kForever = CallContext::Clock::time_point::max();
const std::string kFiles = "/remote.php/dav/files/u/";

std::string item(const std::string& name, const std::string& properties) {
  return "<d:response><d:href>" + kFiles + name + "</d:href><d:propstat><d:prop>" + properties +
         "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}

std::string file(const std::string& name) {
  return item(name, "<d:getcontentlength>1</d:getcontentlength><d:getetag>\"e\"</d:getetag>");
}

const std::string kSelf = item("", "<d:resourcetype><d:collection/></d:resourcetype>");
const std::string kStart = "<?xml version=\"1.0\"?><d:multistatus xmlns:d='DAV:'>";
const std::string kEnd = "</d:multistatus>";

std::string answer(const std::string& body, std::size_t length) {
  return "HTTP/1.1 207 Multi-Status\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" +
         body;
}

std::vector<std::string> namesOf(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  std::transform(entries.begin(), entries.end(), std::back_inserter(names),
                 [](const Entry& entry) { return entry.path.str(); });
  return names;
}

class DavListing : public testing::Test {
 protected:
  std::unique_ptr<IEntryStream> open(const std::string& raw, RawAnswer::Then then,
                                     const CallContext& context = {}) {
    server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{{{raw, then}}});
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
    provider_ = makeNextcloudProvider({settings, log_});
    return provider_->openList({}, context);
  }

  std::vector<Entry> entries;

 private:
  SilentLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

TEST_F(DavListing, GivesWhatHasComeWhileTheRestIsHeldBack) {
  const std::string begun = kStart + kSelf + file("b") + file("a") + "<d:resp";
  const auto listing = open(answer(begun, begun.size() + 1000), RawAnswer::Then::Hold);

  EXPECT_TRUE(listing->next(entries, kForever));
  EXPECT_THAT(namesOf(entries), ElementsAre("b", "a"));
  EXPECT_TRUE(listing->next(entries, CallContext::Clock::now() + std::chrono::milliseconds(20)));
  EXPECT_THAT(entries, IsEmpty());
}

TEST_F(DavListing, DoesNotWaitLongerThanTheIdleLimitInHoweverManySteps) {
  const std::string begun = kStart + kSelf + file("a");
  CallContext context;
  context.idleLimit = std::chrono::milliseconds(200);
  const auto listing = open(answer(begun, begun.size() + 1000), RawAnswer::Then::Hold, context);
  listing->next(entries, kForever);

  EXPECT_THAT(
      [&] {
        for (;;) {
          listing->next(entries, CallContext::Clock::now() + std::chrono::milliseconds(20));
        }
      },
      ThrowsStorageError(StorageErrc::Timeout));
}

TEST_F(DavListing, IsTruncatedWhereItBreaksOff_I17) {
  const std::string begun = kStart + kSelf + file("a");
  const auto listing = open(answer(begun, begun.size() + 1000), RawAnswer::Then::Close);
  listing->next(entries, kForever);

  EXPECT_THAT([&] { listing->next(entries, kForever); },
              ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(DavListing, IsTruncatedWhereAnElementIsOpenAtTheEnd_I17) {
  const std::string cut = kStart + kSelf + file("a");
  const auto listing = open(answer(cut, cut.size()), RawAnswer::Then::Next);
  listing->next(entries, kForever);

  EXPECT_THAT([&] { listing->next(entries, kForever); },
              ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(DavListing, IsNoneOfAnotherFolder) {
  const std::string other = kStart + file("a") + kEnd;
  const auto listing = open(answer(other, other.size()), RawAnswer::Then::Next);

  EXPECT_THAT(
      [&] {
        while (listing->next(entries, kForever)) {
        }
      },
      ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(DavListing, EndsWithItsCaller) {
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  const std::string begun = kStart + kSelf + file("a");
  const auto listing = open(answer(begun, begun.size() + 1000), RawAnswer::Then::Hold, context);
  listing->next(entries, kForever);
  stop.request_stop();

  EXPECT_THAT([&] { listing->next(entries, kForever); },
              ThrowsStorageError(StorageErrc::Cancelled));
}

TEST_F(DavListing, EndsItsRequestWhereItIsLeft) {
  const LoopbackListener listener;
  std::promise<bool> wasLeft;
  const std::jthread server([&](const std::stop_token& stop) {
    const int socket = listener.accept(stop);
    std::string pending;
    LoopbackListener::readRequest(socket, pending, stop);
    const std::string begun = kStart + kSelf + file("a");
    const std::string head = answer(begun, begun.size() + 1000);
    ::send(socket, head.data(), head.size(), MSG_NOSIGNAL);
    char byte = 0;
    wasLeft.set_value(LoopbackListener::awaitReadable(socket, stop) &&
                      ::recv(socket, &byte, 1, 0) <= 0);
    ::close(socket);
  });
  SilentLog log;
  const auto provider =
      makeNextcloudProvider({Settings({{"url", listener.url() + kFiles}, {"username", "u"}}), log});
  auto listing = provider->openList({}, {});
  listing->next(entries, kForever);

  listing.reset();

  auto left = wasLeft.get_future();
  ASSERT_EQ(left.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_TRUE(left.get());
}

class NextcloudListing : public ScriptedWorld {
 protected:
  std::vector<Entry> all(const StoragePath& path = {}) {
    std::vector<Entry> found;
    std::vector<Entry> some;
    const auto listing = provider->openList(path, {});
    for (bool hasMore = true; hasMore;) {
      hasMore = listing->next(some, kForever);
      std::move(some.begin(), some.end(), std::back_inserter(found));
    }
    return found;
  }
};

TEST_F(NextcloudListing, GivesEachOnceWherePagesDoNotAddUp_Problem17) {
  server.putFile("a", "1");
  server.putFile("b", "2");
  checkAndSweep();
  const std::string root = "/remote.php/dav/files/" + server.username() + "/";
  const auto own = [&](const std::string& name, const std::string& properties) {
    return "<d:response><d:href>" + root + name + "</d:href><d:propstat><d:prop>" + properties +
           "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
  };
  scripted::Answer page;
  page.status = 207;
  page.headers = {{"Content-Type", "application/xml"},
                  {"X-NC-Paginate", "true"},
                  {"X-NC-Paginate-Token", "token"},
                  {"X-NC-Paginate-Total", "3"}};
  page.body = kStart + own("", "<d:resourcetype><d:collection/></d:resourcetype>") +
              own("a", "<d:getcontentlength>1</d:getcontentlength>") + kEnd;
  server.misbehave({.method = "PROPFIND", .action = scripted::AnswerWith{page}, .times = 1});
  server.clearRequests();

  EXPECT_THAT(namesOf(all()), ElementsAre("a", "b"));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(NextcloudListing, HidesWhatIsBeingWritten) {
  server.putFile("folder/.mediadock-upload-1", "1");
  server.putFile("folder/a", "1");

  EXPECT_THAT(namesOf(all(StoragePath::parse("folder"))), ElementsAre("folder/a"));
}

class LongListing : public testing::TestWithParam<bool> {};

TEST_P(LongListing, TakesFlatMemoryAndOneReading_I14_Problem16) {
  constexpr std::size_t kListed = 100000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::uint64_t kBound = std::uint64_t{512} << 20U;
#else
  constexpr std::uint64_t kBound = 4U << 20U;
#endif
  BigFolderServer server(kListed, GetParam());
  SilentLog log;
  const Settings settings({{"url", server.url()}, {"username", "u"}});
  const auto provider = makeNextcloudProvider({settings, log});
  provider->check({});
  std::size_t count = 0;

  const auto growth = peakGrowthOf([&] {
    std::vector<Entry> some;
    const auto listing = provider->openList({}, {});
    for (bool hasMore = true; hasMore;) {
      hasMore = listing->next(some, kForever);
      count += some.size();
    }
  });

  EXPECT_EQ(count, kListed);
  EXPECT_EQ(server.listings(), GetParam() ? 11U : 1U);
  EXPECT_LT(growth, kBound);
}

INSTANTIATE_TEST_SUITE_P(Pages, LongListing, testing::Bool());

}  // namespace
}  // namespace mediadock::nextcloud
