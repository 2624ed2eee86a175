#include "http/addressing/origin.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

std::string normalOrigin(std::string_view text) {
  const auto origin = Origin::parse(text);
  return origin ? origin->str() : "none";
}

TEST(Origin, IsWrittenAsBrowsersDo) {
  EXPECT_EQ(normalOrigin("https://console.example.test"), "https://console.example.test");
  EXPECT_EQ(normalOrigin("HTTPS://Console.example.test:443"), "https://console.example.test");
  EXPECT_EQ(normalOrigin("http://localhost:5173"), "http://localhost:5173");
  EXPECT_EQ(normalOrigin("http://[::1]:8080"), "http://[::1]:8080");
  EXPECT_EQ(normalOrigin("capacitor://localhost"), "capacitor://localhost");
}

TEST(Origin, X58IsNothingElse) {
  EXPECT_EQ(normalOrigin("null"), "none");
  EXPECT_EQ(normalOrigin("*"), "none");
  EXPECT_EQ(normalOrigin(""), "none");
  EXPECT_EQ(normalOrigin("console.example.test"), "none");
  EXPECT_EQ(normalOrigin("https://"), "none");
  EXPECT_EQ(normalOrigin("https://console.example.test/"), "none");
  EXPECT_EQ(normalOrigin("https://user@console.example.test"), "none");
  EXPECT_EQ(normalOrigin("https://*.example.test"), "none");
  EXPECT_EQ(normalOrigin("https://console.example.test:0"), "none");
  EXPECT_EQ(normalOrigin("https://console.example.test:"), "none");
  EXPECT_EQ(normalOrigin("https://console.example.test:65536"), "none");
  EXPECT_EQ(normalOrigin("https://[::1"), "none");
  EXPECT_EQ(normalOrigin("https://[::1]x"), "none");
  EXPECT_EQ(normalOrigin("https://a,https://b"), "none");
}

TEST(Origin, X58TellsHostsApartToTheEnd) {
  EXPECT_NE(Origin::parse("https://good.test"), Origin::parse("https://good.test.evil.test"));
  EXPECT_NE(Origin::parse("https://good.test"), Origin::parse("http://good.test"));
  EXPECT_NE(Origin::parse("https://good.test"), Origin::parse("https://good.test:8443"));
}

TEST(Origin, IsTheBeginningOfAUrl) {
  EXPECT_EQ(Origin::ofUrl("https://a.test:8443/x?y=https://b.test"),
            Origin::parse("https://a.test:8443"));
  EXPECT_EQ(Origin::ofUrl("https://a.test"), Origin::parse("https://a.test"));
  EXPECT_EQ(Origin::ofUrl("/x"), std::nullopt);
}

}  // namespace
}  // namespace mediadock::http
