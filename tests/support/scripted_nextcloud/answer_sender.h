#pragma once

/// \file
/// Puts answers on the wire byte for byte, beneath Poco's streams.

#include "support/scripted_nextcloud/answer.h"

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <functional>
#include <optional>

namespace mediadock::scripted {

/// Sends the answer; without its body for a HEAD. With `cutAfter` the connection ends after so many
/// bytes of the body. `beforeEnd` is called before the client can have seen the last byte. Throws
/// `Poco::Net::NetException` or `std::system_error` if the client is gone.
void sendAnswer(Poco::Net::StreamSocket& socket, const Answer& answer, bool isHead,
                std::optional<std::uint64_t> cutAfter, const std::function<void()>& beforeEnd);

}  // namespace mediadock::scripted
