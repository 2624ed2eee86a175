#pragma once

/// \file
/// Named troubles, for trying a client by hand and for the weather test.

#include "support/scripted_nextcloud/scripted_nextcloud.h"

#include <string>
#include <vector>

namespace mediadock::scripted {

/// A server that has one kind of trouble, again and again, by counted requests.
struct Profile {
  std::string name;
  /// One line for people.
  std::string description;
  /// Sets the quota, if it has one.
  std::optional<std::uint64_t> quota;
  std::vector<Misbehaviour> rules;
};

/// All there are, in the order of the weather.
const std::vector<Profile>& profiles();

/// Makes the server behave as the profile says, and in no other way. Throws
/// `std::invalid_argument` for an unknown name.
void applyProfile(ScriptedNextcloud& server, const std::string& name);

}  // namespace mediadock::scripted
