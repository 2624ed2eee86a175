#include "unit/support/multistatus_meaning.h"
#include "unit/support/transcript.h"
#include "unit/support/transcript_stage.h"

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Query.h>
#include <Poco/RegularExpression.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace mediadock {
namespace {

/// Headers that clients act on; what they carry is compared as it is.
constexpr const char* kExactHeaders[] = {"Allow",
                                         "Accept-Ranges",
                                         "Cache-Control",
                                         "Content-Disposition",
                                         "Content-Encoding",
                                         "Content-Range",
                                         "Content-Type",
                                         "OC-Checksum",
                                         "Retry-After",
                                         "WWW-Authenticate",
                                         "X-OC-CTime",
                                         "X-OC-MTime",
                                         "X-NC-Paginate",
                                         "X-User-Id",
                                         "X-Nextcloud-Maintenance-Mode",
                                         "Transfer-Encoding"};

/// Headers whose values differ from server to server.
constexpr const char* kPresentHeaders[] = {
    "DAV", "Vary", "Last-Modified", "Content-Length", "X-NC-Paginate-Token", "X-NC-Paginate-Total"};

std::string ocFileIdShape(const std::string& id) {
  static const Poco::RegularExpression kPadded("^[0-9]{8}oc[a-z0-9]{10}$");
  return kPadded.match(id) ? "padded id and instance id" : id;
}

bool isXml(const HttpMessage& message) {
  return message.header("Content-Type").starts_with("application/xml");
}

std::vector<Transcript> comparedTranscripts() {
  std::vector<Transcript> compared = loadTranscripts();
  std::erase_if(compared, [](const Transcript& transcript) {
    return transcriptsNotCompared().contains(transcript.number);
  });
  return compared;
}

/// The fields of the capabilities that a files client reads.
std::vector<std::string> readCapabilities(const std::string& json) {
  const auto parsed = Poco::JSON::Parser().parse(json);
  const Poco::JSON::Query query(parsed);
  std::vector<std::string> values;
  for (const char* field :
       {"dav.chunking", "files.bigfilechunking", "files.chunked_upload.max_size",
        "files.chunked_upload.max_parallel_count", "files.forbidden_filenames",
        "files.forbidden_filename_characters", "files.forbidden_filename_extensions",
        "files.forbidden_filename_basenames", "files.windows_compatible_filenames",
        "core.webdav-root"}) {
    values.push_back(std::string(field) + "=" +
                     query.find("ocs.data.capabilities." + std::string(field)).toString());
  }
  return values;
}

void expectSameHead(const HttpMessage& actual, const HttpMessage& recorded) {
  EXPECT_EQ(actual.status(), recorded.status());
  for (const char* header : kExactHeaders) {
    EXPECT_EQ(actual.header(header), recorded.header(header)) << header;
  }
  for (const char* header : kPresentHeaders) {
    EXPECT_EQ(actual.has(header), recorded.has(header)) << header;
  }
  EXPECT_EQ(ocFileIdShape(actual.header("OC-FileId")), ocFileIdShape(recorded.header("OC-FileId")));
}

void expectSameEtags(const HttpMessage& actual, const HttpMessage& recorded) {
  for (const char* header : {"ETag", "OC-ETag"}) {
    EXPECT_EQ(etagShape(actual.header(header)), etagShape(recorded.header(header))) << header;
  }
}

void expectSameBody(const HttpMessage& actual, const HttpMessage& recorded) {
  if (recorded.status() == 207) {
    EXPECT_EQ(readMultistatus(plainBody(actual)), readMultistatus(plainBody(recorded)));
  } else if (recorded.header("Content-Type") == "image/png") {
    // All our previews are one and the same picture.
    EXPECT_EQ(actual.body.substr(0, 8), recorded.body.substr(0, 8));
  } else if (isXml(recorded)) {
    EXPECT_EQ(readDavError(actual.body), readDavError(recorded.body));
  } else if (recorded.body.starts_with("<!DOCTYPE html>")) {
    EXPECT_THAT(actual.body, ::testing::HasSubstr("<html"));
  } else {
    EXPECT_EQ(actual.body, recorded.body);
  }
}

class RecordedExchange : public ::testing::TestWithParam<Transcript> {};

TEST_P(RecordedExchange, IsAnsweredTheSameWay) {
  TranscriptStage stage(GetParam());
  const HttpMessage& recorded = stage.transcript().response;

  const HttpMessage actual = stage.play();

  expectSameHead(actual, recorded);
  if (stage.transcript().number == 93) {
    // Capabilities name many apps that this server does not have, and their tag is of all of them.
    EXPECT_EQ(readCapabilities(actual.body), readCapabilities(recorded.body));
    return;
  }
  expectSameEtags(actual, recorded);
  expectSameBody(actual, recorded);
}

INSTANTIATE_TEST_SUITE_P(Nextcloud32, RecordedExchange, ::testing::ValuesIn(comparedTranscripts()),
                         [](const auto& exchange) {
                           std::string name = "T" + exchange.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(RecordedExchanges, AreAllComparedOrNotForAReason) {
  const std::size_t compared = comparedTranscripts().size();

  EXPECT_EQ(loadTranscripts().size(), 103U);
  EXPECT_EQ(compared + transcriptsNotCompared().size(), 103U);
}

}  // namespace
}  // namespace mediadock
