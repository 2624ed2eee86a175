#include "unit/support/scripted_nextcloud_fixture.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PagingTest : public ScriptedNextcloudTest {
 protected:
  PagingTest() {
    for (const char* name : {"a", "b", "c"}) {
      server_.putFile(name, "x");
    }
  }

  HttpMessage page(const std::map<std::string, std::string>& more = {}) const {
    std::map<std::string, std::string> headers = {
        {"Depth", "1"}, {"X-NC-Paginate", "true"}, {"X-NC-Paginate-Count", "2"}};
    headers.insert(more.begin(), more.end());
    return ask("PROPFIND", files(""), headers);
  }
};

TEST_F(PagingTest, ServesTheRestOfTheListingUnderItsToken) {
  const HttpMessage first = page();
  const HttpMessage second = page({{"X-NC-Paginate-Token", first.header("X-NC-Paginate-Token")},
                                   {"X-NC-Paginate-Offset", "2"}});

  EXPECT_EQ(first.header("X-NC-Paginate-Total"), "4");
  EXPECT_THAT(first.body, HasSubstr("/console/a<"));
  EXPECT_THAT(first.body, Not(HasSubstr("/console/b<")));
  EXPECT_THAT(second.body, HasSubstr("/console/b<"));
  EXPECT_THAT(second.body, HasSubstr("/console/c<"));
  EXPECT_FALSE(second.has("X-NC-Paginate-Total"));
}

TEST_F(PagingTest, StartsOverUnderANewTokenWhereTheOldOneIsNotKnown) {
  const HttpMessage answer =
      page({{"X-NC-Paginate-Token", "stale"}, {"X-NC-Paginate-Offset", "2"}});

  EXPECT_THAT(answer.body, HasSubstr("/console/a<"));
  EXPECT_THAT(answer.header("X-NC-Paginate-Token"), Not(::testing::AnyOf("", "stale")));
}

TEST_F(PagingTest, ListsWhatWasThereWhenTheFirstPageWasAsked) {
  const HttpMessage first = page();
  ask("DELETE", files("a"));
  const HttpMessage second = page({{"X-NC-Paginate-Token", first.header("X-NC-Paginate-Token")},
                                   {"X-NC-Paginate-Offset", "2"}});

  EXPECT_THAT(second.body, HasSubstr("/console/b<"));
}

TEST_F(PagingTest, IsAnnounced) {
  EXPECT_THAT(ask("OPTIONS", files("")).header("DAV"), HasSubstr("nc-paginate"));
}

}  // namespace
}  // namespace mediadock
