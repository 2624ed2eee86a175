// Uploads that are long enough for their digest to be computed on another thread.

#include "base/sha256.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <stop_token>
#include <thread>

namespace mediadock::media {
namespace {

constexpr std::size_t kMebibyte = 1U << 20U;

std::string contentOf(std::size_t size, unsigned seed = 0) {
  std::string content(size, '\0');
  unsigned state = seed + 1;
  for (char& c : content) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24U);
  }
  return content;
}

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::string sha256Of(const std::string& content) {
  base::Sha256 digest;
  digest.update(bytesOf(content));
  return digest.hex();
}

void writeIn(MediaUpload& upload, const std::string& content, std::size_t piece) {
  const auto bytes = bytesOf(content);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    upload.write(bytes.subspan(at, std::min(piece, bytes.size() - at)));
  }
}

class LongUpload : public testing::Test {
 protected:
  std::unique_ptr<MediaUpload> start(const std::string& name, const CallContext& context = {}) {
    return world_.service->uploads().start(name, fields_, context);
  }

  const UploadFields fields_{.folder = "a"_path};
  MediaWorld world_;
};

TEST_F(LongUpload, HasItsDigestWhateverItsSizeAndPieces) {
  for (const std::size_t size :
       {kMebibyte - 1, kMebibyte, kMebibyte + 1, 2 * kMebibyte, 3 * kMebibyte + 12345}) {
    const std::string content = contentOf(size);
    const std::string expected = sha256Of(content);
    for (const std::size_t piece : {std::size_t{4099}, std::size_t{65536}, std::size_t{262100},
                                    kMebibyte, kMebibyte + 1, size}) {
      const auto upload = start("film.bin");
      writeIn(*upload, content, piece);

      const auto record = upload->commit(fields_);

      ASSERT_EQ(record.sha256, expected) << size << " by " << piece;
      ASSERT_EQ(record.size, size);
    }
  }
  world_.expectInStep();
}

TEST_F(LongUpload, LeavesNothingWhenItIsDropped) {
  {
    const auto upload = start("film.bin");
    writeIn(*upload, contentOf(3 * kMebibyte), 262144);
  }

  EXPECT_THAT(world_.files(), testing::IsEmpty());
  world_.expectInStep();
}

TEST_F(LongUpload, LeavesNothingWhereTheStorageFailsInTheMiddle) {
  const auto upload = start("film.bin");
  const std::string content = contentOf(3 * kMebibyte);
  writeIn(*upload, content, 262144);
  world_.failAt("before write", StorageErrc::Connection);

  EXPECT_THROW(upload->write(bytesOf(content)), StorageError);

  EXPECT_THAT(world_.files(), testing::IsEmpty());
}

TEST_F(LongUpload, EndsWithItsCallersRequest) {
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  const auto upload = start("film.bin", context);
  const std::string content = contentOf(3 * kMebibyte);
  writeIn(*upload, content, 262144);

  stop.request_stop();

  EXPECT_THROW(
      {
        upload->write(bytesOf(content));
        upload->commit(fields_);
      },
      StorageError);
  EXPECT_THAT(world_.files(), testing::IsEmpty());
}

TEST_F(LongUpload, GoesOnFromACheckpointWithTheDigestThatItHad) {
  const std::string content = contentOf(4 * kMebibyte);
  auto fields = fields_;
  fields.mayBeSuspended = true;
  const auto first = world_.service->uploads().start("film.bin", fields, world_.context);
  writeIn(*first, content.substr(0, 2 * kMebibyte + 77), 262144);
  const auto checkpoint = first->suspend();

  const auto second =
      world_.service->uploads().resume("film.bin", fields, checkpoint, world_.context);
  writeIn(*second, content.substr(checkpoint.size), 262144);

  EXPECT_EQ(second->commit(fields).sha256, sha256Of(content));
}

TEST_F(LongUpload, OfManyAtATimeEachHasItsOwnDigest) {
  constexpr unsigned kUploads = 12;
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < kUploads; ++i) {
      threads.emplace_back([this, i] {
        const std::string content = contentOf(2 * kMebibyte + i, i);
        const auto upload = start("film.bin");
        writeIn(*upload, content, 131072);
        EXPECT_EQ(upload->commit(fields_).sha256, sha256Of(content));
      });
    }
  }

  EXPECT_THAT(world_.files(), testing::SizeIs(kUploads));
  world_.expectInStep();
}

}  // namespace
}  // namespace mediadock::media
