#include "http/tus/tus_content.h"

#include "http/exchange/client_gone.h"
#include "http/logs/audit_log.h"
#include "http/syntax/problem_exception.h"
#include "http/tus/tus_protocol.h"

#include <Poco/Crypto/DigestEngine.h>

#include <memory>
#include <vector>

namespace mediadock::http {
namespace {

constexpr std::size_t kBlock = 65536;

/// Verifies the checksum of a body; a no-op without one.
class ChecksumTest {
 public:
  explicit ChecksumTest(std::optional<TusChecksum> expected) : expected_(std::move(expected)) {
    if (expected_) {
      engine_ = std::make_unique<Poco::Crypto::DigestEngine>(
          expected_->algorithm == "sha1" ? "SHA1" : "SHA256");
    }
  }

  bool isAsked() const noexcept { return expected_.has_value(); }

  void update(std::span<const std::byte> bytes) {
    if (engine_) {
      engine_->update(bytes.data(), bytes.size());
    }
  }

  void requireEqual() {
    if (!engine_) {
      return;
    }
    const auto& digest = engine_->digest();
    if (std::string(digest.begin(), digest.end()) != expected_->digest) {
      throw ProblemException(460, "the bytes have another checksum than Upload-Checksum says");
    }
  }

 private:
  std::optional<TusChecksum> expected_;
  /// On the heap: with UBSan, g++ 12 considers a `std::optional` engine uninitialised.
  std::unique_ptr<Poco::Crypto::DigestEngine> engine_;
};

/// Collects what arrives in a block, and writes it when full.
class BlockWriter {
 public:
  BlockWriter(media::UploadAppend& append, ChecksumTest& checksum)
      : append_(append),
        checksum_(checksum),
        block_(kBlock) {}

  std::span<std::byte> room() { return std::span(block_).subspan(filled_); }

  void add(std::size_t count) {
    filled_ += count;
    if (filled_ == block_.size()) {
      flush();
    }
  }

  void flush() {
    const auto bytes = std::span(block_).first(filled_);
    filled_ = 0;
    append_.write(bytes);
    checksum_.update(bytes);
  }

 private:
  media::UploadAppend& append_;
  ChecksumTest& checksum_;
  std::vector<std::byte> block_;
  std::size_t filled_ = 0;
};

void copyBody(RequestBody& body, media::UploadAppend& append, ChecksumTest& checksum) {
  BlockWriter writer(append, checksum);
  const auto keepRest = [&] {
    if (!checksum.isAsked()) {
      writer.flush();
      append.keep();
    }
  };
  try {
    while (const auto got = body.readSome(writer.room())) {
      writer.add(got);
      if (append.isWanted()) {
        throw ProblemException(409, "another request goes on with this upload");
      }
    }
  } catch (const ClientGone&) {
    keepRest();
    throw;
  } catch (const ProblemException&) {
    keepRest();
    throw;
  }
  writer.flush();
}

records::MediaRecord finish(const Request& request, media::UploadAppend& append, AuditLog& audit) {
  records::MediaRecord record;
  audit.follow(request, {.what = "upload"}, [&](Change& change) {
    record = append.finish();
    change.path = record.path.str();
    change.recordId = record.id;
    change.before = append.replaced();
    change.after = record.etag;
  });
  return record;
}

}  // namespace

bool carriesTusContent(const Request& request) {
  const auto type = singleHeader(request.headers(), "Content-Type");
  return type && mediaTypeEssence(*type) == kTusContentType;
}

std::optional<TusChecksum> checksumOf(const Request& request) {
  const auto header = singleHeader(request.headers(), "Upload-Checksum");
  if (!header) {
    return std::nullopt;
  }
  auto checksum = parseTusChecksum(*header);
  if (!checksum) {
    throw ProblemException(400, "Upload-Checksum must be sha1 or sha256 and a digest in Base64");
  }
  return checksum;
}

std::optional<records::MediaRecord> takeTusContent(Request& request, const TusFile& file,
                                                   media::UploadAppend& append, AuditLog& audit) {
  ChecksumTest checksum(checksumOf(request));
  request.body().setLimit(append.upload().size - append.offset());
  if (checksum.isAsked()) {
    append.holdBack();
  }
  append.open(file.name, file.fields, request.context());
  copyBody(request.body(), append, checksum);
  checksum.requireEqual();
  if (append.isWhole()) {
    return finish(request, append, audit);
  }
  append.keep();
  return std::nullopt;
}

}  // namespace mediadock::http
