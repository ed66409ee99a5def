// How columns, rows and grids arrange what is in them. The font is that of tests/web/ui/ruler.cpp.
#include <cmath>
#include <deque>
#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {
namespace {

struct FlowTest : testing::Test {
  Element& make(Flow flow, std::initializer_list<Element*> children = {}) {
    Element& element = elements.emplace_back();
    element.flow = flow;
    if (flow == Flow::row) element.align = Align::center;  // as append() does
    for (Element* child : children) put(element, *child);
    return element;
  }
  static void put(Element& parent, Element& child) {
    child.parent = &parent;
    if (parent.last == nullptr) {
      parent.first = &child;
    } else {
      parent.last->next = &child;
    }
    parent.last = &child;
  }
  // Something of a fixed size, as a picture or a button.
  Element& box(float width, float height) {
    Element& element = make(Flow::leaf);
    element.width = width;
    element.height_min = height;
    return element;
  }
  // At size 10 and line height 1.5: a Chinese character is 10 wide, a line 15 high.
  Element& text(std::string_view words) {
    Element& element = make(Flow::text);
    TextBlock& block = texts.emplace_back();
    block.text = words;
    block.style.size = 10;
    element.text = &block;
    return element;
  }
  static void lay_out(Element& root, float width) {
    measure(root);
    arrange(root, width);
  }

