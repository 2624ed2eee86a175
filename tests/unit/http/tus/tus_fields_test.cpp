/// \file
/// What the metadata of a tus upload says of the file and its record.

#include "unit/http/tus/tus_fixture.h"

#include <Poco/Base64Encoder.h>
#include <gmock/gmock.h>

#include <sstream>
#include <string>

namespace mediadock::http {
namespace {

std::string base64(const std::string& text) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return encoded.str();
}

std::string with(const std::string& key, const std::string& value) {
  return std::string(kMetadata) + "," + key + " " + base64(value);
}

std::string tags(int count) {
  std::string text = "t";
  for (int i = 1; i < count; ++i) {
    text += ",t";
  }
  return text;
}

TEST_F(Tus, TakesNoMoreTagsThanARecordMayHave) {
  EXPECT_EQ(create(1, with("tags", tags(100))).status, 201);
  EXPECT_EQ(create(1, with("tags", tags(101))).status, 400);
  EXPECT_EQ(create(1, with("tags", std::string(257, 't'))).status, 400);
  EXPECT_EQ(create(1, with("customer_id", std::string(1025, 'c'))).status, 400);
}

TEST_F(Tus, KeepsTheTimeOfTheFile) {
  const auto timeAfter = [&](const std::string& key, const std::string& value) {
    const auto upload = begin(7, with(key, value));
    EXPECT_EQ(append(upload, 0, "con").status, 204) << value;
    EXPECT_EQ(append(upload, 3, "tent").status, 201) << value;
    const auto path = "folder/a.txt"_path;
    const auto time = world.storage->stat(path, {}).value().modifiedAt;
    world.service->remove(path, {}, world.context);
    return time;
  };
  const Timestamp time(std::chrono::milliseconds(1563116400123));

  EXPECT_EQ(timeAfter("mtime", "1563116400.123"), time);
  EXPECT_EQ(timeAfter("lastModified", "1563116400123"), time);
  EXPECT_NE(timeAfter("mtime", "1"), Timestamp(std::chrono::seconds(1)));
}

TEST_F(Tus, RefusesATimeThatIsNone) {
  for (const std::string value : {"yesterday", "nan", "inf", "1e30", "0x1", "1 ", "2019-07-14"}) {
    EXPECT_EQ(create(7, with("mtime", value)).status, 400) << value;
    EXPECT_EQ(create(7, with("lastModified", value)).status, 400) << value;
  }
  EXPECT_EQ(create(7, with("mtime", "")).status, 201);
}

}  // namespace
}  // namespace mediadock::http
