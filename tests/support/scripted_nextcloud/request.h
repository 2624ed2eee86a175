#pragma once

/// \file
/// One request as handlers see it.

#include <Poco/Net/MessageHeader.h>

#include <cstdint>
#include <istream>
#include <optional>
#include <span>
#include <string>

namespace mediadock::scripted {

/// Thrown when the client goes away in the middle of its request; nobody is left to answer.
struct ClientGone final {};

/// The body of a request, counted against its announced length.
class RequestBody final {
 public:
  /// `stream` may be null only without a body; it must outlive this.
  RequestBody(std::istream* stream, std::optional<std::uint64_t> length, bool isChunked);

  bool isChunked() const noexcept { return isChunked_; }

  /// The value of Content-Length.
  std::optional<std::uint64_t> length() const noexcept { return length_; }

  std::uint64_t received() const noexcept { return received_; }

  /// Reads what is there next; 0 at the end. Throws `ClientGone` where the body ends short of
  /// its length, and a 507 after `fillUpAfter`.
  std::size_t read(std::span<char> buffer);

  /// The whole rest as text.
  std::string readAll();

  /// Reads and forgets the rest, so that the next request on the connection is found.
  void discard();

  /// From now on the storage is full after `bytes` of this body.
  void fillUpAfter(std::uint64_t bytes) { capacity_ = bytes; }

 private:
  std::istream* stream_;
  std::optional<std::uint64_t> length_;
  bool isChunked_;
  std::uint64_t received_ = 0;
  std::optional<std::uint64_t> capacity_;
};

/// Head and body of a request.
struct Request {
  std::string method;
  /// As it came: percent-encoded, with the query.
  std::string target;
  /// The decoded path, as the web server in front hands it on.
  std::string path;
  Poco::Net::MessageHeader headers;
  RequestBody& body;

  bool has(const std::string& name) const { return headers.has(name); }

  /// Empty where there is no such header.
  std::string header(const std::string& name) const { return headers.get(name, ""); }

  /// The value of a header that is a plain number. Nothing where it is missing or something else.
  std::optional<std::uint64_t> number(const std::string& name) const;
};

/// Cuts off the query and resolves `//`, `/./` and `/../` as the web server in front does; what is
/// percent-encoded stays so.
std::string collapsePath(const std::string& target);

}  // namespace mediadock::scripted
