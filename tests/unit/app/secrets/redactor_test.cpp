#include "app/secrets/redactor.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::app {
namespace {

struct FormCase {
  const char* name;
  const char* text;
};

class RedactorForms : public testing::TestWithParam<FormCase> {};

TEST_P(RedactorForms, AreHidden) {
  Redactor redactor;
  redactor.addSecret("p\"ä/s s?");
  redactor.addCredentials("user", "p\"ä/s s?");

  EXPECT_EQ(redactor.redact(std::string("a ") + GetParam().text + " b"), "a [redacted] b");
}

INSTANTIATE_TEST_SUITE_P(Forms, RedactorForms,
                         testing::Values(FormCase{"Plain", "p\"ä/s s?"},
                                         FormCase{"Percent", "p%22%C3%A4%2Fs%20s%3F"},
                                         FormCase{"PercentLower", "p%22%c3%a4%2fs%20s%3f"},
                                         FormCase{"Base64", "cCLDpC9zIHM/"},
                                         FormCase{"Base64Url", "cCLDpC9zIHM_"},
                                         FormCase{"Basic", "dXNlcjpwIsOkL3Mgcz8="}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Redactor, HidesASecretAsItStandsInJson) {
  Redactor redactor;
  redactor.addSecret("a\"b\\c");

  EXPECT_EQ(redactor.redact(R"({"x":"a\"b\\c"})"), R"({"x":"[redacted]"})");
}

TEST(Redactor, HidesEveryOccurrence) {
  Redactor redactor;
  redactor.addSecret("long-s3cret");

  EXPECT_EQ(redactor.redact("long-s3cretlong-s3cret long-s3cret"),
            "[redacted][redacted] [redacted]");
}

TEST(Redactor, LeavesWordsThatHoldAShortSecretByChance) {
  Redactor redactor;
  redactor.addSecret("p");
  redactor.addSecret("local");

  EXPECT_EQ(redactor.redact("plugin: ok, localdisk is loaded, up, p_1, größep"),
            "plugin: ok, localdisk is loaded, up, p_1, größep");
}

TEST(Redactor, HidesAShortSecretThatIsAWord) {
  Redactor redactor;
  redactor.addSecret("p");
  redactor.addSecret("root");

  EXPECT_EQ(redactor.redact("p /p/ u:p@host 'root'. root"),
            "[redacted] /[redacted]/ u:[redacted]@host '[redacted]'. [redacted]");
}

TEST(Redactor, LeavesNoRestOfALongerSecret) {
  Redactor redactor;
  redactor.addSecret("abc");
  redactor.addSecret("abcdef");

  EXPECT_EQ(redactor.redact("abcdef"), "[redacted]");
}

TEST(Redactor, IgnoresAnEmptySecret) {
  Redactor redactor;
  redactor.addSecret("");
  redactor.addCredentials("user", "");

  EXPECT_EQ(redactor.redact("text"), "text");
}

TEST(Redactor, FindsThePasswordOfAUrl) {
  Redactor redactor;
  redactor.addUrlPassword("postgresql://user:s3cret@db.example.test:5432/x");

  EXPECT_EQ(redactor.redact("s3cret user 5432"), "[redacted] user 5432");
}

TEST(Redactor, TakesAPortForNoPassword) {
  Redactor redactor;
  redactor.addUrlPassword("http://cloud.example.test:8080/a@b");

  EXPECT_EQ(redactor.redact("8080/a"), "8080/a");
}

}  // namespace
}  // namespace mediadock::app