  std::deque<Element> elements;
  std::deque<TextBlock> texts;
};

void expect_box(const Element& element, float x, float y, float width, float height,
                const char* what = "") {
  EXPECT_EQ(element.box.x, x) << what;
  EXPECT_EQ(element.box.y, y) << what;
  EXPECT_EQ(element.box.width, width) << what;
  EXPECT_EQ(element.box.height, height) << what;
}

// --- columns -----------------------------------------------------------------------------------

TEST_F(FlowTest, AColumnIsAsTallAsWhatIsInIt) {
  Element& first = text("预约大厅");
  Element& second = box(30, 20);
  Element& column = make(Flow::column, {&first, &second});
  column.gap = 8;
  column.padding = {5, 6, 7, 9};
  lay_out(column, 112);
  expect_box(first, 5, 6, 100, 15, "stretched");
  expect_box(second, 5, 6 + 15 + 8, 30, 20, "of its own width");
  EXPECT_EQ(column.box.height, 6 + 15 + 8 + 20 + 9);
  lay_out(column, 32);
  EXPECT_EQ(first.box.height, 30) << "two lines now";
  EXPECT_EQ(column.box.height, 6 + 30 + 8 + 20 + 9);
  Element& empty = make(Flow::column);
  empty.padding = pad(4, 3);
  lay_out(empty, 50);
  expect_box(empty, 0, 0, 50, 6);
}

TEST_F(FlowTest, ChildrenOfAColumnStandWhereTheyAreAligned) {
  struct Line {
    Align align;
    float x, width;
  };
  for (const Line& line : {Line{Align::stretch, 0, 100}, Line{Align::start, 0, 40},
                           Line{Align::center, 30, 40}, Line{Align::end, 60, 40}}) {
    Element& child = text("预约大厅");
    Element& column = make(Flow::column, {&child});
    column.align = line.align;
    lay_out(column, 100);
    expect_box(child, line.x, 0, line.width, 15);
    // Wider than there is room: the room, and more lines.
    lay_out(column, 25);
    expect_box(child, 0, 0, 25, 30);
  }
  Element& own = text("预约");
  own.own_align = true;
  own.self = Align::end;
  Element& full = text("预约");
  full.fill = true;
  Element& narrow = text("预约大厅");
  narrow.width_max = 30;
  narrow.fill = true;
  Element& column = make(Flow::column, {&own, &full, &narrow});
  column.align = Align::center;
  lay_out(column, 100);
  expect_box(own, 80, 0, 20, 15, "its own alignment");
  expect_box(full, 0, 15, 100, 15, "fills a column that does not stretch");
  expect_box(narrow, 35, 30, 30, 30, "but not beyond its greatest width");
}

TEST_F(FlowTest, AColumnTallerThanItsContentJustifiesIt) {
  struct Line {
    Justify justify;
    float y;
  };
  for (const Line& line :
       {Line{Justify::start, 0}, Line{Justify::center, 40}, Line{Justify::end, 80}}) {
    Element& child = box(10, 20);
    Element& column = make(Flow::column, {&child});
    column.justify = line.justify;
    column.height_min = 100;
    lay_out(column, 50);
    expect_box(child, 0, line.y, 10, 20);
    EXPECT_EQ(column.box.height, 100);
  }
}

// --- rows --------------------------------------------------------------------------------------

TEST_F(FlowTest, ARowWrapsWhatDoesNotFit) {
  Element* boxes[] = {&box(40, 20), &box(40, 30), &box(40, 10)};
  Element& row = make(Flow::row, {boxes[0], boxes[1], boxes[2]});
  row.wrap = true;
  row.gap = 10;
  row.line_gap = 5;
  row.align = Align::start;
  lay_out(row, 140);
  EXPECT_EQ(row.box.height, 30);
  expect_box(*boxes[2], 100, 0, 40, 10, "three fit exactly");
  lay_out(row, 139.6F);
  EXPECT_EQ(row.box.height, 30) << "within a rounding error too";
  lay_out(row, 139);
  expect_box(*boxes[1], 50, 0, 40, 30);
  expect_box(*boxes[2], 0, 35, 40, 10, "on a line of its own");
  EXPECT_EQ(row.box.height, 45);
  lay_out(row, 40);
  expect_box(*boxes[1], 0, 25, 40, 30);
  EXPECT_EQ(row.box.height, 20 + 5 + 30 + 5 + 10);
  lay_out(row, 25);
  expect_box(*boxes[0], 0, 0, 25, 20, "what is wider than the page is cut down to it");
}

TEST_F(FlowTest, ARowAlignsItsChildrenToTheTallest) {
  struct Line {
    Align align;
    float y, height;
  };
  for (const Line& line : {Line{Align::start, 0, 10}, Line{Align::center, 15, 10},
                           Line{Align::end, 30, 10}, Line{Align::stretch, 0, 40}}) {
    Element& small = make(Flow::column, {&box(20, 10)});
    Element& tall = box(20, 40);
    Element& row = make(Flow::row, {&small, &tall});
    row.align = line.align;
    lay_out(row, 100);
    expect_box(small, 0, line.y, 20, line.height);
    EXPECT_EQ(row.box.height, 40);
  }
}

TEST_F(FlowTest, FreeSpaceOfARowGoesWhereItIsJustified) {
  struct Line {
    Justify justify;
    float first, second;
  };
  for (const Line& line : {Line{Justify::start, 0, 30}, Line{Justify::center, 25, 55},
                           Line{Justify::end, 50, 80}, Line{Justify::space_between, 0, 80}}) {
    Element& first = box(20, 10);
    Element& second = box(20, 10);
    Element& row = make(Flow::row, {&first, &second});
    row.gap = 10;
    row.justify = line.justify;
    lay_out(row, 100);
    EXPECT_EQ(first.box.x, line.first);
    EXPECT_EQ(second.box.x, line.second);
  }
  Element& alone = box(20, 10);
  Element& row = make(Flow::row, {&alone});
  row.justify = Justify::space_between;
  lay_out(row, 100);
  EXPECT_EQ(alone.box.x, 0) << "between one there is nothing";
}

// A row that does not wrap takes from those that have something to spare, in proportion.
TEST_F(FlowTest, ARowThatIsTooNarrowShrinksWhatCanShrink) {
  Element& label = text("预约 大厅 登记");  // 70 wide, 20 at least
  Element& fixed = box(30, 10);
  Element& other = text("营业 执照");  // 45 wide, 10 a character at least
  Element& row = make(Flow::row, {&label, &fixed, &other});
  lay_out(row, 115);
  EXPECT_NEAR(label.box.width + other.box.width, 85, 2) << "whole pixels";
  EXPECT_EQ(fixed.box.width, 30) << "has nothing to spare";
  EXPECT_LT(label.box.width, 70);
  EXPECT_LT(other.box.width, 45);
  EXPECT_GE(label.box.width, label.min_content);
  EXPECT_GE(other.box.width, other.min_content);
  EXPECT_EQ(label.box.height, 30) << "what shrinks gets more lines";
  lay_out(row, 30);
  EXPECT_EQ(label.box.width, label.min_content) << "and never gets less than it needs";
  EXPECT_EQ(fixed.box.width, 30);
}

TEST_F(FlowTest, GrowingChildrenShareByWeightButGetWhatTheyNeed) {
  Element& first = make(Flow::column);
  Element& second = make(Flow::column);
  first.grow = 3;
  second.grow = 1;
  Element& fixed = box(20, 10);
  Element& row = make(Flow::row, {&first, &fixed, &second});
  row.gap = 10;
  lay_out(row, 240);
  EXPECT_EQ(first.box.width, 150);
  EXPECT_EQ(fixed.box.width, 20);
  EXPECT_EQ(second.box.width, 50);
  // One needs more than its share: it gets that, the rest share what is left.
  second.width_min = 120;
  lay_out(row, 240);
  EXPECT_EQ(second.box.width, 120);
  EXPECT_EQ(first.box.width, 80);
  second.width_min = 0;
  first.width_max = 60;
  lay_out(row, 240);
  EXPECT_EQ(first.box.width, 60) << "no wider than it may be";
}

TEST_F(FlowTest, ColumnsOfATableGetTheirShareWhateverIsInThem) {
  Element& wide = make(Flow::column, {&text("一二三四五六七八九十")});
  Element& small = make(Flow::column, {&text("一")});
  for (Element* cell : {&wide, &small}) {
    cell->grow = 1;
    cell->exact_share = true;
    cell->width_min = 30;
  }
  Element& row = make(Flow::row, {&wide, &small});
  lay_out(row, 100);
  EXPECT_EQ(wide.box.width, 50);
  EXPECT_EQ(small.box.width, 50);
  EXPECT_EQ(row.box.height, 30);
}

// --- grids -------------------------------------------------------------------------------------

TEST_F(FlowTest, AGridHasAsManyEqualColumnsAsFit) {
  struct Line {
    float width;
    int columns;
  };
  for (const Line& line : {Line{620, 3}, Line{619, 2}, Line{410, 2}, Line{409, 1}, Line{200, 1},
                           Line{50, 1}, Line{5'000, 4}}) {
    Element& grid = make(Flow::grid);
    for (int i = 0; i < 5; ++i) put(grid, make(Flow::column, {&box(10, 20)}));
    grid.column_width_min = 200;
    grid.columns_max = 4;
    grid.gap = 10;
    grid.line_gap = 6;
    lay_out(grid, line.width);
    const float columns = static_cast<float>(line.columns);
    const float width = (line.width - 10 * (columns - 1)) / columns;
    const int lines = (5 + line.columns - 1) / line.columns;
    EXPECT_EQ(grid.box.height, static_cast<float>(lines * 20 + (lines - 1) * 6)) << line.width;
    int at = 0;
    for (const Element* child = grid.first; child != nullptr; child = child->next, ++at) {
      EXPECT_FLOAT_EQ(child->box.width, width) << line.width;
      const float column = static_cast<float>(at % line.columns);
      EXPECT_FLOAT_EQ(child->box.x, column * (width + 10)) << line.width;
      const int line_above = at / line.columns;
      EXPECT_EQ(child->box.y, static_cast<float>(line_above * 26)) << line.width;
    }
  }
}

TEST_F(FlowTest, CardsOfOneLineOfAGridAreEquallyTall) {
  Element& small = make(Flow::column, {&box(10, 20)});
  Element& tall = make(Flow::column, {&box(10, 50)});
  Element& grid = make(Flow::grid, {&small, &tall});
  grid.column_width_min = 50;
  grid.columns_max = 2;
  lay_out(grid, 200);
  EXPECT_EQ(small.box.height, 50);
  grid.align = Align::start;
  lay_out(grid, 200);
  EXPECT_EQ(small.box.height, 20);
}

TEST_F(FlowTest, AGridThatWrapsHasFewerColumnsForWiderContent) {
  Element& grid = make(Flow::grid, {&box(10, 20), &box(150, 20)});
  grid.column_width_min = 50;
  grid.columns_max = 2;
  lay_out(grid, 200);
  EXPECT_EQ(grid.box.height, 20);
  grid.wrap = true;
  lay_out(grid, 200);
  EXPECT_EQ(grid.box.height, 40) << "side by side the second would not have its width";
}

// It has to end, too.
TEST_F(FlowTest, AGridWithoutAnyWidthHasOneColumn) {
  Element& first = make(Flow::column, {&text("预")});
  Element& second = make(Flow::column, {&text("约")});
  Element& grid = make(Flow::grid, {&first, &second});
  grid.wrap = true;
  grid.columns_max = 4;
  lay_out(grid, 0);
  expect_box(first, 0, 0, 0, 15);
  expect_box(second, 0, 15, 0, 15);
}

// --- any tree at any width ---------------------------------------------------------------------

// At 400 % a page 1280 wide is one of 320.
TEST_F(FlowTest, AtFourHundredPercentNothingSticksOut) {
  Element& buttons = make(Flow::row, {&box(130, 44), &box(130, 44), &box(130, 44)});
  buttons.wrap = true;
  buttons.gap = 12;
  Element& cards = make(Flow::grid);
  for (int i = 0; i < 4; ++i) {
    put(cards, make(Flow::column, {&text("11月25日(周三)9:00–11:00 营业执照办理 registration")}));
  }
  cards.column_width_min = 280;
  cards.columns_max = 4;
  cards.gap = 16;
  Element& page = make(Flow::column, {&text("预约"), &buttons, &cards});
  page.padding = {16, 16, 16, 48};
  lay_out(page, 1'280);
  EXPECT_EQ(buttons.box.height, 44);
  const float wide = page.box.height;
  lay_out(page, 320);
  EXPECT_EQ(buttons.box.width, 288);
  EXPECT_EQ(buttons.box.height, 88) << "two lines of two and one";
  EXPECT_GT(page.box.height, wide);
  for (const Element* card = cards.first; card != nullptr; card = card->next) {
    EXPECT_EQ(card->box.x, 0);
    EXPECT_EQ(card->box.width, 288);
  }
}

// A tree of everything, from a seed.
class RandomTree {
 public:
  RandomTree(FlowTest& maker, std::uint64_t seed) : maker_(maker), state_(seed * 2 + 1) {}

  Element& make(int depth) {
    const std::uint64_t kind = depth == 0 ? draw(2) : depth == 4 ? 2 + draw(3) : draw(5);
    if (kind == 0)
      return maker_.box(static_cast<float>(5 + draw(60)), static_cast<float>(draw(40)));
    if (kind == 1) return maker_.text(texts[draw(std::size(texts))]);
    const Flow flows[] = {Flow::column, Flow::row, Flow::grid};
    Element& element = maker_.make(flows[kind - 2]);
    for (std::uint64_t children = draw(6); children > 0; --children) {
      Element& child = make(depth - 1);
      if (element.flow == Flow::row && draw(3) == 0) child.grow = static_cast<float>(1 + draw(3));
      FlowTest::put(element, child);
    }
    element.align = static_cast<Align>(draw(4));
    element.justify = static_cast<Justify>(draw(4));
    element.gap = static_cast<float>(draw(12));
    element.line_gap = static_cast<float>(draw(12));
    element.padding = pad(static_cast<float>(draw(8)), static_cast<float>(draw(8)));
    element.wrap = element.flow == Flow::grid || draw(2) == 0;
    element.column_width_min = static_cast<float>(1 + draw(80));
    element.columns_max = static_cast<std::uint16_t>(1 + draw(4));
    return element;
  }

 private:
  static constexpr std::string_view texts[] = {
      "预约", "11月25日(周三)9:00", "move booking", "请带证件。", "", "a b c d e f"};
  std::uint64_t draw(std::uint64_t below) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33U) % below;
  }
  FlowTest& maker_;
  std::uint64_t state_;
};

// Wherever the width that the content asks for at least is given, every child is inside its parent
// and none covers the next.
void expect_inside(const Element& element, std::uint64_t seed, float width) {
  constexpr float rounding = 0.6F;
  const float left = element.padding.left - rounding;
  const float right = element.box.width - element.padding.right + rounding;
  const float bottom = element.box.height - element.padding.bottom + rounding;
  for (const Element* child = element.first; child != nullptr; child = child->next) {
    ASSERT_GE(child->box.width, 0) << seed << " at " << width;
    ASSERT_GE(child->box.x, left) << seed << " at " << width;
    ASSERT_LE(child->box.right(), right) << seed << " at " << width;
    ASSERT_GE(child->box.y, element.padding.top - rounding) << seed << " at " << width;
    ASSERT_LE(child->box.bottom(), bottom) << seed << " at " << width;
    if (const Element* next = child->next) {
      const bool is_below = next->box.y >= child->box.bottom() - rounding;
      const bool is_beside = next->box.x >= child->box.right() - rounding;
      const bool on_next_line = next->box.x < child->box.x && next->box.y > child->box.y - rounding;
      ASSERT_TRUE(is_below || is_beside || on_next_line) << seed << " at " << width;
    }
    expect_inside(*child, seed, width);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST_F(FlowTest, EveryTreeFitsWhereItGetsWhatItAsksFor) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    elements.clear();
    texts.clear();
    Element& root = RandomTree(*this, seed).make(4);
    measure(root);
    EXPECT_LE(root.min_content, root.max_content);
    for (float extra = 0; extra < 400; extra += 37) {
      const float width = std::ceil(root.min_content) + extra;
      lay_out(root, width);
      expect_inside(root, seed, width);
      if (HasFatalFailure()) return;
    }
  }
}

// The same tree at the same width comes out the same: nothing is left of a layout before.
TEST_F(FlowTest, ALayoutLeavesNothingForTheNext) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    elements.clear();
    texts.clear();
    Element& root = RandomTree(*this, seed).make(4);
    lay_out(root, 300);
    std::deque<Rect> before;
    for (const Element& each : elements) before.push_back(each.box);
    lay_out(root, 90);
    lay_out(root, 1'000);
    lay_out(root, 300);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      ASSERT_EQ(elements[i].box.x, before[i].x) << seed;
      ASSERT_EQ(elements[i].box.y, before[i].y) << seed;
      ASSERT_EQ(elements[i].box.width, before[i].width) << seed;
      ASSERT_EQ(elements[i].box.height, before[i].height) << seed;
    }
  }
}

// Narrower or wider than anything asks for, and empty: still a layout.
TEST_F(FlowTest, AnyWidthIsBorne) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    elements.clear();
    texts.clear();
    Element& root = RandomTree(*this, seed).make(4);
    for (const float width : {0.0F, 1.0F, 40'000.0F}) {
      lay_out(root, width);
      for (const Element& each : elements) {
        ASSERT_TRUE(std::isfinite(each.box.width) && each.box.width >= 0) << seed << ' ' << width;
        ASSERT_TRUE(std::isfinite(each.box.height) && each.box.height >= 0) << seed;
        ASSERT_TRUE(std::isfinite(each.box.x) && std::isfinite(each.box.y)) << seed;
      }
    }
  }
}

}  // namespace
}  // namespace yuanyue::web::ui::detail
