/// \file
/// Forms of an upload that clients send, or attackers, over one connection or many.

#include "http/uploads/multipart_reader.h"
#include "media/rules/reconcile.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kHead = "POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\n";

std::string contentType(const std::string& boundary) {
  return "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n";
}

std::string part(const std::string& delimiter, const std::string& parameters,
                 const std::string& content) {
  return delimiter + "\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n" + content +
         "\r\n";
}

/// A folder and a file, between lines that begin with `delimiter`.
std::string formWith(const std::string& delimiter, const std::string& filename = "a.bin") {
  return part(delimiter, "name=\"path\"", "A") +
         part(delimiter, "name=\"file\"; filename=\"" + filename + "\"", "x") + delimiter +
         "--\r\n";
}

std::string chunked(const std::string& body, std::size_t size) {
  std::ostringstream text;
  for (std::size_t at = 0; at < body.size(); at += size) {
    const std::string piece = body.substr(at, size);
    text << std::hex << piece.size() << "\r\n" << piece << "\r\n";
  }
  text << "0\r\nX-Trailer: t\r\n\r\n";
  return text.str();
}

TEST_F(Endpoints, U04UploadTakesAnyBoundary) {
  const std::string longest(70, 'b');
  const std::string odd = "'()+_,-./:=?";
  for (const auto& [value, boundary] :
       {std::pair{longest, longest}, {"\"" + odd + "\"", odd}, {"\"a b\"", std::string("a b")}}) {
    const auto answer = connect().exchange("POST", "/api/crm/storage/upload", contentType(value),
                                           formWith("--" + boundary));
    EXPECT_EQ(answer.status, 201) << value << answer.body;
  }
}

TEST_F(Endpoints, U05UploadWithoutABoundaryLeavesTheConnectionInStep) {
  for (const std::string& value : {std::string(), std::string("\"\""), std::string(71, 'b')}) {
    auto client = connect();
    EXPECT_EQ(
        client
            .exchange("POST", "/api/crm/storage/upload", contentType(value), formWith("--" + value))
            .status,
        400);
    EXPECT_EQ(client.exchange("GET", "/healthz").status, 200) << value;
  }
}

TEST_F(Endpoints, U07U10UploadMayHaveMoreAroundItsParts) {
  auto client = connect();
  const std::string form = "preamble\r\n" + part("--b \t", "name=\"path\"", "A") +
                           part("--b", "name=\"file\"; filename=\"a\"", "x") +
                           "--b--\r\nepilogue\r\n";

  EXPECT_EQ(client.exchange("POST", "/api/crm/storage/upload", contentType("b"), form).status, 201);
  EXPECT_EQ(client.exchange("GET", "/healthz").status, 200);
}

TEST_F(Endpoints, U09UploadInChunksIsFollowedByAnotherRequest) {
  auto client = connect();
  for (const std::size_t size : {1U, 7U, 4096U}) {
    client.send(kHead + contentType("b") + "Transfer-Encoding: chunked\r\n\r\n" +
                chunked(formWith("--b"), size) + "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.receive().status, 201);
    EXPECT_EQ(client.receive().status, 200);
  }
  EXPECT_THAT(world.files(), ElementsAre("A/a (2).bin", "A/a (3).bin", "A/a.bin"));
  world.expectInStep();
}

TEST_F(Endpoints, U12U13U14UploadTakesTheLastSegmentOfAName) {
  const auto nameOf = [&](const std::string& sent) {
    connect().exchange("POST", "/api/crm/storage/upload", contentType("b"), formWith("--b", sent));
    const auto files = world.files();
    const std::string name = files.empty() ? "" : files.front();
    connect().exchange("DELETE", fileTarget(name));
    return name;
  };

  EXPECT_EQ(nameOf("C:\\\\fakepath\\\\a.png"), "A/a.png");
  EXPECT_EQ(nameOf("../../a.png"), "A/a.png");
  EXPECT_EQ(nameOf("/etc/a.png"), "A/a.png");
  EXPECT_EQ(nameOf("=?utf-8?Q?..=2F..=2Fx?="), "A/x");
  EXPECT_EQ(nameOf("a.png\"; filename*=\"UTF-8''..%2F..%2Fb.png"), "A/b.png");
  EXPECT_EQ(nameOf("a.png\"; filename*=\"UTF-8''.."), "A/a.png");
  EXPECT_EQ(nameOf("%2e%2e%2fa.png"), "A/%2e%2e%2fa.png");
}

TEST_F(Endpoints, X24X26UploadedNamesSplitNothing) {
  const std::string name = "Sun'><img src=x onerror=alert(1)>%0d%0aSet-Cookie:x=1.jpg";
  const auto answer = upload(FormBody().field("path", "A").file(name, "x"));

  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(answer.body, Not(HasSubstr("<img")));
  EXPECT_THAT(get("/api/crm/storage/browse?path=A").body, Not(HasSubstr("<img")));
  const auto file = get(answer.header("Location"));
  EXPECT_FALSE(file.headers.has("Set-Cookie"));
  EXPECT_THAT(file.header("Content-Disposition"), Not(HasSubstr("filename=\"Sun'><img src=x "
                                                                "onerror=alert(1)>%0d")));
  EXPECT_EQ(upload(FormBody().field("path", "A").file("a\rSet-Cookie: x=1", "x")).status, 400);
}

TEST_F(Endpoints, U30ParallelUploadsOfANameGetANameEach) {
  constexpr int kUploads = 12;
  std::barrier start(kUploads);
  std::mutex mutex;
  std::set<std::string> places;
  std::atomic<int> refused = 0;
  const auto atOnce = [&](const std::string& onConflict) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kUploads; ++i) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        const auto answer = upload(
            FormBody().field("path", onConflict).field("on_conflict", onConflict).file("a", "x"));
        const std::lock_guard lock(mutex);
        answer.status == 201 ? void(places.insert(answer.header("Location")))
                             : void(refused += answer.status == 409 ? 1 : 0);
      });
    }
  };

  atOnce("rename");
  EXPECT_THAT(places, testing::SizeIs(kUploads));
  EXPECT_EQ(refused, 0);
  places.clear();
  atOnce("fail");
  EXPECT_THAT(places, testing::SizeIs(1));
  EXPECT_EQ(refused, kUploads - 1);
  world.expectInStep();
}

