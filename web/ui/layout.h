// Containers: how widgets are arranged. Every container is as tall as its content.
#pragma once

#include <cstdint>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/icon.h"

namespace yuanyue::web::ui {

// Where children stand across a row, or along the width of a column.
enum class Align : std::uint8_t { start, center, end, stretch };
// What is done with free space along a row.
enum class Justify : std::uint8_t { start, center, end, space_between };

// A page: title, what it is about, and the content in a column with 28 px between its children.
// Centred, at most 1080 px wide; `width_max` 720 suits forms and reading, 440 signing in.
struct PageOptions {
  std::string_view title = {};       // the h1; empty: none is drawn (the view declares its own)
  std::string_view lead = {};        // one sentence below the title
  std::string_view back_label = {};  // shows a back link above the title
  std::string_view back_href = {};   // hash route such as "#/"
  float width_max = 1080;
};
void page(const PageOptions& options, Content content);

// A part of a page with its own h2 and an optional link at the end of the title line.
struct SectionOptions {
  std::string_view title = {};
  std::string_view lead = {};
  std::string_view action_label = {};  // drawn as a link at the end of the title line
  std::string_view action_href = {};
  std::string_view key = {};
};
void section(const SectionOptions& options, Content content);

// A surface with a hairline border; children in a column with 16 px (or `gap`) between them.
struct CardOptions {
  std::string_view title = {};  // an h3 inside; empty: none
  std::string_view key = {};
  std::string_view name = {};  // accessible name of the group; the title if empty
  float padding = 24;          // 16 on phones unless set to less
  float gap = 16;
  Tone tone = Tone::neutral;  // other tones: a coloured edge at the left
  bool flat = false;          // no surface, only the border
};
void card(const CardOptions& options, Content content);
void card(Content content);

// A card that is one link as a whole. True when it was activated (it has navigated already).
struct LinkCardOptions {
  std::string_view href = {};
  std::string_view name = {};  // accessible name: what the card leads to
  std::string_view key = {};
  float padding = 16;
};
bool link_card(const LinkCardOptions& options, Content content);

struct ColumnOptions {
  float gap = 16;
  Align align = Align::stretch;
  float width_max = 0;  // 0: none
  std::string_view key = {};
};
void column(const ColumnOptions& options, Content content);
void column(Content content);

// Side by side, wrapping to further lines where the width does not suffice.
struct RowOptions {
  float gap = 12;
  float line_gap = 8;  // between wrapped lines
  Align align = Align::center;
  Justify justify = Justify::start;
  bool wrap = true;
  std::string_view key = {};
};
void row(const RowOptions& options, Content content);
void row(Content content);

// The action row of a card or form: buttons side by side, below each other in full width on phones.
void actions(Content content);

// Equal columns, as many as fit with at least `column_width_min` each.
struct GridOptions {
  float column_width_min = 280;
  std::uint16_t columns_max = 4;
  float gap = 16;
  std::string_view key = {};
};
void grid(const GridOptions& options, Content content);

// Fields that are sent together. Password managers need it around a sign-in.
struct FormOptions {
  std::string_view name = {};
  std::string_view key = {};
  float gap = 16;
};
void form(const FormOptions& options, Content content);

// Two parts side by side in the ratio of their weights; one above the other where either would
// get less than its minimum width.
struct SplitOptions {
  float first_weight = 3, second_weight = 2;
  float first_width_min = 360, second_width_min = 280;
  float gap = 24;
};
void split(const SplitOptions& options, Content first, Content second);

// Inside a row: takes the free space, so that what follows stands at the end of the line; a group
// with `grow` does the same with content.
void spacer();
void grow(Content content);

// A hairline across a column.
void divider();
// Vertical empty space beyond the column's own gap.
void gap(float height);

// A titled part that folds open in place. `open` belongs to the caller; true when it was toggled.
struct DisclosureOptions {
  std::string_view label = {};
  std::string_view sentence = {};  // what it explains, on the line before the label
  Tone tone = Tone::neutral;       // of the sentence
  Icon icon = Icon::none;          // before the sentence
  std::string_view key = {};
};
bool disclosure(const DisclosureOptions& options, bool& open, Content content);

// A semantic list: each item() is announced as one of so many. Hairlines between the items.
struct ListOptions {
  std::string_view name = {};  // what is listed
  std::string_view key = {};
  float gap = 0;  // 0: hairlines between items; else space and no lines
};
void list(const ListOptions& options, Content content);
void item(std::string_view key, Content content);

}  // namespace yuanyue::web::ui
