#include "http/admission/trusted_proxies.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

class TrustedProxiesOfTwoNetworks : public testing::Test {
 protected:
  Client clientOf(std::string_view peer, const std::vector<std::string>& forwardedFor,
                  const std::string& proto = "") const {
    Headers headers;
    for (const auto& line : forwardedFor) {
      headers.add("X-Forwarded-For", line);
    }
    if (!proto.empty()) {
      headers.add("X-Forwarded-Proto", proto);
    }
    return proxies.clientOf({.address = *IpAddress::parse(peer)}, headers);
  }

  std::string addressOf(std::string_view peer, const std::vector<std::string>& forwardedFor) const {
    return clientOf(peer, forwardedFor).address.str();
  }

  TrustedProxies proxies{{IpNetwork::parse("10.0.0.0/8"), IpNetwork::parse("2001:db8:1::/48")}};
};

TEST_F(TrustedProxiesOfTwoNetworks, BelieveNobodyElse) {
  const Client client = clientOf("192.0.2.7", {"203.0.113.9"}, "https");

  EXPECT_EQ(client.address.str(), "192.0.2.7");
  EXPECT_FALSE(client.isSecure);
}

TEST_F(TrustedProxiesOfTwoNetworks, TellTheClient) {
  const Client client = clientOf("10.0.0.1", {"203.0.113.9"}, "https");

  EXPECT_EQ(client.address.str(), "203.0.113.9");
  EXPECT_TRUE(client.isSecure);
}

TEST_F(TrustedProxiesOfTwoNetworks, AreSkippedFromTheRight) {
  EXPECT_EQ(addressOf("10.0.0.1", {"198.51.100.1, 203.0.113.9, 10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(addressOf("10.0.0.1", {"203.0.113.9", "10.0.0.2,10.0.0.3"}), "203.0.113.9");
}

TEST_F(TrustedProxiesOfTwoNetworks, AreClientsThemselvesWhereTheyNameNobody) {
  EXPECT_EQ(addressOf("10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(addressOf("10.0.0.1", {""}), "10.0.0.1");
  EXPECT_EQ(addressOf("10.0.0.1", {"10.0.0.3, 10.0.0.2"}), "10.0.0.3");
}

TEST_F(TrustedProxiesOfTwoNetworks, EndTheSearchAtWhatIsNoAddress) {
  EXPECT_EQ(addressOf("10.0.0.1", {"203.0.113.9, unknown, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(addressOf("10.0.0.1", {"203.0.113.9, \" onload=x"}), "10.0.0.1");
}

TEST_F(TrustedProxiesOfTwoNetworks, MayWriteThePortToo) {
  EXPECT_EQ(addressOf("10.0.0.1", {"203.0.113.9:4711"}), "203.0.113.9");
  EXPECT_EQ(addressOf("10.0.0.1", {"[2001:db8:2::1]:4711"}), "2001:db8:2::1");
  EXPECT_EQ(addressOf("10.0.0.1", {"[2001:db8:2::1]"}), "2001:db8:2::1");
  EXPECT_EQ(addressOf("10.0.0.1", {"["}), "10.0.0.1");
}

TEST_F(TrustedProxiesOfTwoNetworks, MayBeOfEitherVersion) {
  EXPECT_EQ(addressOf("2001:db8:1::1", {"203.0.113.9, ::ffff:10.0.0.2"}), "203.0.113.9");
}

TEST_F(TrustedProxiesOfTwoNetworks, SayTheSchemeThatTheNearestOneSaw) {
  EXPECT_FALSE(clientOf("10.0.0.1", {}, "https, http").isSecure);
  EXPECT_TRUE(clientOf("10.0.0.1", {}, "http, HTTPS").isSecure);
}

std::string publicPathOf(const TrustedProxies& proxies, std::string_view peer,
                         const std::vector<std::string>& prefixes) {
  Headers headers;
  for (const auto& prefix : prefixes) {
    headers.add("X-Forwarded-Prefix", prefix);
  }
  return proxies.clientOf({.address = *IpAddress::parse(peer), .publicPath = "/own"}, headers)
      .publicPath;
}

TEST_F(TrustedProxiesOfTwoNetworks, SayThePathThatTheyTookOff) {
  EXPECT_EQ(publicPathOf(proxies, "10.0.0.1", {"/media/"}), "/media");
  EXPECT_EQ(publicPathOf(proxies, "10.0.0.1", {"/"}), "");
  EXPECT_EQ(publicPathOf(proxies, "10.0.0.1", {}), "/own");
}

TEST_F(TrustedProxiesOfTwoNetworks, AreNotHeardWhereTheirPathIsNone) {
  EXPECT_EQ(publicPathOf(proxies, "10.0.0.1", {"//evil.example.test"}), "/own");
  EXPECT_EQ(publicPathOf(proxies, "10.0.0.1", {"/a", "/b"}), "/own");
  EXPECT_EQ(publicPathOf(proxies, "192.0.2.7", {"/media"}), "/own") << "not trusted";
}

}  // namespace
}  // namespace mediadock::http
