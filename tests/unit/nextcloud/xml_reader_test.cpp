// The reader of XML beside expat: what one takes for well-formed, the other does, too, and both
// find the same in it.

#include "xml_reader.h"

#include "support/storage_error_matcher.h"
#include "transcript.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <expat.h>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace mediadock {
namespace {

/// What is found in a document, as lines; nothing where it is not well-formed or not complete.
using Found = std::optional<std::vector<std::string>>;

void addText(std::vector<std::string>& lines, std::string_view text) {
  if (lines.empty() || !lines.back().starts_with('"')) {
    lines.emplace_back("\"");
  }
  lines.back() += text;
}

class Lines final : public IXmlHandler {
 public:
  void startElement(const Name& name) override { lines.push_back("<" + std::string(name.text)); }

  void endElement(const Name& name) override { lines.push_back(">" + std::string(name.text)); }

  void text(std::string_view text) override { addText(lines, text); }

  std::vector<std::string> lines;
};

Found readByUs(std::string_view document, std::size_t piece) {
  Lines found;
  try {
    XmlReader reader(found);
    for (; !document.empty(); document.remove_prefix(std::min(piece, document.size()))) {
      reader.feed(document.substr(0, piece));
    }
    reader.finish();
  } catch (const StorageError&) {
    return std::nullopt;
  }
  return found.lines;
}

Found readByExpat(std::string_view document) {
  std::vector<std::string> lines;
  XML_Parser parser = XML_ParserCreateNS("UTF-8", '|');
  XML_SetUserData(parser, &lines);
  XML_SetElementHandler(
      parser,
      [](void* data, const char* name, const char** /*attributes*/) {
        static_cast<std::vector<std::string>*>(data)->push_back("<" + std::string(name));
      },
      [](void* data, const char* name) {
        static_cast<std::vector<std::string>*>(data)->push_back(">" + std::string(name));
      });
  XML_SetCharacterDataHandler(parser, [](void* data, const char* text, int length) {
    addText(*static_cast<std::vector<std::string>*>(data),
            {text, static_cast<std::size_t>(length)});
  });
  const auto status =
      XML_Parse(parser, document.data(), static_cast<int>(document.size()), XML_TRUE);
  XML_ParserFree(parser);
  return status == XML_STATUS_OK ? Found(lines) : std::nullopt;
}

void expectAgreement(const std::string& document) {
  const auto expected = readByExpat(document);
  for (const std::size_t piece : {document.size() + 1, std::size_t{1}, std::size_t{7}}) {
    ASSERT_EQ(readByUs(document, piece), expected) << document << "\nin pieces of " << piece;
  }
}

class XmlDocument : public testing::TestWithParam<const char*> {};

TEST_P(XmlDocument, IsReadAsExpatReadsIt) {
  expectAgreement(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    WellFormed, XmlDocument,
    testing::Values("<a/>", "<a></a >", "\xEF\xBB\xBF<a/>", "<?xml version='1.0'?>\n<a/>\n",
                    "<!-- - --><a><!----></a><?p i?>", "<a>x<b/>y</a>", "<a x='1' y=\"'2'\"/>",
                    "<a\n x = '&lt;'\t>\r\n\r</a>", "<a>&amp;&lt;&gt;&quot;&apos;</a>",
                    "<a>&#65;&#x20AC;&#x1F4F7;</a>", "<a><![CDATA[<&]]>]]&gt;</a>",
                    "<a>] ]] ]&gt;</a>", "<a xmlns='u'><b xmlns=''><c/></b><d/></a>",
                    "<p:a xmlns:p='u'><p:b xmlns:p='v'><p:c/></p:b><p:c/></p:a>",
                    "<a xmlns:p='u' p:x='1' x='2'/>", "<a xml:lang='el'>\u03b1\U0001F4F7</a>",
                    "<\u03b1 \u03b2='1'/>", "<a>\x7F</a>", "<_a-1.b/>", "<a><![CDATA[\r\n\r]]></a>",
                    "<a xmlns:p='&lt;u'><p:b/></a>"));

INSTANTIATE_TEST_SUITE_P(
    Broken, XmlDocument,
    testing::Values("", " ", "a", "<a>", "<a", "</a>", "<a></b>", "<a></ab>", "<ab></a>",
                    "<a/><b/>", "<a/>x", "<a/>&#32;", " <?xml version='1.0'?><a/>",
                    "<a><?xml x?></a>", "<a><?XML x?></a>", "<a x/>", "<a x=1/>", "<a x='1'y='2'/>",
                    "<a x='1' x='2'/>", "<a x='<'/>", "<a x='&'/>", "<a x='&y;'/>", "<a/ >",
                    "< a/>", "<a / >", "<1/>", "<-a/>", "<p:a/>", "<a p:x='1'/>",
                    "<a:b:c xmlns:a='u'/>", "<:a/>", "<a:/>", "<a xmlns:p=''/>",
                    "<a xmlns:xmlns='u'/>", "<a xmlns:xml='u'/>",
                    "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "<a>]]></a>", "<a>&</a>",
                    "<a>&x;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>",
                    "<a>&#xFFFE;</a>", "<a>&#;</a>", "<a>&#X41;</a>", "<a>\x01</a>", "<a>\xC3</a>",
                    "<a>\xC0\x80</a>", "<a>\xED\xA0\x80</a>", "<a>\xEF\xBF\xBF</a>",
                    "<a><!-- -- --></a>", "<a><!- -></a>", "<a><![CDATA[</a>", "<![CDATA[x]]><a/>",
                    "<a/><!--", "<a/><?p", "<a/><", "<a></a", "<a><b></a></b>", "<a>< /a>"));

TEST(XmlReader, ReadsWhatIsRecordedAsExpatDoes) {
  for (const char* number : {"001", "002", "003", "004", "005", "009", "010", "013", "061"}) {
    expectAgreement(recordedResponse(number).body);
  }
}

TEST(XmlReader, AgreesWithExpatOnDamagedDocuments) {
  const std::string whole =
      "<d:m xmlns:d='DAV:' xmlns:o=\"u\"><d:r><d:href>/a%20b&amp;&#99;</d:href><d:p>"
      "<o:id x='1'>7\u03b1</o:id><d:t/><!-- c --></d:p><![CDATA[x]]></d:r></d:m>";
  constexpr std::string_view kSigns = "<>&;/'\"= :x[]!-?#d\r\n\x01\xC3\xB1";
  std::mt19937 random(20261126);
  const auto below = [&random](std::size_t bound) {
    return static_cast<std::size_t>(random()) % bound;
  };
  int wellFormed = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = whole;
    for (std::size_t i = below(3) + 1; i > 0; --i) {
      const auto at = below(damaged.size());
      switch (below(3)) {
        case 0:
          damaged[at] = kSigns[below(kSigns.size())];
          break;
        case 1:
          damaged.insert(at, 1, kSigns[below(kSigns.size())]);
          break;
        default:
          damaged.erase(at, below(4));
      }
    }
    const auto expected = readByExpat(damaged);
    wellFormed += expected ? 1 : 0;
    ASSERT_EQ(readByUs(damaged, below(20) + 1), expected) << damaged;
  }
  EXPECT_GT(wellFormed, 1000) << "some have to be readable still";
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

TEST(XmlReader, EndsATagThatHasNoEnd_E09) {
  Lines found;
  XmlReader reader(found);
  reader.feed("<a x='");

  EXPECT_THAT(
      [&] {
        for (int i = 0; i < 40; ++i) {
          reader.feed(std::string(65536, 'x'));
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
}  // namespace mediadock
