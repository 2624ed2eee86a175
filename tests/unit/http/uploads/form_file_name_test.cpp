#include "http/uploads/form_file_name.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

constexpr const char* kGreeting = "Gr\u00F6\u00DFe.jpg";

std::string nameOf(const std::string& parameters) {
  return formFileName("form-data; name=\"file\"; " + parameters).value_or("(none)");
}

struct SentName {
  std::string client;
  std::string parameters;
  std::string name;
};

class NameThatClientsSend : public testing::TestWithParam<SentName> {};

TEST_P(NameThatClientsSend, IsTheNameOfTheFile) {
  EXPECT_EQ(nameOf(GetParam().parameters), GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Clients, NameThatClientsSend,
    testing::Values(
        SentName{"Browsers", "filename=\"Gr\u00F6\u00DFe.jpg\"", kGreeting},
        SentName{"QuoteOfBrowsers", "filename=\"a%22b\\\"c.jpg\"", "a\"b\"c.jpg"},
        SentName{"DotNet",
                 "filename=\"=?utf-8?B?R3LDtsOfZS5qcGc=?=\"; "
                 "filename*=utf-8''Gr%C3%B6%C3%9Fe.jpg",
                 kGreeting},
        SentName{"DotNetFileNameOnly", "filename=\"=?utf-8?B?R3LDtsOfZS5qcGc=?=\"", kGreeting},
        SentName{"AiohttpWithBoth",
                 "filename=\"Gr%C3%B6%C3%9Fe.jpg\"; filename*=utf-8''Gr%C3%B6%C3%9Fe.jpg",
                 kGreeting},
        SentName{"Aiohttp", "filename=\"Gr%C3%B6%C3%9Fe.jpg\"", kGreeting},
        SentName{"OldRequests", "filename*=utf-8''Gr%C3%B6%C3%9Fe.jpg", kGreeting},
        SentName{"Language", "filename*=UTF-8'de'Gr%C3%B6%C3%9Fe.jpg", kGreeting},
        SentName{"Latin1", "filename*=iso-8859-1''Gr%F6%DFe.jpg", kGreeting},
        SentName{"Latin1Word", "filename=\"=?ISO-8859-1?Q?Gr=F6=DFe_2.jpg?=\"",
                 "Gr\u00F6\u00DFe 2.jpg"},
        SentName{"QuotedExtended", "filename*=\"UTF-8''Gr%C3%B6%C3%9Fe.jpg\"", kGreeting},
        SentName{"OtherOrder", "FILENAME*=UTF-8''b.jpg; Filename=a.jpg", "b.jpg"},
        SentName{"TwoWords", "filename=\"=?utf-8?Q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe.jpg?=\"",
                 kGreeting},
        SentName{"WordWithLanguage", "filename=\"=?utf-8*de?B?R3LDtsOfZS5qcGc=?=\"", kGreeting}),
    [](const auto& test) { return test.param.client; });

TEST(FormFileName, IsTheLastSegmentInEverySpelling) {
  EXPECT_EQ(nameOf("filename=\"C:\\fakepath\\a.jpg\""), "a.jpg");
  EXPECT_EQ(nameOf("filename*=UTF-8''..%2F..%2Fa.jpg"), "a.jpg");
  EXPECT_EQ(nameOf("filename*=UTF-8''..%5Ca.jpg"), "a.jpg");
  EXPECT_EQ(nameOf("filename=\"=?utf-8?Q?=2Fetc=2Fa.jpg?=\""), "a.jpg");
}

TEST(FormFileName, IsTakenAsItIsWhereItNeedNotBeASpelling) {
  for (const std::string name :
       {"100%.jpg", "a%20b.jpg", "%2e%2e%2fa.png", "50%C3%B6 a.jpg", "=?utf-8?B?broken",
        "=?utf-8?X?YQ==?=", "=?koi8-r?B?YQ==?=", "a =?utf-8?B?YQ==?=", "=?utf-8?Q?=FF?=", "=?=",
        "=?\?=", "=?\?\?=", "%C3.jpg", "%C3%B6%.jpg"}) {
    EXPECT_EQ(nameOf("filename=\"" + name + "\""), name);
  }
}

TEST(FormFileName, OfAnExtendedOneThatNamesNoFileIsThePlainOne) {
  for (const std::string extended :
       {"", "a.jpg", "UTF-8'a.jpg", "UTF-8''", "UTF-8''%", "UTF-8''%C3.jpg", "UTF-8''a%00b",
        "UTF-8''a%0D%0Ab", "UTF-8''a%09b", "UTF-8''..", "UTF-8''a%2F", "koi8-r''a.jpg",
        "UTF-8''%+1a"}) {
    EXPECT_EQ(nameOf("filename=\"plain.jpg\"; filename*=" + extended), "plain.jpg") << extended;
    EXPECT_THAT([&] { nameOf("filename*=" + extended); }, ThrowsProblem(400)) << extended;
  }
}

TEST(FormFileName, IsAbsentInAFieldAndEmptyInAnInputWithoutFile) {
  EXPECT_EQ(formFileName("form-data; name=\"path\""), std::nullopt);
  EXPECT_EQ(formFileName("form-data; name=\"file\"; filename=\"\""), "");
  EXPECT_EQ(nameOf("filename=\"\"; filename*=UTF-8''a.jpg"), "a.jpg");
}

}  // namespace
}  // namespace mediadock::http
