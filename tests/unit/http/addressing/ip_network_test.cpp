#include "http/addressing/ip_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

bool contains(std::string_view network, std::string_view address) {
  return IpNetwork::parse(network).contains(*IpAddress::parse(address));
}

TEST(IpNetwork, ContainsWhatBeginsWithItsBits) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(contains("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(contains("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(contains("2001:db8::/32", "2001:db9::1"));
}

TEST(IpNetwork, IsOneAddressWithoutASlash) {
  EXPECT_TRUE(contains("127.0.0.1", "127.0.0.1"));
  EXPECT_FALSE(contains("127.0.0.1", "127.0.0.2"));
  EXPECT_TRUE(contains("::1", "::1"));
}

TEST(IpNetwork, ContainsIpv4ClientsOfASocketForBoth) {
  EXPECT_TRUE(contains("10.0.0.0/8", "::ffff:10.1.2.3"));
}

TEST(IpNetwork, OfAllIpv4HasNoIpv6) {
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
}

std::string refusalOf(std::string_view text) {
  try {
    IpNetwork::parse(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "none";
}

TEST(IpNetwork, SaysWhatIsWrong) {
  EXPECT_THAT(refusalOf("proxy.example.test"), HasSubstr("'proxy.example.test' is no network"));
  EXPECT_THAT(refusalOf(""), HasSubstr("'' is no network"));
  EXPECT_THAT(refusalOf("10.0.0.0/33"), HasSubstr("from 0 to 32"));
  EXPECT_THAT(refusalOf("10.0.0.0/"), HasSubstr("from 0 to 32"));
  EXPECT_THAT(refusalOf("10.0.0.0/+8"), HasSubstr("from 0 to 32"));
  EXPECT_THAT(refusalOf("2001:db8::/129"), HasSubstr("from 0 to 128"));
  EXPECT_THAT(refusalOf("10.1.2.3/8"), HasSubstr("10.0.0.0/8 would be the network"));
  EXPECT_THAT(refusalOf("2001:db8::1/32"), HasSubstr("2001:db8::/32 would be the network"));
}

}  // namespace
}  // namespace mediadock::http
