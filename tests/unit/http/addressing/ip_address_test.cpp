#include "http/addressing/ip_address.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

std::string normal(std::string_view text) {
  const auto address = IpAddress::parse(text);
  return address ? address->str() : "none";
}

TEST(IpAddress, IsWrittenInOneForm) {
  EXPECT_EQ(normal("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(normal("2001:DB8:0:0::1"), "2001:db8::1");
}

TEST(IpAddress, X47TakesNoOldFormOfIpv4) {
  EXPECT_EQ(normal("127.1"), "none");
  EXPECT_EQ(normal("0177.0.0.1"), "none");
  EXPECT_EQ(normal("0x7f.0.0.1"), "none");
  EXPECT_EQ(normal("2130706433"), "none");
  EXPECT_EQ(normal("127.0.0.01"), "none");
}

TEST(IpAddress, IsNothingButAnAddress) {
  EXPECT_EQ(normal(""), "none");
  EXPECT_EQ(normal(" 192.0.2.1"), "none");
  EXPECT_EQ(normal("192.0.2.1:80"), "none");
  EXPECT_EQ(normal("[::1]"), "none");
  EXPECT_EQ(normal("fe80::1%eth0"), "none");
  EXPECT_EQ(normal(std::string_view("192.0.2.1\0x", 11)), "none");
}

TEST(IpAddress, X47IsTheSameMappedIntoIpv6) {
  EXPECT_EQ(IpAddress::parse("::ffff:192.0.2.1"), IpAddress::parse("192.0.2.1"));
  EXPECT_EQ(normal("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_TRUE(IpAddress::parse("::ffff:192.0.2.1")->isIpv4());
  EXPECT_FALSE(IpAddress::parse("::1")->isIpv4());
}

TEST(IpAddress, KeepsItsFirstBits) {
  const auto address = *IpAddress::parse("2001:db8:1:2:3:4:5:6");

  EXPECT_EQ(address.masked(64).str(), "2001:db8:1:2::");
  EXPECT_EQ(address.masked(47).str(), "2001:db8::");
  EXPECT_EQ(address.masked(128), address);
  EXPECT_EQ(address.masked(0).str(), "::");
}

}  // namespace
}  // namespace mediadock::http
