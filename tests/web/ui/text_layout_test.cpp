// Where lines may break, and how wide they are. The font is that of tests/web/ui/ruler.cpp: at size
// 10 a Chinese character is 10 wide, a Latin one 5.
#include "web/ui/text_layout.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace yuanyue::web::ui::detail {
namespace {

TextBlock block_of(std::string_view text, float size = 10) {
  TextBlock block;
  block.text = text;
  block.style.size = size;
  return block;
}

std::vector<std::string> wrapped(std::string_view text, float width) {
  TextBlock block = block_of(text);
  wrap(block, width);
  std::vector<std::string> lines;
  lines.reserve(block.line_count);
  for (std::uint32_t i = 0; i < block.line_count; ++i) {
    lines.emplace_back(block.lines[i].begin, block.lines[i].end);
  }
  return lines;
}

using Lines = std::vector<std::string>;

struct Line {
  const char* what;
  std::string_view text;
  float width;
  Lines lines;
};

void expect(const std::vector<Line>& table) {
  for (const Line& line : table) EXPECT_EQ(wrapped(line.text, line.width), line.lines) << line.what;
}

TEST(TextWrap, ChineseBreaksBetweenCharacters) {
  expect({
      {"exactly fitting", "预约大厅", 40, {"预约大厅"}},
      {"one too many", "预约大厅", 39, {"预约大", "厅"}},
      {"a hair too narrow is not", "预约大厅", 39.6F, {"预约大厅"}},
      {"into as many as it takes", "预约大厅", 20, {"预约", "大厅"}},
      {"one by one", "预约大厅", 10, {"预", "约", "大", "厅"}},
  });
}

TEST(TextWrap, NoLineBeginsWithClosingPunctuation) {
  expect({
      {"a comma takes its character along", "请带证件\uFF0C再来", 40, {"请带证", "件\uFF0C再来"}},
      {"an English comma too", "请带证件,再来", 40, {"请带证", "件,再来"}},
      {"a full stop", "请带证件。", 40, {"请带证", "件。"}},
      {"an ideographic comma", "甲、乙、丙", 20, {"甲、", "乙、", "丙"}},
      {"a closing bracket", "大厅\uFF08东\uFF09开", 40, {"大厅", "\uFF08东\uFF09开"}},
      {"a closing quote and what follows it", "说“好”。是", 30, {"说", "“好”。", "是"}},
      {"two of them", "他说好。」了", 40, {"他说", "好。」了"}},
      {"an ellipsis", "请稍候……好", 35, {"请稍", "候……好"}},
      {"a long dash", "上午——九点", 25, {"上", "午——", "九点"}},
      {"an iteration mark", "人々来", 10, {"人", "々", "来"}},
      {"percent", "约百分之5%", 45, {"约百分之", "5%"}},
  });
}

TEST(TextWrap, NoLineEndsWithOpeningPunctuation) {
  expect({
      {"a bracket", "大厅(东区)", 30, {"大厅", "(东区)"}},
      {"a book title", "见《办法》", 20, {"见", "《办", "法》"}},
      {"a corner bracket", "说「好」", 30, {"说", "「好」"}},
      {"a curly quote", "他说“好的”", 30, {"他说", "“好的”"}},
  });
}

TEST(TextWrap, ANumberStaysWithItsUnitAndADateTogether) {
  expect({
      {"month and day", "日期11月25日", 50, {"日期", "11月25日"}},
      {"hours", "约在9时", 20, {"约在", "9时"}},
      {"days", "还有12天", 30, {"还有", "12天"}},
      {"minutes", "等约25分", 30, {"等约", "25分"}},
      {"a time of day", "上午 9:00", 30, {"上午", "9:00"}},
      {"a decimal number", "一共3.50元", 30, {"一共", "3.50元"}},
      {"thousands", "共1,000家", 35, {"共", "1,000家"}},
  });
}

TEST(TextWrap, LatinBreaksAtSpacesAndKeepsWordsWhole) {
  expect({
      {"at the space", "move booking", 40, {"move", "booking"}},
      {"the space takes no place at the end", "move booking", 20, {"move", "book", "ing"}},
      {"several spaces are one place to break", "a   b", 10, {"a", "b"}},
      {"spaces at the end are not drawn", "ab   ", 20, {"ab"}},
      {"spaces at the beginning are", "  ab", 20, {"  ab"}},
      {"after a hyphen", "long-term", 30, {"long-", "term"}},
      {"not within a number with a hyphen", "1-2 x", 15, {"1-2", "x"}},
      {"not before a full stop", "yes. no", 20, {"yes.", "no"}},
      {"not within an address", "see a.b.cn now", 30, {"see", "a.b.cn", "now"}},
      {"between Latin and Chinese", "用App预约", 25, {"用App", "预约"}},
      {"tabs are spaces", "a\tb", 10, {"a", "b"}},
      {"ideographic spaces", "预约\u3000大厅", 20, {"预约", "大厅"}},
  });
}

TEST(TextWrap, AWordWiderThanTheLineBreaksAnywhereRatherThanBeingClipped) {
  expect({
      {"alone", "ABCDEFGH", 20, {"ABCD", "EFGH"}},
      {"after a word that fits", "ab ABCDEFGH", 20, {"ab", "ABCD", "EFGH"}},
      {"and is gone on with", "ABCDEF g", 20, {"ABCD", "EF g"}},
      {"punctuation that may stand nowhere else", "好。。。。", 20, {"好。", "。。", "。"}},
      {"a space before punctuation is not drawn at the end either", "好 。", 15, {"好", "。"}},
      {"behind a short one", "a ((好", 10, {"a", "((", "好"}},
      {"what should stand at no line's end", "(((((", 10, {"((", "((", "("}},
  });
}

TEST(TextWrap, AZeroWidthSpaceIsAPlaceToBreak) {
  expect({
      {"where it is needed", "abcd\u200Befgh", 20, {"abcd", "efgh"}},
      {"and nothing where it is not", "ab\u200Bcd", 20, {"ab\u200Bcd"}},
  });
}

TEST(TextWrap, LineFeedsEndLines) {
  expect({
      {"one", "ab\ncd", 100, {"ab", "cd"}},
      {"an empty line", "ab\n\ncd", 100, {"ab", "", "cd"}},
      {"at the end", "ab\n", 100, {"ab", ""}},
      {"alone", "\n", 100, {"", ""}},
      {"with wrapping between", "预约\n大厅", 10, {"预", "约", "大", "厅"}},
  });
}

// A column that has no width yet, or less than nothing, still shows every character.
TEST(TextWrap, WithoutWidthEveryCharacterIsALine) {
  for (const float width : {0.0F, -5.0F, 4.0F}) {
    EXPECT_EQ(wrapped("预约ab", width), (Lines{"预", "约", "a", "b"})) << width;
    EXPECT_EQ(wrapped("", width), Lines{""});
    EXPECT_EQ(wrapped("。", width), Lines{"。"});
    EXPECT_EQ(wrapped("   ", width), Lines{""}) << "spaces have no ink";
  }
}

TEST(TextWrap, NothingIsLostOrDrawnTwice) {
  const std::string_view texts[] = {
      "请于11月25日(周三)9:00–11:00到“一号”大厅办理,并带上营业执照、公章和法定代表人身份证。",
      "Your appointment on 25 November at 9:00 is confirmed; please bring the licence (original).",
      "混合 mixed 文本 with数字123和https://example.com/a/very/long/address?with=query结尾",
      "一\u200B二  三\n\n四 。。 (((五",
  };
  const auto without_spaces = [](std::string_view text) {
    std::string out;
    for (const char* at = text.data(); at < text.data() + text.size();) {
      const char* begin = at;
      const std::uint32_t code = next_code_point(at, text.data() + text.size());
      const bool is_space = code == ' ' || code == '\n' || code == 0x200B || code == 0x3000;
      if (!is_space) out.append(begin, at);
    }
    return out;
  };
  for (const std::string_view text : texts) {
    for (float width = 0; width < 400; width += 7) {
      TextBlock block = block_of(text);
      wrap(block, width);
      std::string all;
      for (std::uint32_t i = 0; i < block.line_count; ++i) {
        const TextLine& line = block.lines[i];
        all.append(line.begin, line.end);
        // A line is no wider than it may be, unless it is one character.
        const char* second = line.begin;
        if (line.begin < line.end) next_code_point(second, line.end);
        EXPECT_TRUE(line.width <= width + 0.5F || second == line.end)
            << std::string(line.begin, line.end) << " in " << width;
        EXPECT_NEAR(line.width, text_width({line.begin, line.end}, 10, false), 0.01F);
      }
      EXPECT_EQ(without_spaces(all), without_spaces(text)) << width;
    }
  }
}

TEST(TextWrap, AWiderColumnNeverNeedsMoreLines) {
  const std::string_view text =
      "请于11月25日(周三)9:00到大厅办理,please bring the original licence。";
  std::uint32_t before = UINT32_MAX;
  for (float width = 60; width < 500; width += 5) {
    TextBlock block = block_of(text);
    wrap(block, width);
    EXPECT_LE(block.line_count, before) << width;
    before = block.line_count;
  }
  EXPECT_EQ(before, 1U);
}

// A short head that may be broken off, and behind it more than the line holds.
TEST(TextWrap, WhatIsBehindABreakIsBrokenTooWhereItDoesNotFit) {
  expect({
      {"the rest too wide", "a\u200B\u300A\u300A好", 25, {"a", "\u300A\u300A", "好"}},
      {"the rest fits", "a\u200B\u300A\u300A好", 30, {"a", "\u300A\u300A好"}},
  });
}

TEST(TextMeasure, SaysHowWideTheTextIsAndHowNarrowItMayGet) {
  struct Extent {
    std::string_view text;
    float max;
    float min;
  };
  const Extent table[] = {
      {"", 0, 0},
      {"预约大厅", 40, 10},
      {"move booking", 60, 35},       // booking
      {"预约。", 30, 20},             // 约。 stays together
      {"\uFF08预\uFF09约", 40, 30},   // the brackets hold what is in them
      {"11月25日", 40, 40},           // a date is one
      {"ab\n预约大厅\nabc", 40, 15},  // the longest line, the widest part
      {"   ", 15, 0},
      {"ab   cd", 35, 10},
  };
  for (const Extent& line : table) {
    TextBlock block = block_of(line.text);
    measure(block);
    EXPECT_EQ(block.max_width, line.max) << line.text;
    EXPECT_EQ(block.min_width, line.min) << line.text;
  }
}

// What measure() promises, wrap() keeps: at its width a text is one line, and at its least width no
// part that must not break is broken.
TEST(TextMeasure, AgreesWithWrapping) {
  for (const std::string_view text :
       {"请于11月25日(周三)9:00到大厅", "please bring the licence (original).", "甲、乙;丙"}) {
    TextBlock block = block_of(text);
    measure(block);
    wrap(block, block.max_width);
    EXPECT_EQ(block.line_count, 1U) << text;
    wrap(block, block.min_width);
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      TextBlock part = block_of({block.lines[i].begin, block.lines[i].end});
      measure(part);
      EXPECT_LE(part.min_width, block.min_width) << text;
      EXPECT_LE(block.lines[i].width, block.min_width + 0.5F) << text;
    }
  }
}

