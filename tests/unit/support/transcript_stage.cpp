#include "unit/support/transcript_stage.h"

#include "support/scripted_nextcloud/names.h"
#include "unit/support/multistatus_meaning.h"

#include <Poco/RegularExpression.h>

#include <set>

namespace mediadock {

namespace {

constexpr const char* kFiles = "/remote.php/dav/files/";

/// Who asked, in the recording.
std::string recordedUser(const Transcript& transcript) {
  static const std::set<int> kAsSmall = {16, 51, 69};
  return kAsSmall.contains(transcript.number) ? "small" : "console";
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

std::string pathOfHref(const std::string& href) {
  const std::string decoded = scripted::decodePercent(href).value();
  const std::size_t user = decoded.find('/', std::string(kFiles).size());
  return scripted::toTreePath(decoded.substr(user + 1));
}

}  // namespace

TranscriptStage::TranscriptStage(Transcript transcript)
    : transcript_(std::move(transcript)),
      server_({.username = recordedUser(transcript_),
               .otherUsername = recordedUser(transcript_) == "small" ? "console" : "small"}),
      password_(server_.password()) {
  replace("occgldfebmhk", server_.instanceId());
  prepareStage(*this);
}

HttpMessage TranscriptStage::play() {
  std::string text = transcript_.requestText;
  for (const auto& [recorded, current] : replacements_) {
    replaceAll(text, recorded, current);
  }
  replaceAll(text, "Basic REDACTED", basicAuthorization(server_.username(), password_));
  RawConnection connection(server_.port());
  connection.send(text);
  if (transcript_.response.startLine.empty()) {
    connection.finishSending();
  } else if (transcript_.request.has("Content-Length")) {
    // The recording keeps only the start of long bodies.
    const std::size_t announced = std::stoul(transcript_.request.header("Content-Length"));
    connection.send(std::string(announced - transcript_.request.body.size(), 'c'));
  }
  return connection.receive(transcript_.method() == "HEAD");
}

HttpMessage TranscriptStage::request(const std::string& method, const std::string& target,
                                     const std::map<std::string, std::string>& headers,
                                     const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                     basicAuthorization(server_.username(), password_) +
                     "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  for (const auto& [name, value] : headers) {
    text += name;
    text += ": " + value + "\r\n";
  }
  RawConnection connection(server_.port());
  connection.send(text + "\r\n" + body);
  return connection.receive(method == "HEAD");
}

void TranscriptStage::replace(const std::string& recorded, const std::string& current) {
  replacements_[recorded] = current;
}

std::string TranscriptStage::targetPath() const {
  return pathOfHref(transcript_.target());
}

void TranscriptStage::putTarget(const std::string& content) {
  server_.putFile(targetPath(), content);
}

void TranscriptStage::buildFromAnswer() {
  for (const auto& [href, properties] : readMultistatus(plainBody(transcript_.response))) {
    if (href.ends_with('/')) {
      server_.makeFolder(pathOfHref(href));
      continue;
    }
    const auto length = properties.find("{DAV:}getcontentlength");
    const std::size_t size = length == properties.end() ? 0 : std::stoul(length->second);
    server_.putFile(pathOfHref(href), std::string(size, 'x'));
  }
}

void TranscriptStage::replaceEtag() {
  static const Poco::RegularExpression kTag("\"[0-9a-f]{32}\"");
  std::string tag;
  kTag.extract(transcript_.requestText, tag);
  replace(tag, request("HEAD", transcript_.target()).header("ETag"));
}

}  // namespace mediadock
