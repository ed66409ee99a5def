#include "core/calendar/calendar_json.h"

#include <string>

#include <nlohmann/json.hpp>

#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

TEST(CalendarJson, TheAssetIsValidCompleteAndCanonical) {
  const auto file = decode_calendar_file(asset_text());
  ASSERT_TRUE(file) << file.error().path << " " << file.error().code;
  EXPECT_NE(file->source.find("State Council"), std::string::npos);
  EXPECT_NE(file->source.find("MIT"), std::string::npos);
  EXPECT_EQ(file->years.size(), 20U);
  EXPECT_EQ(file->years.begin()->first, 2007);
  EXPECT_EQ(file->years.rbegin()->first, 2026);
  for (const auto& [number, year] : file->years) {
    EXPECT_EQ(year.year, number);
    EXPECT_FALSE(year.papers.empty());
  }
  EXPECT_EQ(encode_calendar_file(*file), asset_text());
}

TEST(CalendarJson, KeepsWhatTheFileSaysOfADay) {
  const auto file = decode_calendar_file(asset_text());
  ASSERT_TRUE(file);
  const OfficialDay& moved = file->years.at(2007).work.back();
  EXPECT_EQ(to_string(moved.date), "2007-12-29");
  EXPECT_EQ(moved.name, "元旦");
  EXPECT_EQ(moved.notice_year, 2008);
  const OfficialDay& redundant = file->years.at(2020).work.at(1);
  EXPECT_EQ(to_string(redundant.date), "2020-02-03");
  EXPECT_FALSE(redundant.note.empty());
  EXPECT_FALSE(file->years.at(2026).pending.empty());
}

TEST(CalendarJson, EveryYearGoesBothWaysAlone) {
  const auto file = decode_calendar_file(asset_text());
  ASSERT_TRUE(file);
  for (const auto& [number, year] : file->years) {
    const nlohmann::json value = encode_calendar_year(year);
    EXPECT_EQ(decode_calendar_year(number, value), year);
    EXPECT_EQ(decode_calendar_year(number, std::string_view(value.dump())), year);
  }
}

TEST(CalendarJson, SourceAndPapersMayBeMissing) {
  const auto file = decode_calendar_file(
      R"({"years": {"2027": {"off": [{"date": "2027-01-01", "name": "元旦"}], "work": []}}})");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->years.at(2027), (CalendarYear{2027, {}, {{day_of("2027-01-01"), "元旦"}}, {}}));
  EXPECT_EQ(decode_calendar_file(encode_calendar_file(*file)), file);
}

TEST(CalendarJson, EscapesWhatItWrites) {
  CalendarFile file;
  file.source = "a \"quoted\" \\ source";
  file.years[2027] = {2027,
                      {"https://example.org/\"1\""},
                      {{day_of("2027-01-01"), "“元旦”\"\\", 2026, "n\"n"}},
                      {},
                      "p\"p"};
  EXPECT_EQ(decode_calendar_file(encode_calendar_file(file)), file);
}

struct RefusedRow {
  std::string text;
  const char* path;
  const char* code;
};

std::string file_with(const std::string& year) {
  return R"({"source": "s", "years": {"2027": )" + year + "}}";
}

const std::string new_year = R"({"date": "2027-01-01", "name": "元旦"})";

// A year whose off days are new_year and then `more`.
std::string off_with(const std::string& more) {
  return file_with(R"({"paper": [], "off": [)" + new_year + more + R"(], "work": []})");
}
std::string work_with(const std::string& days) {
  return file_with(R"({"paper": [], "off": [)" + new_year + R"(], "work": [)" + days + "]}");
}
std::string paper_with(const std::string& papers) {
  return file_with(R"({"paper": [)" + papers + R"(], "off": [)" + new_year + R"(], "work": []})");
}
std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

void expect_refused(const std::vector<RefusedRow>& rows) {
  for (const RefusedRow& row : rows) {
    const auto file = decode_calendar_file(row.text);
    ASSERT_FALSE(file) << row.text;
    EXPECT_EQ(file.error().path, row.path) << row.text.substr(0, 300);
    EXPECT_EQ(file.error().code, row.code) << row.text.substr(0, 300);
  }
}

