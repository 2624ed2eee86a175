#include "http/authentication.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace mediadock::http_client {
namespace {

struct Challenge {
  std::vector<std::string> fields;
  std::string schemes;
};

void PrintTo(const Challenge& challenge, std::ostream* out) {
  *out << '"' << challenge.schemes << '"';
}

class OfferedSchemes : public testing::TestWithParam<Challenge> {};

TEST_P(OfferedSchemes, AreNamedOnceEach) {
  HttpHead head{.status = 401};
  for (const auto& field : GetParam().fields) {
    head.fields.emplace_back("www-authenticate", field);
  }

  EXPECT_EQ(offeredSchemes(head), GetParam().schemes);
}

INSTANTIATE_TEST_SUITE_P(
    Of, OfferedSchemes,
    testing::Values(Challenge{{}, ""}, Challenge{{"Basic realm=\"a, Digest b\""}, "Basic"},
                    Challenge{{"Digest realm=\"a\", nonce=\"Basic x\", qop=\"auth,auth-int\""},
                              "Digest"},
                    Challenge{{"Digest realm=\"a\", Basic realm=\"b\""}, "Digest, Basic"},
                    Challenge{{"Negotiate", "NTLM", "negotiate YII="}, "Negotiate, NTLM"},
                    Challenge{{"Bearer error = \"x\", scope = \"y\""}, "Bearer"},
                    Challenge{{"Digest realm=\"a \\\" , Basic c\""}, "Digest"},
                    Challenge{{",, ,"}, ""}, Challenge{{"\x01\x02 x"}, ""},
                    Challenge{{std::string(200, 'a')}, ""},
                    Challenge{{"a, b, c, d, e, f, g, h, i, j, k"}, "a, b, c, d, e, f, g, h"}));

TEST(NamesBasic, InAnyCaseAndPlace) {
  EXPECT_TRUE(namesBasic("Digest, bASIC"));
  EXPECT_FALSE(namesBasic("Digest, DummyBasic"));
  EXPECT_FALSE(namesBasic(""));
}

}  // namespace
}  // namespace mediadock::http_client