TEST(TextMeasure, ALongWordDoesNotAskForAWiderContainer) {
  const std::string word(200, 'x');
  TextBlock block = block_of(word);
  measure(block);
  EXPECT_EQ(block.max_width, 1'000);
  EXPECT_EQ(block.min_width, 320) << "as wide as the narrowest page";
  wrap(block, 320);
  EXPECT_EQ(block.line_count, 4U);
}

TEST(TextMeasure, GrowsWithSizeAndWeight) {
  EXPECT_EQ(text_width("预约ab", 10, false), 30);
  EXPECT_EQ(text_width("预约ab", 20, false), 60);
  EXPECT_EQ(text_width("预约ab", 10, true), 33);
}

TEST(CodePoints, OfDamagedBytesAreReplacedOneByOne) {
  struct Bytes {
    std::string_view text;
    std::vector<std::uint32_t> codes;
  };
  const Bytes table[] = {
      {"a", {'a'}},
      {"é", {0xE9}},
      {"约", {0x7EA6}},
      {"😀", {0x1F600}},
      {"\x80", {0xFFFD}},
      {"\xE7\xBA", {0xFFFD, 0xFFFD}},
      {"a\xF0\x9F", {'a', 0xFFFD, 0xFFFD}},
  };
  for (const Bytes& line : table) {
    std::vector<std::uint32_t> codes;
    const char* at = line.text.data();
    const char* end = at + line.text.size();
    while (at < end) codes.push_back(next_code_point(at, end));
    EXPECT_EQ(codes, line.codes);
    EXPECT_EQ(at, end) << "never beyond the end";
  }
}

}  // namespace
}  // namespace yuanyue::web::ui::detail
