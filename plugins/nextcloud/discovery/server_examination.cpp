#include "discovery/server_examination.h"

#include "dav/status_error.h"
#include "discovery/server_capabilities.h"

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <chrono>
#include <utility>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kMaxWords = 200;

std::string quoted(const std::vector<std::string>& words) {
  std::string result;
  for (const auto& word : words) {
    result += (result.empty() ? "'" : ", '") + word + "'";
  }
  return result.empty() ? "none" : result.substr(0, kMaxWords);
}

/// Whether a comma-separated header contains `token`.
bool names(const std::string& header, const std::string& token) {
  const Poco::StringTokenizer tokens(
      header, ",", Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY);
  return tokens.has(token);
}

class Examination {
 public:
  Examination(ServerFacts facts, DavClient& client, const http_client::CallLimits& limits)
      : facts_(std::move(facts)),
        client_(client),
        limits_(limits) {}

  ServerFacts run() {
    askCapabilities();
    askOptions();
    askPreview();
    const std::string unasked = "nothing: it would take a write";
    note("auto_mkcol", unasked, "not relied on; missing folders are made with MKCOL");
    note("x_hash", unasked, "each answer to a write shows it");
    facts_.names.describe(facts_.capabilities);
    return std::move(facts_);
  }

 private:
  void note(std::string ability, std::string asked, std::string answered) {
    facts_.capabilities.evidence.push_back(
        evidenceOf(std::move(ability), std::move(asked), std::move(answered)));
  }

  http_client::HttpResponse ask(const std::string& method, const std::string& target) {
    auto response =
        client_.exchange({.method = method, .target = target, .isRepeatable = true}, {}, limits_);
    const int status = response.status();
    if (status == 401 || status == 429 || status >= 500) {
      throwRefusal(DavCall::Discover, response, limits_);
    }
    return response;
  }

  void askCapabilities() {
    const std::string asked = "GET /ocs/v2.php/cloud/capabilities";
    auto response = ask("GET", facts_.installTarget + "/ocs/v2.php/cloud/capabilities?format=json");
    const auto text = response.text(kMaxJsonBytes, limits_);
    const auto told = response.status() == 200 ? parseServerCapabilities(text) : std::nullopt;
    if (!told) {
      note("server_capabilities", asked,
           "HTTP " + std::to_string(response.status()) +
               " and no capabilities; those of Nextcloud 32 are taken");
      return;
    }
    note("server_capabilities", asked, "version " + told->version);
    noteChunks(asked, *told);
    applyNameRules(asked, *told);
  }

  void noteChunks(const std::string& asked, const ServerCapabilities& told) {
    facts_.maxChunkBytes = told.maxChunkBytes;
    facts_.maxParallelChunks = told.maxParallelChunks;
    const auto shown = [](const std::optional<std::uint64_t>& limit) {
      return limit ? std::to_string(*limit) : "not told";
    };
    note("chunked_upload", asked,
         "max_size " + shown(told.maxChunkBytes) + ", max_parallel_count " +
             shown(told.maxParallelChunks));
  }

  void applyNameRules(const std::string& asked, const ServerCapabilities& told) {
    auto& rules = facts_.names;
    rules.forbiddenNames = told.forbiddenNames.value_or(rules.forbiddenNames);
    rules.forbiddenBasenames = told.forbiddenBasenames.value_or(rules.forbiddenBasenames);
    rules.forbiddenExtensions = told.forbiddenExtensions.value_or(rules.forbiddenExtensions);
    for (const auto& character : told.forbiddenCharacters.value_or(std::vector<std::string>())) {
      // A slash cannot be in a name anyway. A non-ASCII character has several bytes, which it
      // shares with others: such names are left to the server to refuse.
      const bool isNew = rules.forbiddenCharacters.find(character) == std::string::npos;
      if (character.size() == 1 && character != "/" && isNew) {
        rules.forbiddenCharacters += character;
      }
    }
    note("forbidden_names", asked,
         "names " + quoted(rules.forbiddenNames) + "; before a dot " +
             quoted(rules.forbiddenBasenames) + "; endings " + quoted(rules.forbiddenExtensions) +
             "; characters " + rules.forbiddenCharacters +
             (told.isWindowsCompatible ? "; Windows-compatible" : ""));
  }

  void askOptions() {
    auto response = ask("OPTIONS", facts_.urls.collectionTarget({}));
    response.drain(limits_);
    const auto classes = response.head().field("DAV");
    facts_.hasPaging = names(classes, "nc-paginate");
    facts_.isPagingBroken = std::make_shared<std::atomic<bool>>(false);
    note("paging", "OPTIONS, header DAV",
         facts_.hasPaging ? "nc-paginate" : "nc-paginate is not among its classes");
  }

  /// No file has the ID 0: a server with previews responds in JSON that there is none.
  void askPreview() {
    auto response = ask(
        "GET", facts_.installTarget + "/index.php/core/preview?fileId=0&x=1&y=1&a=1&forceIcon=0");
    const auto text = Poco::trim(response.text(kMaxJsonBytes, limits_));
    const int status = response.status();
    facts_.capabilities.previews = (status == 404 || status == 400) && text == "[]";
    note("previews", "GET /index.php/core/preview of file 0",
         "HTTP " + std::to_string(status) +
             (facts_.capabilities.previews ? " []" : " and not the preview endpoint's words"));
  }

  ServerFacts facts_;
  DavClient& client_;
  const http_client::CallLimits& limits_;
};

}  // namespace

ServerFacts examine(ServerFacts known, DavClient& client, const http_client::CallLimits& limits) {
  return Examination(std::move(known), client, limits).run();
}

CapabilityEvidence evidenceOf(std::string ability, std::string asked, std::string answered) {
  return {.ability = std::move(ability),
          .asked = std::move(asked),
          .answered = std::move(answered),
          .at = std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now())};
}

}  // namespace mediadock::nextcloud
