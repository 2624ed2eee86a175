#include "conformance/peak_memory.h"
#include "conformance/provider_conformance.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace mediadock {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Freed blocks stay in the sanitizer's quarantine, and each byte has its shadow.
constexpr std::uint64_t kMemoryBound = 64U << 20U;
#else
constexpr std::uint64_t kMemoryBound = 16U << 20U;
#endif

TEST_P(ProviderConformance, FilesOfAnySizeComeBackWhole_R01) {
  for (const std::size_t size : {0U, 1U, 100U, 5U << 20U}) {
    const std::string content = patternOf(size);
    put(in("file"), content);

    EXPECT_TRUE(get(in("file")) == content) << size;
  }
}

TEST_P(ProviderConformance, AMissingFileFailsAtOpen_R02) {
  EXPECT_THAT([&] { provider().openRead(in("missing"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider().openRead(in("missing/file"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_P(ProviderConformance, ADirectoryCannotBeRead_R03) {
  put(in("folder/file"), "content");

  EXPECT_THAT([&] { provider().openRead(in("folder"), {}, context()); },
              ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_THAT([&] { provider().openRead({}, {}, context()); },
              ThrowsStorageError(StorageErrc::IsADirectory));
}

TEST_P(ProviderConformance, ARangeGivesThoseBytes_R04) {
  put(in("file"), "0123456789");
  const auto range = [&](ByteRange bytes) { return get(in("file"), {.range = bytes}); };
  if (!able(can().rangeRead, [&] { range({.first = 0}); })) {
    return;
  }

  EXPECT_EQ(range({.first = 3, .last = 5}), "345");
  EXPECT_EQ(range({.first = 7}), "789");
  EXPECT_EQ(range({.first = 0, .last = 0}), "0");
  EXPECT_EQ(range({.first = 9, .last = 9}), "9");
  EXPECT_EQ(range({.first = 8, .last = 100}), "89");
}

TEST_P(ProviderConformance, ASuffixRangeGivesTheLastBytes_R05) {
  put(in("file"), "0123456789");
  put(in("empty"), "");
  const auto suffix = [&](std::string_view name, std::uint64_t length) {
    return get(in(name), {.range = ByteRange{.last = length}});
  };
  if (!able(can().rangeRead, [&] { suffix("file", 1); })) {
    return;
  }

  EXPECT_EQ(suffix("file", 3), "789");
  EXPECT_EQ(suffix("file", 100), "0123456789");
  EXPECT_EQ(suffix("empty", 3), "");
  EXPECT_THAT([&] { suffix("file", 0); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
}

TEST_P(ProviderConformance, ARangeFromTheEndOnIsNotSatisfiable_R06) {
  put(in("file"), "0123456789");
  put(in("empty"), "");
  const auto from = [&](std::string_view name, std::uint64_t first) {
    provider().openRead(in(name), {.range = ByteRange{.first = first}}, context());
  };
  if (!able(can().rangeRead, [&] { from("file", 10); })) {
    return;
  }

  const auto refused = ThrowsStorageError(StorageErrc::RangeNotSatisfiable);
  EXPECT_THAT([&] { from("file", 10); }, refused);
  EXPECT_THAT([&] { from("file", 1000); }, refused);
  EXPECT_THAT([&] { from("empty", 0); }, refused);
  EXPECT_THAT([&] { get(in("file"), {.range = ByteRange{.first = 10, .last = 12}}); }, refused);
}

TEST_P(ProviderConformance, ARangeThatIsNoneIsTheCallersMistake_R06) {
  put(in("file"), "0123456789");
  put(in("empty"), "");
  const auto read = [&](std::string_view name, ByteRange range) {
    provider().openRead(in(name), {.range = range}, context());
  };
  if (!able(can().rangeRead, [&] { read("file", {}); })) {
    return;
  }

  const auto refused = ThrowsStorageError(StorageErrc::InvalidArgument);
  EXPECT_THAT([&] { read("file", {.first = 4, .last = 3}); }, refused);
  EXPECT_THAT([&] { read("file", {.first = 20, .last = 10}); }, refused);
  EXPECT_THAT([&] { read("empty", {.first = 1, .last = 0}); }, refused);
  EXPECT_THAT([&] { read("file", {}); }, refused);
}

TEST_P(ProviderConformance, TheStreamTellsWhatItServesBeforeTheFirstByte_R09) {
  put(in("file"), "0123456789");

  const ReadInfo info = provider().openRead(in("file"), {}, context())->info();

  EXPECT_EQ(info.entry.path, in("file"));
  EXPECT_EQ(info.entry.size, 10U);
  EXPECT_EQ(info.entry.etag, statOf(in("file")).etag);
  EXPECT_EQ(info.entry.contentType, statOf(in("file")).contentType);
  EXPECT_EQ(info.offset, 0U);
  EXPECT_EQ(info.length, 10U);
}

TEST_P(ProviderConformance, TheStreamOfARangeTellsItsPlaceInTheWhole_R09) {
  put(in("file"), "0123456789");
  const ReadOptions options{.range = ByteRange{.last = 4}};
  if (!able(can().rangeRead, [&] { get(in("file"), options); })) {
    return;
  }

  const ReadInfo info = provider().openRead(in("file"), options, context())->info();

  EXPECT_EQ(info.entry.size, 10U);
  EXPECT_EQ(info.offset, 6U);
  EXPECT_EQ(info.length, 4U);
}

TEST_P(ProviderConformance, HalfReadStreamsUseNothingUp_R13) {
  put(in("file"), patternOf(256U << 10U));

  for (int i = 0; i < 200; ++i) {
    std::byte first{};
    ASSERT_EQ(provider().openRead(in("file"), {}, context())->read({&first, 1}), 1U);
  }

  EXPECT_TRUE(get(in("file")) == patternOf(256U << 10U));
}

TEST_P(ProviderConformance, TwoReadersOfOneFileDoNotDisturbEachOther_R14) {
  const std::string content = patternOf(1U << 20U);
  put(in("file"), content);
  const auto first = provider().openRead(in("file"), {}, context());
  const auto second = provider().openRead(in("file"), {}, context());
  std::byte byte{};
  first->read({&byte, 1});

  EXPECT_TRUE(readAll(*second) == content);
  EXPECT_TRUE(readAll(*first) == content.substr(1));
}

TEST_P(ProviderConformance, AReaderNeverMixesTwoVersions_R15) {
  const std::string before = patternOf(8U << 20U, 1);
  put(in("file"), before);
  const auto reader = provider().openRead(in("file"), {}, context());
  std::byte byte{};
  reader->read({&byte, 1});

  try {
    put(in("file"), patternOf(8U << 20U, 2));
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Locked) << "a storage may let no writer pass a reader";
  }

  try {
    EXPECT_TRUE(readAll(*reader) == before.substr(1));
  } catch (const StorageError& error) {
    EXPECT_NE(error.code(), StorageErrc::Internal) << error.what();
  }
}

TEST_P(ProviderConformance, AReadOfOneVersionFailsOnAnother_R16) {
  const auto before = put(in("file"), "one").etag.value_or(ETag{.value = "none"});
  const auto read = [&] { return get(in("file"), {.ifMatch = before}); };
  if (!able(can().conditionalRead, read)) {
    return;
  }
  EXPECT_EQ(read(), "one");

  put(in("file"), "two");

  EXPECT_THAT(read, ThrowsStorageError(StorageErrc::PreconditionFailed));
}

TEST_P(ProviderConformance, AReadOfAnotherVersionIsNotModifiedOnTheSame_R17) {
  const auto before = put(in("file"), "one").etag.value_or(ETag{.value = "none"});
  const auto read = [&] { return get(in("file"), {.ifNoneMatch = before}); };
  if (!able(can().conditionalRead, read)) {
    return;
  }
  EXPECT_THAT(read, ThrowsStorageError(StorageErrc::NotModified));

  put(in("file"), "two");

  EXPECT_EQ(read(), "two");
}

TEST_P(ProviderConformance, ALargeFilePassesThroughConstantMemory_R18) {
  const std::string block = patternOf(1U << 20U);
  const std::uint64_t blocks = GetParam().largeFileBytes / block.size();
  const auto passThrough = [&] {
    const auto writer = openWrite(in("file"), blocks * block.size());
    for (std::uint64_t i = 0; i < blocks; ++i) {
      write(*writer, block);
    }
    writer->commit();
    const auto reader = provider().openRead(in("file"), {}, context());
    std::vector<std::byte> buffer(64U << 10U);
    std::uint64_t place = 0;
    while (const std::size_t count = reader->read(buffer)) {
      for (std::size_t i = 0; i < count; ++i, ++place) {
        ASSERT_EQ(static_cast<char>(buffer[i]), block[place % block.size()]) << place;
      }
    }
    ASSERT_EQ(place, blocks * block.size());
  };

  const std::uint64_t growth = peakGrowthOf(passThrough);

  const std::uint64_t kept = GetParam().keepsContentInProcess ? 4 * GetParam().largeFileBytes : 0;
  EXPECT_LT(growth, kMemoryBound + kept);
}

TEST_P(ProviderConformance, WhatIsMovedIntoAPipeIsWhatIsRead_R21) {
  const std::string content = patternOf(3U << 20U);
  put(in("file"), content);
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK), 0);
  std::string got(content.size() + 1, '\0');
  const auto take = [&](std::size_t place, std::size_t count) {
    for (std::size_t done = 0; done < count;) {
      const auto some = ::read(pipe[0], got.data() + place + done, count - done);
      ASSERT_GT(some, 0);
      done += static_cast<std::size_t>(some);
    }
  };
  std::size_t size = 0;

  const auto reader = provider().openRead(in("file"), {}, context());
  while (size < content.size()) {
    // No more than a pipe is sure to take.
    if (const auto moved = reader->splice(pipe[1], 65536)) {
      ASSERT_GT(*moved, 0U);
      ASSERT_LE(size + *moved, content.size());
      take(size, *moved);
      size += *moved;
    } else {
      std::array<std::byte, 1000> block{};
      const std::size_t count = reader->read(block);
      ASSERT_GT(count, 0U);
      std::memcpy(got.data() + size, block.data(), count);
      size += count;
    }
  }

  EXPECT_EQ(reader->splice(pipe[1], 65536).value_or(0), 0U);
  std::array<std::byte, 1> more{};
  EXPECT_EQ(reader->read(more), 0U);
  got.resize(content.size());
  EXPECT_TRUE(got == content);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_P(ProviderConformance, CancellingEndsAReaderBetweenTwoReads_T02) {
  put(in("file"), patternOf(4U << 20U));
  std::stop_source source;
  CallContext cancellable = context();
  cancellable.cancellation = source.get_token();
  const auto reader = provider().openRead(in("file"), {}, cancellable);

  source.request_stop();

  EXPECT_THAT([&] { readAll(*reader); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock
