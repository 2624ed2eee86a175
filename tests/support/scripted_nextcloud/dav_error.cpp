#include "support/scripted_nextcloud/dav_error.h"

namespace mediadock::scripted {

namespace {

constexpr const char* kSabre = "Sabre\\DAV\\Exception\\";

}  // namespace

DavError::DavError(int status, std::string exceptionClass, const std::string& message,
                   std::string details)
    : std::runtime_error(message),
      status_(status),
      exceptionClass_(std::move(exceptionClass)),
      details_(std::move(details)) {}

DavError DavError::with(std::string name, std::string value) && {
  headers_.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Answer DavError::toAnswer() const {
  Answer answer;
  answer.status = status_;
  if (status_ == 412) {
    answer.reason = "Precondition failed";
  }
  answer.headers = {{"Content-Type", "application/xml; charset=utf-8"},
                    {"Content-Security-Policy", "default-src 'none';"}};
  answer.headers.insert(answer.headers.end(), headers_.begin(), headers_.end());
  answer.framing = Answer::Framing::Chunked;
  const std::string message = what();
  answer.body =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<d:error xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\">\n  <s:exception>" +
      exceptionClass_ + "</s:exception>\n" +
      (message.empty() ? "  <s:message/>\n"
                       : "  <s:message>" + escapeXml(message) + "</s:message>\n") +
      details_ + "</d:error>\n";
  return answer;
}

DavError notFound(const std::string& path) {
  return {404, std::string(kSabre) + "NotFound",
          "File with name /" + path + " could not be located"};
}

DavError badRequest(const std::string& message) {
  return {400, std::string(kSabre) + "BadRequest", message};
}

DavError conflict(const std::string& message) {
  return {409, std::string(kSabre) + "Conflict", message};
}

DavError forbidden(const std::string& message) {
  return {403, std::string(kSabre) + "Forbidden", message};
}

DavError alreadyExists() {
  return DavError(405, std::string(kSabre) + "MethodNotAllowed",
                  "The resource you tried to create already exists")
      .with("Allow", "OPTIONS, GET, HEAD, DELETE, PROPFIND, PUT, PROPPATCH, COPY, MOVE, REPORT");
}

DavError preconditionFailed(const std::string& header, const std::string& message) {
  return {412, std::string(kSabre) + "PreconditionFailed", message,
          "  <s:header>" + header + "</s:header>\n"};
}

DavError invalidPath(const std::string& reason) {
  const std::string escaped = escapeXml(reason);
  return {400, "OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath", reason,
          "  <o:retry xmlns:o=\"o:\">false</o:retry>\n  <o:reason xmlns:o=\"o:\">" + escaped +
              "</o:reason>\n"};
}

DavError fileLocked(const std::string& path) {
  return {423, "OCA\\DAV\\Connector\\Sabre\\Exception\\FileLocked", "\"/" + path + "\" is locked"};
}

DavError lockedException(const std::string& path) {
  return {500, "OCP\\Lock\\LockedException", "\"/" + path + "\" is locked"};
}

DavError insufficientSpace(const std::string& path, std::uint64_t required,
                           std::uint64_t available) {
  return {507, std::string(kSabre) + "InsufficientStorage",
          "Insufficient space in /" + path + ", " + std::to_string(required) + " required, " +
              std::to_string(available) + " available"};
}

std::string escapeXml(const std::string& text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

}  // namespace mediadock::scripted
