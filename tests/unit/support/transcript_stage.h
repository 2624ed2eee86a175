#pragma once

/// \file
/// A scripted Nextcloud brought into the state in which an exchange was recorded.

#include "support/raw_http.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "unit/support/transcript.h"

#include <map>
#include <memory>
#include <string>

namespace mediadock {

/// The server, and the recorded request made ready for it.
class TranscriptStage final {
 public:
  /// Builds the state that the transcript needs.
  explicit TranscriptStage(Transcript transcript);

  const Transcript& transcript() const noexcept { return transcript_; }

  const ScriptedNextcloud& server() const noexcept { return server_; }

  /// Sends the recorded request with this server's credentials, tags and cookies in it.
  HttpMessage play();

  // Steps of preparation.

  ScriptedNextcloud& server() noexcept { return server_; }

  /// Sends a request with the right credentials.
  HttpMessage request(const std::string& method, const std::string& target,
                      const std::map<std::string, std::string>& headers = {},
                      const std::string& body = {});

  /// In the recorded request, `recorded` becomes `current`.
  void replace(const std::string& recorded, const std::string& current);

  /// Makes the file that the recorded request is about.
  void putTarget(const std::string& content);

  /// Makes all files and folders that the recorded multistatus names.
  void buildFromAnswer();

  /// Replaces the one quoted entity tag of the recorded request by that of the target.
  void replaceEtag();

  void usePassword(const std::string& password) { password_ = password; }

  /// Keeps the file locked for as long as the stage stands.
  void lock(const std::string& path) { lock_ = server_.lockFile(path); }

 private:
  std::string targetPath() const;

  Transcript transcript_;
  ScriptedNextcloud server_;
  std::string password_;
  std::map<std::string, std::string> replacements_;
  std::shared_ptr<void> lock_;
};

/// Exchanges that are not compared, each with the reason.
const std::map<int, std::string>& transcriptsNotCompared();

/// Brings the stage into the state of the recording.
void prepareStage(TranscriptStage& stage);

}  // namespace mediadock
