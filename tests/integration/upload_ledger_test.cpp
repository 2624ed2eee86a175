#include "integration/upload_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mediadock {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(UploadContent, TellsWhoseItIsUnlessAByteIsWrong) {
  std::string content = uploadContent(7, 5000);

  EXPECT_EQ(content.size(), 5000U);
  EXPECT_EQ(findUpload(content), 7U);
  EXPECT_EQ(findUpload(content.substr(0, 4999)), std::nullopt);
  content.back() = static_cast<char>(content.back() + 1);
  EXPECT_EQ(findUpload(content), std::nullopt);
  EXPECT_EQ(findUpload(""), std::nullopt);
}

class UploadLedgerTest : public testing::Test {
 protected:
  UploadLedger ledger_;
  const unsigned first_ = ledger_.begin();
  const unsigned second_ = ledger_.begin();
  const std::string one_ = uploadContent(first_, 100);
  const std::string two_ = uploadContent(second_, 100);
};

TEST_F(UploadLedgerTest, IsContentWithWhatWasConfirmed) {
  ledger_.confirm(first_, "a");

  EXPECT_THAT(ledger_.audit({{"a", one_}}), IsEmpty());
}

TEST_F(UploadLedgerTest, MissesWhatWasConfirmed) {
  ledger_.confirm(first_, "a");

  EXPECT_THAT(ledger_.audit({}), ElementsAre(HasSubstr("not there")));
}

TEST_F(UploadLedgerTest, TakesADoubtfulReplacementForEither) {
  ledger_.confirm(first_, "a");
  ledger_.doubt(second_, "a");

  EXPECT_THAT(ledger_.audit({{"a", one_}}), IsEmpty());
  EXPECT_THAT(ledger_.audit({{"a", two_}}), IsEmpty());
  EXPECT_THAT(ledger_.audit({{"a", two_.substr(1)}}), ElementsAre(HasSubstr("of no upload")));
}

TEST_F(UploadLedgerTest, FindsTheOldFileBehindAConfirmedReplacement) {
  ledger_.confirm(first_, "a");
  ledger_.confirm(second_, "a");

  EXPECT_THAT(ledger_.audit({{"a", one_}}), ElementsAre(HasSubstr("not its")));
}

TEST_F(UploadLedgerTest, FindsDuplicates) {
  ledger_.doubt(first_, std::nullopt);

  EXPECT_THAT(ledger_.audit({{"a", one_}}), IsEmpty());
  EXPECT_THAT(ledger_.audit({{"a", one_}, {"b", one_}}), ElementsAre(HasSubstr("repeats")));
}

}  // namespace
}  // namespace mediadock
