// Which characters may stand in a name, and what is made of the others.
#include "core/base/visible_text.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

constexpr TextKind name = TextKind::name;
constexpr TextKind remark = TextKind::remark;

TEST(VisibleText, WhatCannotBeSeenIsFound) {
  struct Case {
    std::string_view text;
    std::string_view found;  // empty: nothing
  };
  const Case cases[] = {
      {"临港新能源（上海）有限公司 & Co. 'A' é 𠮷", ""},
      {"", ""},
      {"a\tb", "U+0009"},
      {"a\x1B[31m", "U+001B"},
      {"a\x7F", "U+007F"},
      {"a\xC2\x9B"
       "31m",
       "U+009B"},
      {"a\xC2\xA0"
       "b",
       ""},
      {"a\xC2\xAD"
       "b",
       "U+00AD"},
      {"a\xE2\x80\x8B", "U+200B"},
      {"a\xE2\x80\x8F", "U+200F"},
      {"\xE2\x80\xAE"
       "moc",
       "U+202E"},
      {"a\xE2\x81\xA6"
       "b",
       "U+2066"},
      {"a\xE2\x81\xA0"
       "b",
       "U+2060"},
      {"\xEF\xBB\xBF"
       "a",
       "U+FEFF"},
      {"\xE3\x85\xA4", "U+3164"},
      {"a\xF3\xA0\x81\x81", "U+E0041"},
      {"葛\xF3\xA0\x84\x80", ""},  // a variant of the glyph
      {"\xE2\x9D\xA4\xEF\xB8\x8F", ""},
      {"a\xFF", "a byte that is no UTF-8"},
      {"\xED\xA0\x80", "a byte that is no UTF-8"},
      {"\xC0\x80", "a byte that is no UTF-8"},
      {"\xE4\xBD", "a byte that is no UTF-8"},
  };
  for (const Case& each : cases) {
    const auto found = hidden_character(each.text, name);
    EXPECT_EQ(found ? code_point_name(*found) : "", each.found) << printable(each.text);
  }
}

TEST(VisibleText, RemarksMayJoinCharacters) {
  const std::string_view family = "👨\xE2\x80\x8D👩";
  EXPECT_FALSE(hidden_character(family, remark));
  EXPECT_EQ(hidden_character(family, name), U'\x200D');
  EXPECT_EQ(hidden_character("a\xE2\x80\x8B", remark), U'\x200B');
}

TEST(VisibleText, BlankIsWhatShowsNothing) {
  for (const std::string_view text :
       {"", " ", "\t\n", "\xE3\x80\x80\xE3\x80\x80", "\xE2\x80\x8B", "\xC2\xA0", "\xE2\xA0\x80"}) {
    EXPECT_TRUE(is_blank(text)) << printable(text);
  }
  for (const std::string_view text : {"a", "\xE3\x80\x80园", ".",
                                      "\xE2\x80\x8B"
                                      "a"}) {
    EXPECT_FALSE(is_blank(text)) << printable(text);
  }
}

TEST(VisibleText, SpacesOfEveryScriptAreTrimmed) {
  EXPECT_EQ(trimmed("\xE3\x80\x80 园区\xE3\x80\x80科技\xC2\xA0\t"), "园区\xE3\x80\x80科技");
  EXPECT_EQ(trimmed("\xE3\x80\x80"), "");
  EXPECT_EQ(trimmed("a"), "a");
}

TEST(VisibleText, CleaningKeepsWhatWasMeant) {
  EXPECT_EQ(cleaned("\xE2\x80\x8B 台风\n\t停\xE2\x80\xAE办 \xE2\x80\x8B ", remark), "台风 停办");
  EXPECT_EQ(cleaned("👨\xE2\x80\x8D👩", remark), "👨\xE2\x80\x8D👩");
  EXPECT_EQ(cleaned("a\xE2\x80\x8D"
                    "b",
                    name),
            "ab");
  EXPECT_EQ(cleaned("\xE3\x80\x80", name), "");
}

TEST(VisibleText, TerminalsGetNothingButText) {
  EXPECT_EQ(printable("\x1B[2J\t园\xE2\x80\xAE\xFF\n"), "\\u001B[2J\t园\\u202E\\xFF\n");
  EXPECT_EQ(printable("\xC2\x9B"
                      "0m"),
            "\\u009B0m");
  EXPECT_EQ(printable("\xF3\xA0\x81\x81"), "\\uDB40\\uDC41");
}

TEST(VisibleText, FullWidthAsTyped) {
  EXPECT_EQ(half_width("９１３１ＭＡｘ；，\xE3\x80\x80园、"), "9131MAx;, 园、");
  EXPECT_EQ(ascii_upper("az09ä"), "AZ09ä");
  EXPECT_EQ(ascii_lower("AZ09Ä"), "az09Ä");
}

}  // namespace
}  // namespace yuanyue
