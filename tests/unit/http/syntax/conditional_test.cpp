#include "http/syntax/conditional.h"

#include "http/syntax/http_date.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

using std::chrono::seconds;

constexpr std::chrono::sys_seconds kModified{seconds(784111777)};
const Validators kFile{ETag{"E1"}, kModified};

using Fields = std::vector<Headers::Field>;

Headers headersOf(const Fields& fields) {
  Headers headers;
  for (const auto& [name, value] : fields) {
    headers.add(name, value);
  }
  return headers;
}

std::string dateAt(seconds offset) {
  return formatHttpDate(kModified + offset);
}

struct ConditionCase {
  const char* name;
  const char* method;
  Fields fields;
  Verdict expected;
};

void PrintTo(const ConditionCase& condition, std::ostream* out) {
  *out << condition.name;
}

class Conditions : public testing::TestWithParam<ConditionCase> {};

TEST_P(Conditions, AreJudgedInTheOrderOfTheRfc) {
  const auto& condition = GetParam();

  EXPECT_EQ(evaluateConditions(headersOf(condition.fields), condition.method, kFile),
            condition.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, Conditions,
    testing::Values(
        ConditionCase{"None", "GET", {}, Verdict::Proceed},
        ConditionCase{"C01", "GET", {{"If-None-Match", "\"E1\""}}, Verdict::NotModified},
        ConditionCase{"C02", "GET", {{"If-None-Match", "\"zz\""}}, Verdict::Proceed},
        ConditionCase{"C03", "GET", {{"If-None-Match", "W/\"E1\""}}, Verdict::NotModified},
        ConditionCase{"C04", "GET", {{"If-None-Match", "*"}}, Verdict::NotModified},
        ConditionCase{
            "C05", "GET", {{"If-None-Match", "\"a\", \"E1\" , \"b\""}}, Verdict::NotModified},
        ConditionCase{"C06", "GET", {{"If-None-Match", "E1"}}, Verdict::Proceed},
        ConditionCase{"C07",
                      "GET",
                      {{"If-None-Match", "\"zz\""}, {"If-None-Match", "\"E1\""}},
                      Verdict::NotModified},
        ConditionCase{
            "C08", "GET", {{"If-Modified-Since", dateAt(seconds(0))}}, Verdict::NotModified},
        ConditionCase{"C09", "GET", {{"If-Modified-Since", dateAt(seconds(-1))}}, Verdict::Proceed},
        ConditionCase{
            "C10", "GET", {{"If-Modified-Since", dateAt(seconds(9))}}, Verdict::NotModified},
        ConditionCase{"C11", "GET", {{"If-Modified-Since", "garbage"}}, Verdict::Proceed},
        ConditionCase{"C12",
                      "GET",
                      {{"If-None-Match", "\"zz\""}, {"If-Modified-Since", dateAt(seconds(0))}},
                      Verdict::Proceed},
        ConditionCase{"C13", "GET", {{"If-Match", "\"E1\""}}, Verdict::Proceed},
        ConditionCase{"C14", "GET", {{"If-Match", "*"}}, Verdict::Proceed},
        ConditionCase{"C15", "GET", {{"If-Match", "\"zz\""}}, Verdict::PreconditionFailed},
        ConditionCase{"C16", "GET", {{"If-Match", "W/\"E1\""}}, Verdict::PreconditionFailed},
        ConditionCase{
            "C17", "GET", {{"If-Unmodified-Since", dateAt(seconds(0))}}, Verdict::Proceed},
        ConditionCase{"C18",
                      "GET",
                      {{"If-Unmodified-Since", dateAt(seconds(-1))}},
                      Verdict::PreconditionFailed},
        ConditionCase{"C19",
                      "GET",
                      {{"If-Match", "\"E1\""}, {"If-Unmodified-Since", dateAt(seconds(-1))}},
                      Verdict::Proceed},
        ConditionCase{"C20", "DELETE", {{"If-Match", "\"zz\""}}, Verdict::PreconditionFailed},
        ConditionCase{
            "NoneMatchOnChange", "DELETE", {{"If-None-Match", "*"}}, Verdict::PreconditionFailed},
        ConditionCase{"DateOnChange",
                      "DELETE",
                      {{"If-Modified-Since", dateAt(seconds(0))}},
                      Verdict::Proceed},
        ConditionCase{"C29", "HEAD", {{"If-None-Match", "\"E1\""}}, Verdict::NotModified}),
    [](const auto& test) { return test.param.name; });

class IfRange : public testing::Test {
 protected:
  static bool holds(const Fields& fields, seconds age = seconds(60)) {
    return ifRangeHolds(headersOf(fields), kFile, kModified + age);
  }
};

TEST_F(IfRange, HoldsWhereItIsAbsent) {
  EXPECT_TRUE(holds({}));
}

TEST_F(IfRange, C22C23FollowsTheEtag) {
  EXPECT_TRUE(holds({{"If-Range", "\"E1\""}}));
  EXPECT_FALSE(holds({{"If-Range", "\"zz\""}}));
}

TEST_F(IfRange, C24NeverHoldsForAWeakEtag) {
  EXPECT_FALSE(holds({{"If-Range", "W/\"E1\""}}));
  EXPECT_FALSE(ifRangeHolds(headersOf({{"If-Range", "W/\"E1\""}}),
                            Validators{ETag{"E1", true}, kModified}, kModified + seconds(60)));
}

TEST_F(IfRange, C25HoldsForADateThatIsASecondOld) {
  EXPECT_TRUE(holds({{"If-Range", dateAt(seconds(0))}}));
  EXPECT_FALSE(holds({{"If-Range", dateAt(seconds(0))}}, seconds(0)));
  EXPECT_FALSE(holds({{"If-Range", dateAt(seconds(1))}}));
  EXPECT_FALSE(holds({{"If-Range", "garbage"}}));
}

TEST(ValidatorsOf, C32AreWeakWhereTheStorageHasNoEtag) {
  Entry entry{.size = 5, .modifiedAt = kModified};

  const Validators validators = validatorsOf(entry);

  ASSERT_TRUE(validators.etag.has_value());
  EXPECT_TRUE(validators.etag->isWeak);
  entry.size = 6;
  EXPECT_NE(validatorsOf(entry).etag, validators.etag);
}

TEST(ValidatorsOf, C32KeepTheStoragesEtag) {
  const Entry entry{.size = 5, .modifiedAt = kModified, .etag = ETag{"abc-gzip"}};

  EXPECT_EQ(validatorsOf(entry).etag, ETag{"abc-gzip"});
}

TEST(EvaluateConditions, FailsIfMatchAndPassesIfNoneMatchWithoutAnEtag) {
  const Validators unknown;

  EXPECT_EQ(evaluateConditions(headersOf({{"If-Match", "\"E1\""}}), "GET", unknown),
            Verdict::PreconditionFailed);
  EXPECT_EQ(evaluateConditions(headersOf({{"If-None-Match", "\"E1\""}}), "GET", unknown),
            Verdict::Proceed);
}

}  // namespace
}  // namespace mediadock::http