TEST(CalendarJson, TheRowsBelowDifferFromAValidFileInOneThing) {
  for (const std::string& text :
       {off_with(""), off_with(R"(, {"date": "2027-01-02", "name": "元旦"})"),
        work_with(R"({"date": "2027-01-03", "name": "元旦"})"),
        work_with(R"({"date": "2027-01-04", "name": "元旦", "note": "redundant"})"),
        paper_with(R"("https://www.gov.cn/1")")}) {
    const auto file = decode_calendar_file(text);
    EXPECT_TRUE(file) << text << file.error().path << " " << file.error().code;
  }
}

TEST(CalendarJson, RefusesWhatIsNoJsonText) {
  expect_refused({
      {"", "", "not_json"},
      {"{", "", "not_json"},
      {off_with("") + "x", "", "not_json"},
      {off_with(","), "", "not_json"},
      {std::string(100'000, '['), "", "not_json"},
      {"{\"source\": \"\xC0\xAF\"}", "", "not_utf8"},
      {"{\"source\": \"\xED\xA0\x80\"}", "", "not_utf8"},      // a surrogate
      {"{\"source\": \"\xF4\x90\x80\x80\"}", "", "not_utf8"},  // beyond U+10FFFF
      {"{\"source\": \"\xE5\x85\"}", "", "not_utf8"},          // cut off
      {"\xFF", "", "not_utf8"},
      {std::string(max_calendar_file_bytes + 1, ' '), "", "too_large"},
      {R"({"source": "a", "source": "b", "years": {}})", "", "duplicate_key"},
      {off_with(R"(, {"date": "2027-01-02", "date": "2027-01-03", "name": "元旦"})"), "",
       "duplicate_key"},
      {R"({"years": {"2027": {}, "2027": {}}})", "", "duplicate_key"},
  });
}

TEST(CalendarJson, RefusesUnknownAndMissingFieldsAndWrongTypes) {
  const std::string days = R"("off": [)" + new_year + R"(], "work": [])";
  expect_refused({
      {"[]", "", "wrong_type"},
      {"null", "", "wrong_type"},
      {"{}", "/years", "missing_field"},
      {R"({"years": {}, "extra": 1})", "/extra", "unknown_field"},
      {R"({"years": {}, "a/b~c": 1})", "/a~1b~0c", "unknown_field"},
      {R"({"years": []})", "/years", "wrong_type"},
      {R"({"years": {}})", "/years", "empty"},
      {R"({"source": 1, "years": {}})", "/source", "wrong_type"},
      {R"({"source": "", "years": {}})", "/source", "empty"},
      {file_with("[]"), "/years/2027", "wrong_type"},
      {file_with("{}"), "/years/2027/off", "missing_field"},
      {file_with(R"({"off": []})"), "/years/2027/work", "missing_field"},
      {file_with("{" + days + R"(, "holidays": []})"), "/years/2027/holidays", "unknown_field"},
      {file_with(R"({"off": {}, "work": []})"), "/years/2027/off", "wrong_type"},
      {file_with(R"({"off": [], "work": []})"), "/years/2027/off", "empty"},
      {file_with("{" + days + R"(, "paper": "x"})"), "/years/2027/paper", "wrong_type"},
      {file_with("{" + days + R"(, "pending": true})"), "/years/2027/pending", "wrong_type"},
      {paper_with("1"), "/years/2027/paper/0", "wrong_type"},
      {paper_with(R"x("https://a", "javascript:alert(1)")x"), "/years/2027/paper/1", "bad_address"},
      {off_with(", 1"), "/years/2027/off/1", "wrong_type"},
      {off_with(R"(, {"name": "元旦"})"), "/years/2027/off/1/date", "missing_field"},
      {off_with(R"(, {"date": "2027-01-02"})"), "/years/2027/off/1/name", "missing_field"},
      {off_with(R"(, {"date": 20270102, "name": "元旦"})"), "/years/2027/off/1/date", "wrong_type"},
      {off_with(R"(, {"date": "2027-01-02", "name": null})"), "/years/2027/off/1/name",
       "wrong_type"},
      {off_with(R"(, {"date": "2027-01-02", "name": "元旦", "isOffDay": true})"),
       "/years/2027/off/1/isOffDay", "unknown_field"},
  });
}

TEST(CalendarJson, RefusesDatesThatAreWrongOrInTheWrongPlace) {
  expect_refused({
      {R"({"years": {"27": {}}})", "/years/27", "bad_year"},
      {R"({"years": {"02027": {}}})", "/years/02027", "bad_year"},
      {R"({"years": {"1969": {}}})", "/years/1969", "bad_year"},
      {R"({"years": {"2200": {}}})", "/years/2200", "bad_year"},
      {R"({"years": {"": {}}})", "/years/", "bad_year"},
      {off_with(R"(, {"date": "2027-02-29", "name": "春节"})"), "/years/2027/off/1/date",
       "bad_date"},
      {off_with(R"(, {"date": "2027-1-2", "name": "元旦"})"), "/years/2027/off/1/date", "bad_date"},
      {off_with(R"(, {"date": "", "name": "元旦"})"), "/years/2027/off/1/date", "empty"},
      {off_with(R"(, {"date": "2027-01-02T00:00", "name": "元旦"})"), "/years/2027/off/1/date",
       "too_long"},
      {off_with(R"(, {"date": "2028-01-01", "name": "元旦"})"), "/years/2027/off/1/date",
       "date_outside_year"},
      {work_with(R"({"date": "2026-12-27", "name": "元旦"})"), "/years/2027/work/0/date",
       "date_outside_year"},
      {off_with(", " + new_year), "/years/2027/off/1/date", "duplicate_date"},
      {off_with(R"(, {"date": "2027-01-03", "name": "a"}, {"date": "2027-01-02", "name": "a"})"),
       "/years/2027/off/2/date", "not_ascending"},
      {file_with(
           R"({"off": [{"date": "2027-01-02", "name": "a"}], "work": [{"date": "2027-01-02", "name": "a"}]})"),
       "/years/2027/work/0/date", "off_and_work"},
      {work_with(R"({"date": "2027-01-04", "name": "元旦"})"), "/years/2027/work/0/date",
       "work_on_weekday"},
      {off_with(R"(, {"date": "2027-12-31", "name": "元旦", "notice_year": 2028})"),
       "/years/2027/off/1/notice_year", "wrong_type"},
      {off_with(R"(, {"date": "2027-12-31", "name": "元旦", "notice_year": "2027"})"),
       "/years/2027/off/1/notice_year", "bad_year"},
      {off_with(R"(, {"date": "2027-12-31", "name": "元旦", "notice_year": "x"})"),
       "/years/2027/off/1/notice_year", "bad_year"},
  });
}

TEST(CalendarJson, RefusesWhatIsTooMuch) {
  const std::string text_64 = repeated("节", 21) + "a";
  ASSERT_EQ(text_64.size(), max_day_name_bytes);
  EXPECT_TRUE(
      decode_calendar_file(off_with(R"(, {"date": "2027-01-02", "name": ")" + text_64 + "\"}")));
  std::string many_days = new_year;
  for (std::size_t i = 0; i < max_calendar_days; ++i) many_days += ", " + new_year;
  expect_refused({
      {off_with(R"(, {"date": "2027-01-02", "name": ")" + text_64 + "b\"}"),
       "/years/2027/off/1/name", "too_long"},
      {off_with(R"(, {"date": "2027-01-02", "name": ""})"), "/years/2027/off/1/name", "empty"},
      {off_with(R"(, {"date": "2027-01-02", "name": "a\nb"})"), "/years/2027/off/1/name",
       "control_character"},
      {off_with(R"(, {"date": "2027-01-02", "name": "a\u0000b"})"), "/years/2027/off/1/name",
       "control_character"},
      {off_with(R"(, {"date": "2027-01-02", "name": "a", "note": ")" + std::string(1025, 'x') +
                "\"}"),
       "/years/2027/off/1/note", "too_long"},
      {R"({"source": ")" + std::string(1025, 'x') + R"(", "years": {}})", "/source", "too_long"},
      {file_with(R"({"off": [)" + many_days + R"(], "work": []})"), "/years/2027/off", "too_many"},
      {file_with(R"({"off": [)" + new_year + R"(], "work": [)" + many_days + "]}"),
       "/years/2027/work", "too_many"},
      {paper_with(R"("https://a")" + repeated(R"(, "https://a")", max_calendar_papers)),
       "/years/2027/paper", "too_many"},
  });
}

TEST(CalendarJson, AYearAloneIsRefusedWithPathsFromItsOwnRoot) {
  const auto refused = [](int year, std::string_view text) {
    return decode_calendar_year(year, text).error();
  };
  EXPECT_EQ(refused(2027, "{}"), (CalendarJsonError{"/off", "missing_field"}));
  EXPECT_EQ(refused(2028, R"({"off": [{"date": "2027-01-01", "name": "元旦"}], "work": []})"),
            (CalendarJsonError{"/off/0/date", "date_outside_year"}));
  EXPECT_EQ(refused(12027, "{}"), (CalendarJsonError{"", "bad_year"}));
  EXPECT_EQ(refused(-1, "{}"), (CalendarJsonError{"", "bad_year"}));
  EXPECT_EQ(refused(2027, "nul"), (CalendarJsonError{"", "not_json"}));
  // A value made in memory has not been through the parser's own check of UTF-8.
  nlohmann::json value = nlohmann::json::object();
  value["off"] = nlohmann::json::array({{{"date", "2027-01-01"}, {"name", "\xC3\x28"}}});
  value["work"] = nlohmann::json::array();
  const auto year = decode_calendar_year(2027, value);
  ASSERT_FALSE(year);
  EXPECT_EQ(year.error(), (CalendarJsonError{"/off/0/name", "not_utf8"}));
}

// Any prefix and any single changed byte is decoded or refused, never worse.
TEST(CalendarJson, SurvivesDamage) {
  const std::string whole =
      work_with(R"({"date": "2027-01-03", "name": "元旦", "notice_year": "2028"})");
  ASSERT_TRUE(decode_calendar_file(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_calendar_file(std::string_view(whole).substr(0, length))) << length;
  }
  for (std::size_t place = 0; place < whole.size(); ++place) {
    for (int value = 0; value < 256; ++value) {
      std::string damaged = whole;
      damaged[place] = static_cast<char>(value);
      const auto file = decode_calendar_file(damaged);
      if (file) {
        EXPECT_EQ(decode_calendar_file(encode_calendar_file(*file)), file) << damaged;
      }
    }
  }
}

}  // namespace
}  // namespace yuanyue::testing
