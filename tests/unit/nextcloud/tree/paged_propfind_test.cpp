// Pages of a listing as Nextcloud gives them, and as a faulty one does.

#include "tree/paged_propfind.h"

#include "nextcloud_settings.h"
#include "support/raw_server.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string page(const std::string& head, const std::vector<std::string>& names) {
  std::string body = "<d:multistatus xmlns:d='DAV:'>";
  for (const auto& name : names) {
    body += "<d:response><d:href>/f/" + name + "</d:href></d:response>";
  }
  body += "</d:multistatus>";
  return "HTTP/1.1 207 Multi-Status\r\n" + head + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string firstPage(const std::string& total, const std::vector<std::string>& names) {
  return page(
      "X-NC-Paginate: true\r\nX-NC-Paginate-Token: T1\r\nX-NC-Paginate-Total: " + total + "\r\n",
      names);
}

std::string nextPage(const std::vector<std::string>& names) {
  return page("X-NC-Paginate: true\r\n", names);
}

enum class PagedListing { Whole, Nothing, Unusable };

class PagedPropfind : public testing::Test {
 protected:
  PagedListing list(const RawServer::Script& script) {
    server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{script});
    DavClient client(parseNextcloudSettings(Settings({{"url", server_->url()}, {"retries", "0"}})));
    const http_client::CallLimits limits({}, {}, std::chrono::seconds(20));
    FolderPropfind propfind(client, makePropfind("/f/", Depth::Children, "<d:getetag/>"), 2,
                            [this](DavItem&& item) { hrefs_.push_back(item.href); });
    if (!propfind.open(limits)) {
      return PagedListing::Nothing;
    }
    while (propfind.step(http_client::CallLimits::Clock::time_point::max(), limits)) {
    }
    return propfind.isWhole() ? PagedListing::Whole : PagedListing::Unusable;
  }

  std::string request(std::size_t index) const { return server_->requests().at(index); }

  std::unique_ptr<RawServer> server_;
  std::vector<std::string> hrefs_;
};

TEST_F(PagedPropfind, JoinsThePages) {
  EXPECT_EQ(list({{firstPage("3", {"", "a"})}, {nextPage({"b"})}}), PagedListing::Whole);

  EXPECT_THAT(hrefs_, ElementsAre("/f/", "/f/a", "/f/b"));
  EXPECT_THAT(request(0), HasSubstr("X-NC-Paginate: true\r\nX-NC-Paginate-Count: 2\r\n"));
  EXPECT_THAT(request(0), Not(HasSubstr("X-NC-Paginate-Token")));
  EXPECT_THAT(request(1), HasSubstr("X-NC-Paginate-Token: T1\r\nX-NC-Paginate-Offset: 2\r\n"));
}

TEST_F(PagedPropfind, BelievesNoFullPageToBeTheLast) {
  EXPECT_EQ(list({{firstPage("2", {"", "a"})}, {nextPage({})}}), PagedListing::Whole);
  EXPECT_EQ(server_->requests().size(), 2U);
}

TEST_F(PagedPropfind, TakesAWholeListingFromAServerWithoutPages) {
  EXPECT_EQ(list({{page("", {"", "a", "b", "c"})}}), PagedListing::Whole);
  EXPECT_EQ(hrefs_.size(), 4U);
}

TEST_F(PagedPropfind, FindsNothingWhereNothingStands) {
  EXPECT_EQ(list({{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"}}), PagedListing::Nothing);
}

TEST_F(PagedPropfind, NoticesAListingThatStartsOverUnderANewToken_Problem17) {
  const auto restart =
      page("X-NC-Paginate: true\r\nX-NC-Paginate-Token: T2\r\nX-NC-Paginate-Total: 3\r\n", {"b"});

  EXPECT_EQ(list({{firstPage("3", {"", "a"})}, {restart}}), PagedListing::Unusable);
  EXPECT_THAT(hrefs_, ElementsAre("/f/", "/f/a"));
}

TEST_F(PagedPropfind, NoticesAPageWithoutTheMark_Problem17) {
  EXPECT_EQ(list({{firstPage("3", {"", "a"})}, {page("", {"b"})}}), PagedListing::Unusable);
}

TEST_F(PagedPropfind, NoticesAWrongTotal_Problem17) {
  EXPECT_EQ(list({{firstPage("9", {"", "a"})}, {nextPage({"b"})}}), PagedListing::Unusable);
}

TEST_F(PagedPropfind, NoticesAPageThatComesTwiceInPlaceOfAnother_Problem17) {
  EXPECT_EQ(list({{firstPage("4", {"", "a"})}, {nextPage({"", "a"})}, {nextPage({})}}),
            PagedListing::Unusable);
}

TEST_F(PagedPropfind, EndsWhereTheSamePageComesForEver_Problem17) {
  const RawAnswer again{nextPage({"", "a"})};

  EXPECT_EQ(list({{firstPage("3", {"", "a"})}, again, again, again, again}),
            PagedListing::Unusable);
  EXPECT_EQ(server_->requests().size(), 2U);
}

TEST_F(PagedPropfind, CallsALaterPageOfASickServerByItsName) {
  EXPECT_THAT(
      [&] {
        list({{firstPage("3", {"", "a"})},
              {"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"}});
      },
      ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(PagedPropfind, FindsACutPageTruncated_I17) {
  const auto whole = nextPage({"b"});
  const RawAnswer cut{whole.substr(0, whole.size() - 20), RawAnswer::Then::Close};

  EXPECT_THAT(
      [&] {
        list({{firstPage("3", {"", "a"})}, cut});
      },
      ThrowsStorageError(StorageErrc::Truncated));
}

}  // namespace
}  // namespace mediadock::nextcloud
