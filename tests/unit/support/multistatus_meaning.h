#pragma once

/// \file
/// What a multistatus or an error body says, without how it is spelt.

#include <map>
#include <ostream>
#include <string>

namespace mediadock {

/// Properties of one href: `{namespace}name` with a value that can be compared, or `404`.
///
/// Values that differ from server to server (times, ids, sizes of folders) are left out; entity
/// tags are reduced to their shape.
using PropertyMeaning = std::map<std::string, std::string>;

/// By href, as it is spelt in the answer.
using MultistatusMeaning = std::map<std::string, PropertyMeaning>;

/// Throws `Poco::XML::XMLException` if the text is no XML.
MultistatusMeaning readMultistatus(const std::string& xml);

/// Names and texts of the children of an error body, the message left out.
std::map<std::string, std::string> readDavError(const std::string& xml);

/// `"0af..."` becomes `"hex32"`.
std::string etagShape(const std::string& etag);

}  // namespace mediadock
