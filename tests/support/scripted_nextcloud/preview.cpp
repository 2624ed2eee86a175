#include "support/scripted_nextcloud/preview.h"

#include "support/scripted_nextcloud/media_types.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preconditions.h"
#include "support/scripted_nextcloud/preview_pictures.h"

#include <Poco/URI.h>

#include <limits>
#include <span>
#include <string_view>
#include <unistd.h>

namespace mediadock::scripted {

namespace {

constexpr unsigned kEndless = std::numeric_limits<unsigned>::max();
constexpr std::time_t kDay = 86400;

std::string queryValue(const Request& request, const std::string& wanted) {
  for (const auto& [name, value] : Poco::URI(request.target).getQueryParameters()) {
    if (name == wanted) {
      return value;
    }
  }
  return {};
}

/// What every answer of a page carries.
Answer page(int status, const Account* account) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Security-Policy",
                     "default-src 'none';base-uri 'none';manifest-src "
                     "'self';frame-ancestors 'none'"}};
  if (account != nullptr) {
    answer.set("X-User-Id", account->id);
  }
  return answer;
}

Answer json(int status, const std::string& body, const Account* account) {
  Answer answer = page(status, account);
  answer.set("Content-Type", "application/json; charset=utf-8");
  answer.set("Cache-Control", "no-cache, no-store, must-revalidate");
  answer.body = body;
  return answer;
}

std::optional<NodeInfo> findById(const DavTree& tree, const std::string& fileId) {
  for (NodeInfo& node : tree.list("", kEndless)) {
    if (std::to_string(node.fileId) == fileId) {
      return std::move(node);
    }
  }
  return std::nullopt;
}

/// The picture for a file that starts as its name promises; empty for any other.
std::span<const std::uint8_t> pictureOf(DavTree& tree, const NodeInfo& node) {
  using namespace std::string_view_literals;
  const std::string type = listedType(nameOf(node.path));
  const bool isPng = type == "image/png";
  if (node.isFolder || (!isPng && type != "image/jpeg")) {
    return {};
  }
  const std::string_view wanted = isPng ? "\x89PNG"sv : "\xff\xd8\xff"sv;
  char start[4] = {};
  const DavTree::Reading reading = tree.openForReading(node.path);
  const ssize_t count = ::pread(reading.file->get(), start, wanted.size(), 0);
  if (std::string_view(start, count > 0 ? static_cast<std::size_t>(count) : 0) != wanted) {
    return {};
  }
  return isPng ? std::span<const std::uint8_t>(kPngPicture) : kJpegPicture;
}

Answer show(const Request& request, const Account& account, const NodeInfo& node,
            std::span<const std::uint8_t> picture) {
  const std::string type = listedType(nameOf(node.path));
  const std::string etag = '"' + node.etag + '"';
  const bool isKnown = request.header("If-None-Match") == etag;
  Answer answer = page(isKnown ? 304 : 200, &account);
  answer.set("ETag", etag);
  answer.set("Cache-Control", "private, max-age=86400, immutable");
  if (isKnown) {
    answer.framing = Answer::Framing::NoBody;
    return answer;
  }
  answer.set("Content-Type", type);
  answer.set("Last-Modified", toHttpDate(node.modified));
  answer.set("Expires", toHttpDate(std::time(nullptr) + kDay));
  answer.set("Content-Disposition", std::string("inline; filename=\"64-64-max.") +
                                        (type == "image/png" ? "png" : "jpg") + '"');
  answer.body.assign(picture.begin(), picture.end());
  return answer;
}

}  // namespace

bool isPreview(const Request& request) {
  const std::string path = request.path.substr(0, request.path.find('?'));
  return path == "/index.php/core/preview" || path == "/core/preview";
}

Answer preview(const Request& request, Account* account) {
  if (account == nullptr) {
    return json(401, R"({"message":"Current user is not logged in"})", account);
  }
  if (queryValue(request, "x") == "0" || queryValue(request, "y") == "0") {
    return json(400, "[]", account);
  }
  DavTree& tree = account->tree;
  const auto node = findById(tree, queryValue(request, "fileId"));
  const auto picture = node ? pictureOf(tree, *node) : std::span<const std::uint8_t>();
  return picture.empty() ? json(404, "[]", account) : show(request, *account, *node, picture);
}

}  // namespace mediadock::scripted
