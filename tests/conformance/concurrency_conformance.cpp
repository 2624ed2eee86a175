#include "conformance/concurrent_calls.h"
#include "conformance/provider_conformance.h"

#include <limits>

namespace mediadock {
namespace {

using testing::Each;
using testing::StrEq;

TEST_P(ProviderConformance, MixedCallsFromManyThreadsStayApart_T03) {
  constexpr int kRounds = 10;
  const auto work = [&](std::size_t thread) {
    const std::string folder = "folder" + std::to_string(thread);
    for (int round = 0; round < kRounds; ++round) {
      const std::string content = patternOf(1000 + thread, static_cast<unsigned>(round));
      const StoragePath path = in(folder + "/" + std::to_string(round));
      put(path, content);
      if (get(path) != content || namesIn(in(folder)).size() != 1 || statOf(path).path != path) {
        throw StorageError(StorageErrc::ChecksumMismatch, "another thread's content");
      }
      provider().remove(path, {}, context());
      put(in(folder + "/stays"), content);
      provider().remove(in(folder + "/stays"), {}, context());
    }
  };

  EXPECT_THAT(outcomesOf(16, work), Each(StrEq("ok")));
}

TEST_P(ProviderConformance, MixedCallsOnOneNameFailOnlyInKnownWays_T03) {
  constexpr int kRounds = 10;
  const auto work = [&](std::size_t thread) {
    for (int round = 0; round < kRounds; ++round) {
      const std::string outcome = outcomeOf([&] {
        switch ((thread + static_cast<std::size_t>(round)) % 4) {
          case 0:
            put(in("shared"), patternOf(20000, 7));
            break;
          case 1:
            provider().remove(in("shared"), {}, context());
            break;
          case 2:
            namesIn(in(""));
            break;
          default:
            if (get(in("shared")) != patternOf(20000, 7)) {
              throw StorageError(StorageErrc::ChecksumMismatch, "half a content");
            }
        }
      });
      if (outcome == "checksum_mismatch" || outcome == "internal" || outcome == "protocol") {
        throw StorageError(StorageErrc::Internal, outcome);
      }
    }
  };

  EXPECT_THAT(outcomesOf(8, work), Each(StrEq("ok")));
}

TEST_P(ProviderConformance, ACancelledCallDoesNothing_T02) {
  std::stop_source source;
  source.request_stop();
  CallContext cancelled = context();
  cancelled.cancellation = source.get_token();
  put(in("file"), "content");

  EXPECT_THAT([&] { provider().remove(in("file"), {}, cancelled); },
              ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, AQuotaHasNoNumberForUnknownOrUnlimited_Q01) {
  put(in("file"), "content");
  if (!able(can().quota, [&] { provider().quota(context()); })) {
    return;
  }
  // Storages write -3 for "no limit"; as an unsigned number that lies up here.
  constexpr std::uint64_t kImplausible = std::numeric_limits<std::uint64_t>::max() / 2;

  const Quota quota = provider().quota(context());

  EXPECT_TRUE(quota.used || quota.available);
  EXPECT_LT(quota.used.value_or(0), kImplausible);
  EXPECT_LT(quota.available.value_or(0), kImplausible);
}

}  // namespace
}  // namespace mediadock
