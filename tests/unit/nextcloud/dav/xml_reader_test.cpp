#include "dav/xml_reader.h"

#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;

/// What is found in a document, as lines.
class Lines final : public IXmlHandler {
 public:
  unsigned idOf(std::string_view name) override {
    asked.emplace_back(name);
    return static_cast<unsigned>(asked.size());
  }

  void startElement(const Name& name) override {
    lines.push_back("<" + std::string(name.text) + " " + std::to_string(name.id));
  }

  void endElement(const Name& name) override {
    lines.push_back(">" + std::string(name.text) + " " + std::to_string(name.id));
  }

  void text(std::string_view text) override {
    if (lines.empty() || !lines.back().starts_with('"')) {
      lines.emplace_back("\"");
    }
    lines.back() += text;
  }

  std::vector<std::string> lines;
  std::vector<std::string> asked;
};

TEST(XmlReader, AsksOnceForEachName) {
  Lines found;
  XmlReader reader(found);

  for (const char c : std::string("<a xmlns='u'><p:b xmlns:p='v'>x&amp;y</p:b><b/><b/></a>")) {
    reader.feed({&c, 1});
  }
  reader.finish();

  EXPECT_THAT(found.asked, ElementsAre("u|a", "v|b", "u|b"));
  EXPECT_THAT(found.lines, ElementsAre("<u|a 1", "<v|b 2", "\"x&y", ">v|b 2", "<u|b 3", ">u|b 3",
                                       "<u|b 3", ">u|b 3", ">u|a 1"));
}

TEST(XmlReader, RefusesDocumentTypes_E09) {
  Lines found;
  XmlReader reader(found);

  EXPECT_THAT([&] { reader.feed("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST(XmlReader, EndsWhatIsNestedTooDeeply_E09) {
  Lines found;
  XmlReader reader(found);

  EXPECT_THAT(
      [&] {
        for (int i = 0; i < 100; ++i) {
          reader.feed("<a>");
        }
      },
      ThrowsStorageError(StorageErrc::Protocol));
}

TEST(XmlReader, EndsWhatHasTooManyNames_E09) {
  Lines found;
  XmlReader reader(found);
  reader.feed("<a>");

  EXPECT_THAT(
      [&] {
        for (int i = 0; i < 10000; ++i) {
          reader.feed("<a" + std::to_string(i) + "/>");
        }
      },
      ThrowsStorageError(StorageErrc::Protocol));
}

TEST(XmlReader, TellsWhatIsCutFromWhatIsBroken) {
  Lines found;
  for (const char* cut : {"", "<a>", "<a><b", "<a>&am"}) {
    XmlReader reader(found);
    reader.feed(cut);
    EXPECT_THAT([&] { reader.finish(); }, ThrowsStorageError(StorageErrc::Truncated)) << cut;
  }
  XmlReader reader(found);
  EXPECT_THAT([&] { reader.feed("<a></b>"); }, ThrowsStorageError(StorageErrc::Protocol));
}

}  // namespace
}  // namespace mediadock::nextcloud
