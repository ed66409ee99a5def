// Dates, times and durations in both languages. The words are those of assets/i18n.
#include "web/app/format.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/core/support/park.h"

namespace yuanyue::web::app {
namespace {

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string numbered(const char* key, std::initializer_list<const char*> words) {
  std::string json;
  int number = 0;
  for (const char* word : words) {
    json += quoted(key + std::to_string(++number)) + ':' + quoted(word) + ',';
  }
  return json;
}

std::string english_texts() {
  return numbered("format.month.", {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
                                    "Oct", "Nov", "Dec"}) +
         numbered("format.weekday.", {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) + R"json(
    "format.day":"{weekday} {day} {month}",
    "format.day_with_year":"{weekday} {day} {month} {year}",
    "format.day_and_time":"{day}, {time}", "format.year_and_month":"{month} {year}",
    "format.days":"{days} {days|day|days}", "format.days_hours":"{days} {days|day|days} {hours} h",
    "format.hours":"{hours} {hours|hour|hours}", "format.hours_minutes":"{hours} h {minutes} min",
    "format.minutes":"{minutes} {minutes|minute|minutes}",
    "format.under_a_minute":"less than a minute", "format.just_now":"just now",
    "format.remaining":"{duration} left", "format.ago":"{duration} ago")json";
}

std::string chinese_texts() {
  return numbered("format.month.", {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月",
                                    "10月", "11月", "12月"}) +
         numbered("format.weekday.", {"周一", "周二", "周三", "周四", "周五", "周六", "周日"}) +
         numbered("format.weekday_short.", {"一", "二", "三", "四", "五", "六", "日"}) + R"json(
    "format.day":"{month}{day}日({weekday})",
    "format.day_with_year":"{year}年{month}{day}日({weekday})",
    "format.day_and_time":"{day}{time}", "format.year_and_month":"{year}年{month}",
    "format.days":"{days} 天", "format.days_hours":"{days} 天 {hours} 小时",
    "format.hours":"{hours} 小时", "format.hours_minutes":"{hours} 小时 {minutes} 分钟",
    "format.minutes":"{minutes} 分钟", "format.under_a_minute":"不到 1 分钟",
    "format.just_now":"刚刚", "format.remaining":"还有 {duration}",
    "format.ago":"{duration}前")json";
}

Texts texts_of(Language language) {
  const bool is_english = language == Language::english;
  Texts texts;
  EXPECT_TRUE(texts.load(language, '{' + (is_english ? english_texts() : chinese_texts()) + '}'));
  return texts;
}

const Texts chinese = texts_of(Language::chinese);
const Texts english = texts_of(Language::english);

Date day(int year, int month, int day_of_month) { return to_date({year, month, day_of_month}); }
constexpr TimeOfDay time_of(int hours, int minutes) {
  return {static_cast<std::int16_t>(hours * 60 + minutes)};
}

TEST(Format, ADayHasItsWeekdayAndItsYearWhenItIsNotThisOne) {
  struct Line {
    Date date;
    const char* zh;
    const char* en;
  };
  const Line lines[] = {
      {day(2026, 11, 25), "11月25日(周三)", "Wed 25 Nov"},
      {day(2026, 1, 1), "1月1日(周四)", "Thu 1 Jan"},
      {day(2026, 12, 31), "12月31日(周四)", "Thu 31 Dec"},
      {day(2027, 1, 3), "2027年1月3日(周日)", "Sun 3 Jan 2027"},
      {day(2025, 12, 29), "2025年12月29日(周一)", "Mon 29 Dec 2025"},
      {day(2028, 2, 29), "2028年2月29日(周二)", "Tue 29 Feb 2028"},
  };
  const Instant now = worlds::at("2026-11-23 09:00");
  for (const Line& line : lines) {
    EXPECT_EQ(Format(chinese, now).day(line.date), line.zh);
    EXPECT_EQ(Format(english, now).day(line.date), line.en);
  }
}

// The year is the park's: in Shanghai it begins eight hours before UTC's.
TEST(Format, ThePresentYearIsThatOfTheParksZone) {
  const Date new_year = day(2027, 1, 1);
  const Instant midnight = worlds::at("2027-01-01 00:00");
  EXPECT_EQ(Format(chinese, midnight - 1).day(new_year), "2027年1月1日(周五)");
  EXPECT_EQ(Format(chinese, midnight).day(new_year), "1月1日(周五)");
  EXPECT_EQ(Format(chinese, midnight).moment(midnight - 1), "2026年12月31日(周四)23:59");
  EXPECT_EQ(Format(chinese, midnight).moment(midnight), "1月1日(周五)0:00");
}

TEST(Format, TimesHaveTwoDigitsOfMinutesAndNoZeroBefore) {
  const Format format(chinese, worlds::at("2026-11-23 09:00"));
  struct Line {
    TimeOfDay time;
    const char* text;
  };
  for (const Line& line :
       {Line{time_of(0, 0), "0:00"}, Line{time_of(9, 5), "9:05"}, Line{time_of(9, 30), "9:30"},
        Line{time_of(13, 10), "13:10"}, Line{time_of(23, 59), "23:59"}}) {
    EXPECT_EQ(format.time(line.time), line.text);
  }
  EXPECT_EQ(format.span(time_of(9, 0), time_of(11, 30)), "9:00–11:30");
}

TEST(Format, ABlockIsItsDayAndItsTimes) {
  const Instant now = worlds::at("2026-11-23 09:00");
  const BlockKey key = worlds::licence_block("2026-11-25 09:00");
  EXPECT_EQ(Format(chinese, now).block(key, time_of(11, 0)), "11月25日(周三)9:00–11:00");
  EXPECT_EQ(Format(english, now).block(key, time_of(11, 0)), "Wed 25 Nov, 9:00–11:00");
  EXPECT_EQ(Format(chinese, now).block_start(key), "11月25日(周三)9:00");
  EXPECT_EQ(Format(english, now).month(2026, 11), "Nov 2026");
  EXPECT_EQ(Format(chinese, now).month(2026, 11), "2026年11月");
  EXPECT_EQ(Format(chinese, now).weekday_short(key.date), "三");
}

struct Duration {
  std::int64_t ms;
  const char* zh;
  const char* en;
};
constexpr std::int64_t minute = ms_per_minute;
constexpr std::int64_t hour = ms_per_hour;
constexpr std::int64_t a_day = ms_per_day;

// Two units at most, the smaller only where there is any of it; what has begun does not count.
TEST(Format, DurationsOfTwoUnitsAtMost) {
  const Duration table[] = {
      {-5 * hour, "不到 1 分钟", "less than a minute"},
      {0, "不到 1 分钟", "less than a minute"},
      {minute - 1, "不到 1 分钟", "less than a minute"},
      {minute, "1 分钟", "1 minute"},
      {2 * minute - 1, "1 分钟", "1 minute"},
      {59 * minute, "59 分钟", "59 minutes"},
      {hour - 1, "59 分钟", "59 minutes"},
      {hour, "1 小时", "1 hour"},
      {hour + minute - 1, "1 小时", "1 hour"},
      {hour + minute, "1 小时 1 分钟", "1 h 1 min"},
      {2 * hour, "2 小时", "2 hours"},
      {a_day - 1, "23 小时 59 分钟", "23 h 59 min"},
      {a_day, "1 天", "1 day"},
      {a_day + hour - 1, "1 天", "1 day"},
      {a_day + hour, "1 天 1 小时", "1 day 1 h"},
      {a_day + 8 * hour + 59 * minute, "1 天 8 小时", "1 day 8 h"},
      {2 * a_day, "2 天", "2 days"},
      {90 * a_day + hour, "90 天 1 小时", "90 days 1 h"},
  };
  const Instant now = worlds::at("2026-11-23 09:00");
  for (const Duration& line : table) {
    EXPECT_EQ(Format(chinese, now).duration(line.ms), line.zh);
    EXPECT_EQ(Format(english, now).duration(line.ms), line.en);
    EXPECT_EQ(Format(chinese, now).remaining(now + line.ms), "还有 " + std::string(line.zh));
    EXPECT_EQ(Format(english, now).remaining(now + line.ms), std::string(line.en) + " left");
  }
}

TEST(Format, ThePastIsToldInOneUnit) {
  const Duration table[] = {
      {-hour, "刚刚", "just now"},  // another clock, a moment ahead
      {0, "刚刚", "just now"},
      {minute - 1, "刚刚", "just now"},
      {minute, "1 分钟前", "1 minute ago"},
      {59 * minute, "59 分钟前", "59 minutes ago"},
      {hour, "1 小时前", "1 hour ago"},
      {hour + 30 * minute, "1 小时前", "1 hour ago"},
      {a_day - 1, "23 小时前", "23 hours ago"},
      {a_day, "1 天前", "1 day ago"},
      {a_day + 23 * hour, "1 天前", "1 day ago"},
      {2 * a_day, "2 天前", "2 days ago"},
  };
  const Instant now = worlds::at("2026-11-23 09:00");
  for (const Duration& line : table) {
    EXPECT_EQ(Format(chinese, now).ago(now - line.ms), line.zh) << line.ms;
    EXPECT_EQ(Format(english, now).ago(now - line.ms), line.en) << line.ms;
  }
}

// --- words -------------------------------------------------------------------------------------

TEST(Texts, PlaceholdersAreFilled) {
  Texts texts;
  ASSERT_TRUE(texts.load(Language::english, R"({"plain":"{a}{a} {b}", "plural":"{n} {n|one|many}",
    "open":"{a} {", "unknown":"{a} {x} {x|1|2}", "half":"{n|one}", "braces":"{a}"})"));
  EXPECT_EQ(texts.t("plain", {{"a", "1"}, {"b", "2"}}), "11 2");
  EXPECT_EQ(texts.t("plural", {{"n", "1"}}), "1 one");
  EXPECT_EQ(texts.t("plural", {{"n", "11"}}), "11 many");
  EXPECT_EQ(texts.t("plural", {{"n", "0"}}), "0 many");
  EXPECT_EQ(texts.t("open", {{"a", "1"}}), "1 {");
  EXPECT_EQ(texts.t("unknown", {{"a", "1"}}), "1 {x} {x|1|2}") << "so that a mistake shows";
  EXPECT_EQ(texts.t("half", {{"n", "1"}}), "{n|one}");
  EXPECT_EQ(texts.t("missing"), "missing");
  // What a user has written is never read as a placeholder.
  EXPECT_EQ(texts.t("braces", {{"a", "{b}"}, {"b", "2"}}), "{b}");
}

TEST(Texts, WhatIsNoObjectOfStringsChangesNothing) {
  Texts texts;
  ASSERT_TRUE(texts.load(Language::english, R"({"a":"A"})"));
  for (const char* json : {"", "[]", "{", R"({"a":1})", R"({"a":{"b":"c"}})", "null", "\"a\""}) {
    EXPECT_FALSE(texts.load(Language::chinese, json)) << json;
    EXPECT_EQ(texts.t("a"), "A");
    EXPECT_EQ(texts.language(), Language::english);
  }
}

TEST(Texts, TheLanguageIsChineseUnlessEnglishIsAskedFor) {
  for (const char* tag : {"", "zh", "zh-CN", "de", "english", "EN"}) {
    EXPECT_EQ(language_of(tag), Language::chinese) << tag;
  }
  for (const char* tag : {"en", "en-GB"}) EXPECT_EQ(language_of(tag), Language::english) << tag;
  EXPECT_EQ(language_of(tag_of(Language::english)), Language::english);
  EXPECT_EQ(language_of(tag_of(Language::chinese)), Language::chinese);
}

}  // namespace
}  // namespace yuanyue::web::app
