#include "http/addressing/loopback.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

struct AddressCase {
  const char* name;
  const char* address;
  bool isLoopback;
};

class IsLoopback : public testing::TestWithParam<AddressCase> {};

TEST_P(IsLoopback, Judges) {
  EXPECT_EQ(isLoopback(GetParam().address), GetParam().isLoopback);
}

INSTANTIATE_TEST_SUITE_P(Addresses, IsLoopback,
                         testing::Values(AddressCase{"V4", "127.0.0.1:80", true},
                                         AddressCase{"V4Block", "127.8.9.10:80", true},
                                         AddressCase{"V6", "[::1]:80", true},
                                         AddressCase{"Localhost", "localhost:80", true},
                                         AddressCase{"AnyV4", "0.0.0.0:80", false},
                                         AddressCase{"AnyV6", "[::]:80", false},
                                         AddressCase{"Lan", "192.0.2.7:80", false},
                                         AddressCase{"NameAlike", "127.0.0.1.example.test:80",
                                                     false},
                                         AddressCase{"NoHost", ":80", false},
                                         AddressCase{"MappedAny", "[::ffff:0.0.0.0]:80", false}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock::http