struct StorageAnswer {
  const char* label;
  StorageErrc code;
  int status;
};

class UploadRefusedByTheStorage : public Endpoints,
                                  public testing::WithParamInterface<StorageAnswer> {};

TEST_P(UploadRefusedByTheStorage, U31LeavesNoRecord) {
  for (const char* step : {"before openWrite", "before write", "before commit"}) {
    world.failAt(step, GetParam().code);
    EXPECT_EQ(upload(FormBody().field("path", "A").file("a", "x")).status, GetParam().status);
  }
  world.onStep({});

  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

INSTANTIATE_TEST_SUITE_P(
    All, UploadRefusedByTheStorage,
    testing::Values(StorageAnswer{"Full", StorageErrc::InsufficientStorage, 507},
                    StorageAnswer{"Locked", StorageErrc::Locked, 423},
                    StorageAnswer{"Forbidden", StorageErrc::PermissionDenied, 403},
                    StorageAnswer{"Nonsense", StorageErrc::Protocol, 502},
                    StorageAnswer{"Silent", StorageErrc::Timeout, 504},
                    StorageAnswer{"Virus", StorageErrc::RejectedContent, 422}),
    [](const auto& test) { return std::string(test.param.label); });

TEST_F(Endpoints, U32UploadWhoseRecordCannotBeFinishedIsSettledLater) {
  world.failAt("before finishUpload", StorageErrc::Unavailable);
  EXPECT_EQ(upload(FormBody().field("path", "A").file("a", "x")).status, 503);
  world.onStep({});
  EXPECT_EQ(world.store->unfinished().size(), 1U);

  media::reconcile(*world.storage, *world.store, {}, world.context);

  EXPECT_THAT(world.records(), ElementsAre("A/a"));
  world.expectInStep();
}

TEST_F(Endpoints, X35UploadOfCountlessPartsIsCutShort) {
  std::string form;
  for (int i = 0; i < 10000; ++i) {
    form += part("--b", "name=\"n\"", "");
  }

  const auto answer =
      connect().exchange("POST", "/api/crm/storage/upload", contentType("b"), form + "--b--\r\n");

  EXPECT_EQ(answer.status, 413);
}

TEST_F(Endpoints, X31UploadRefusesNamesOfPartsThatAreNone) {
  const auto statusOf = [&](const std::string& parameters) {
    return connect()
        .exchange("POST", "/api/crm/storage/upload", contentType("b"),
                  part("--b", parameters, "x") + "--b--\r\n")
        .status;
  };

  EXPECT_EQ(statusOf("name=\"\""), 400);
  std::string nested = "a";
  for (int i = 0; i < 10000; ++i) {
    nested += "[b]";
  }
  EXPECT_EQ(statusOf("name=\"" + nested + "\""), 413);
}

TEST_F(Endpoints, M23M25UploadIsToldToContinueOnlyWhereItIsWanted) {
  const std::string form = formWith("--b");
  const auto head = [](std::size_t length, const std::string& type) {
    return kHead + type + "Expect: 100-continue\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
  };
  auto tooLarge = connect();
  tooLarge.send(head(1000001 + MultipartReader::kMaxFormBytes, contentType("b")));
  EXPECT_EQ(tooLarge.receive().status, 413);
  auto wrongType = connect();
  wrongType.send(head(form.size(), "Content-Type: application/json\r\n"));
  EXPECT_EQ(wrongType.receive().status, 415);

  auto good = connect();
  good.send(head(form.size(), contentType("b")));
  EXPECT_EQ(good.receive().status, 100);
  good.send(form);
  EXPECT_EQ(good.receive().status, 201);
}

}  // namespace
}  // namespace mediadock::http
