#include "unit/support/transcript_stage.h"

#include <functional>

namespace mediadock {

namespace {

using Step = std::function<void(TranscriptStage&)>;

constexpr const char* kUploads = "/remote.php/dav/uploads/";
constexpr const char* kNotUsed = "the plugin does not use it";

Step both(const Step& first, const Step& second) {
  return [=](TranscriptStage& stage) {
    first(stage);
    second(stage);
  };
}

Step folder(const std::string& path) {
  return [=](TranscriptStage& stage) { stage.server().makeFolder(path); };
}

Step file(const std::string& path, const std::string& content = "content") {
  return [=](TranscriptStage& stage) { stage.server().putFile(path, content); };
}

/// The file with the bytes that the recorded answer carries.
void targetAsRecorded(TranscriptStage& stage) {
  stage.putTarget(stage.transcript().response.body);
}

Step target(const std::string& content) {
  return [=](TranscriptStage& stage) { stage.putTarget(content); };
}

Step put(const std::string& path, const std::map<std::string, std::string>& headers,
         const std::string& body) {
  return [=](TranscriptStage& stage) {
    stage.server().makeFolder(path.substr(0, path.rfind('/')));
    stage.request("PUT", "/remote.php/dav/files/console/" + path, headers, body);
  };
}

Step uploadFolder(const std::string& id) {
  return [=](TranscriptStage& stage) {
    stage.server().makeFolder("fx/chunk");
    stage.request("MKCOL", kUploads + stage.server().username() + "/" + id);
  };
}

Step chunk(const std::string& path, const std::string& bytes) {
  return [=](TranscriptStage& stage) { stage.request("PUT", kUploads + path, {}, bytes); };
}

Step locked(const std::string& path) {
  return [=](TranscriptStage& stage) { stage.lock(path); };
}

Step quota(std::uint64_t bytes) {
  return [=](TranscriptStage& stage) { stage.server().setQuota(bytes); };
}

void maintenance(TranscriptStage& stage) {
  stage.server().setMaintenance(true);
}

void currentEtag(TranscriptStage& stage) {
  stage.replaceEtag();
}

void databaseLocked(TranscriptStage& stage) {
  stage.server().misbehave(
      {.method = "PUT",
       .action = scripted::answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                                          "database is locked")});
}

void cutOffPut(TranscriptStage& stage) {
  TranscriptStage& running = stage;
  running.server().putFile("fx/put/ab-small.txt", std::string(40, 'o'));
  {
    RawConnection connection(running.server().port());
    connection.send(
        "PUT /remote.php/dav/files/console/fx/put/ab-small.txt HTTP/1.1\r\nHost: localhost\r\n"
        "Authorization: " +
        basicAuthorization("console", running.server().password()) +
        "\r\nContent-Length: 2000\r\n\r\n" + std::string(800, 'n'));
    connection.finishSending();
    connection.receive();
  }
  running.server().waitUntilIdle();
}

void wrongPassword(TranscriptStage& stage) {
  stage.usePassword("wrong");
}

void currentCookies(TranscriptStage& stage) {
  const HttpMessage answer = stage.request("PROPFIND", stage.transcript().target());
  for (const std::string& cookie : answer.allHeaders("Set-Cookie")) {
    const std::string pair = cookie.substr(0, cookie.find(';'));
    std::string recordedName = pair.substr(0, pair.find('='));
    if (recordedName == stage.server().instanceId()) {
      recordedName = "occgldfebmhk";
    }
    stage.replace(recordedName + "=REDACTED", pair);
  }
}

void tooManyWrongLogins(TranscriptStage& stage) {
  wrongPassword(stage);
  for (int i = 0; i < 11; ++i) {
    stage.request("PROPFIND", stage.transcript().target());
  }
  stage.usePassword(stage.server().password());
}

std::map<int, Step> downloadSteps() {
  constexpr const char* kText = "hello world, second version\n";
  std::string counting;
  for (int i = 0; i < 1024; ++i) {
    counting += static_cast<char>(i % 256);
  }
  return {
      {15, put("fx/put/ck.txt", {{"OC-Checksum", "SHA1:840654835da01aa5f7572507483cbd248c66a87e"}},
               "checksummed content\n")},
      {17, targetAsRecorded},
      {18, target(kText)},
      {19, targetAsRecorded},
      {20, target(counting)},
      {21, targetAsRecorded},
      {22, target(kText)},
      {23, target(kText)},
      {24, targetAsRecorded},
      {25, both(target(kText), currentEtag)},
      {26, folder("fx")},
      {27, folder("fx/dir")},
      {30, targetAsRecorded},
      {38, put("fx/put/badmt-new.txt", {{"X-OC-MTime", "0"}}, "abc")},
      {40, put("fx/put/ck.txt", {{"OC-Checksum", "SHA1:840654835da01aa5f7572507483cbd248c66a87e"}},
               "checksummed content\n")},
      {45, put("fx/put/te-split.bin", {}, "")},
      {54, cutOffPut},
      {55, cutOffPut},
      {57, both(target("version TWO"), currentEtag)}};
}

std::map<int, Step> uploadSteps() {
  const std::string full(10485760, 'f');
  return {{31, folder("fx/dir")},
          {32, target("hello world\n")},
          {33, folder("fx/put")},
          {34, folder("fx")},
          {35, folder("fx")},
          {36, folder("fx/put")},
          {37, folder("fx/put")},
          {39, folder("fx/put")},
          {41, target("old")},
          {42, target("old")},
          {43, folder("fx/put")},
          {44, folder("fx/put")},
          {46, folder("fx/put")},
          {47, folder("fx/names")},
          {48, folder("fx/names")},
          {49, file("fx/names/caf\u00e9.txt")},
          {50, folder("fx/names")},
          {51, both(file("full.bin", full), quota(full.size()))},
          {52, databaseLocked},
          {53, target("old content")},
          {56, put("fx/put/etagtrap.txt", {{"X-OC-MTime", "1600000000"}}, "version ONE")}};
}

std::map<int, Step> chunkSteps() {
  const Step first = both(uploadFolder("tx-001"), chunk("console/tx-001/00001", "hello, "));
  const Step second = both(first, chunk("console/tx-001/00002", "world\n"));
  return {{58, folder("fx/chunk")},
          {59, uploadFolder("tx-001")},
          {60, first},
          {61, second},
          {62, second},
          {63, folder("fx/chunk")},
          {64, both(uploadFolder("tx-003"), chunk("console/tx-003/1", "0123456789"))},
          {65, both(both(uploadFolder("tx-020"), chunk("console/tx-020/1", "012345")),
                    file("fx/chunk/big.bin"))},
          {66, uploadFolder("tx-004")},
          {67, folder("fx/chunk")},
          {68, uploadFolder("tx-008")},
          {69, both(both(uploadFolder("q1"), file("used.bin", std::string(6000000, 'u'))),
                    quota(10485760))}};
}

std::map<int, Step> treeSteps() {
  return {{8, file("fx/dir/a.txt")},
          {16, both(file("full.bin", std::string(10485760, 'f')), quota(10485760))},
          {70, folder("fx/dir")},
          {71, folder("fx")},
          {72, target("x")},
          {73, folder("fx/mv")},
          {74, target("x")},
          {75, both(target("b"), file("fx/mv/c.txt"))},
          {76, both(target("a"), file("fx/mv/b.txt"))},
          {77, both(target("x"), file("fx/mf/full/inside.txt"))},
          {78, target("x")},
          {79, target("x")},
          {81, both(target("old"), locked("fx/lock/old.bin"))},
          {82, both(target("old"), locked("fx/lock/old.bin"))},
          {83, both(target("old"), locked("fx/lock/old.bin"))},
          {84, both(folder("fx/lock"), locked("fx/lock/new.bin"))},
          {103, folder("fx")}};
}

void firstPage(TranscriptStage& stage) {
  for (const char* name : {" leading space", "%2F-literal.txt", "%41.txt", "..."}) {
    stage.server().putFile(std::string("fx/names/") + name, "x");
  }
  stage.buildFromAnswer();
  const HttpMessage first =
      stage.request("PROPFIND", stage.transcript().target(),
                    {{"Depth", "1"}, {"X-NC-Paginate", "true"}, {"X-NC-Paginate-Count", "5"}});
  stage.replace("3O1dSCRwfg+7le0SDaAfNNXuGPG0VYbJ", first.header("X-NC-Paginate-Token"));
}

/// `recordedId` is the file id in the recorded request.
Step pictured(const std::string& path, const std::string& recordedId) {
  return [=](TranscriptStage& stage) {
    stage.server().putFile(path, "\x89PNG\r\n");
    stage.replace("fileId=" + recordedId,
                  "fileId=" + std::to_string(stage.server().fileId(path).value()));
  };
}

std::map<int, Step> accessSteps() {
  const Step readable = target(std::string(28, 'x'));
  return {{86, wrongPassword},
          {87, readable},
          {88, both(readable, currentCookies)},
          {89, readable},
          {90, both(readable, tooManyWrongLogins)},
          {91, maintenance},
          {92, maintenance},
          {14, firstPage},
          {96, pictured("fx/types/a.png", "420")},
          {97, pictured("fx/types/a.pdf", "137")}};
}

const std::map<int, Step>& steps() {
  static const std::map<int, Step> all = [] {
    std::map<int, Step> merged = downloadSteps();
    merged.merge(uploadSteps());
    merged.merge(chunkSteps());
    merged.merge(treeSteps());
    merged.merge(accessSteps());
    return merged;
  }();
  return all;
}

}  // namespace

const std::map<int, std::string>& transcriptsNotCompared() {
  static const std::map<int, std::string> reasons = {
      {28, std::string("folder as zip: ") + kNotUsed},
      {29, std::string("folder as tar: ") + kNotUsed},
      {80, std::string("trash bin: ") + kNotUsed},
      {98, std::string("bulk upload: ") + kNotUsed},
      {99, std::string("bulk upload: ") + kNotUsed},
      {100, std::string("bulk upload: ") + kNotUsed},
      {101, std::string("search: ") + kNotUsed},
      {102, std::string("favourites: ") + kNotUsed},
  };
  return reasons;
}

void prepareStage(TranscriptStage& stage) {
  const auto step = steps().find(stage.transcript().number);
  if (step != steps().end()) {
    step->second(stage);
  } else if (stage.transcript().response.status() == 207) {
    stage.buildFromAnswer();
  }
}

}  // namespace mediadock
