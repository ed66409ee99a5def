// A small page over web/bridge alone, for tests/web/platform*.test.mjs: one of everything that the
// browser's side offers, drawn as plainly as can be.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "web/bridge/fonts.h"
#include "web/bridge/platform.h"
#include "web/bridge/semantics.h"

namespace {

namespace platform = yuanyue::web::platform;
namespace semantics = yuanyue::web::semantics;
namespace fonts = yuanyue::web::fonts;
using semantics::Node;
using semantics::NodeId;
using semantics::Rect;
using semantics::Role;

constexpr std::uint32_t ink = IM_COL32(0x15, 0x21, 0x1c, 255);
constexpr std::uint32_t quiet = IM_COL32(0x56, 0x67, 0x60, 255);
constexpr std::uint32_t green = IM_COL32(0x0b, 0x7a, 0x5e, 255);
constexpr std::uint32_t white = IM_COL32(255, 255, 255, 255);

struct State {
  int clicks = 0;
  bool agreed = false, dialog_open = false, tall = true;
  std::string name = "上海临港", secret, notes = "第一行\n第二行", digits, service = "tax";
  std::string result = "还没有请求";
  int day = 12, tab = 0, submitted = 0, timer_fired = 0, row_chosen = 0;
  std::vector<int> items = {1, 2, 3};
};
State state;
float cursor_y = 0;

ImDrawList& draw_list() { return *ImGui::GetBackgroundDrawList(); }
float screen_y(float page_y) { return page_y - platform::viewport().scroll_y; }

void text_at(float x, float y, std::string_view text, float size = 15, std::uint32_t color = ink,
             ImFont* font = nullptr) {
  draw_list().AddText(font == nullptr ? fonts::regular() : font, size, ImVec2(x, screen_y(y)),
                      color, text.data(), text.data() + text.size());
}

Rect row(float height, float width = 400) {
  const Rect rect{24, cursor_y, width, height};
  cursor_y += height + 12;
  return rect;
}

void box(const Rect& rect, std::uint32_t color, bool filled, NodeId id = 0) {
  const ImVec2 from(rect.x, screen_y(rect.y));
  const ImVec2 to(from.x + rect.width, from.y + rect.height);
  if (filled)
    draw_list().AddRectFilled(from, to, color, 6);
  else
    draw_list().AddRect(from, to, color, 6);
  if (semantics::focus_visible(id))
    draw_list().AddRect(ImVec2(from.x - 3, from.y - 3), ImVec2(to.x + 3, to.y + 3), green, 8, 0, 2);
}

Node node(NodeId id, Role role, std::string name, Rect rect) {
  Node made;
  made.id = id;
  made.role = role;
  made.name = std::move(name);
  made.rect = rect;
  return made;
}

bool button_at(NodeId id, const std::string& label, Rect rect, bool disabled = false) {
  const bool lit = semantics::hovered(id) || semantics::pressed(id);
  box(rect, disabled ? quiet : lit ? ink : green, true, id);
  text_at(rect.x + 16, rect.y + (rect.height - 15) / 2, label, 15, white, fonts::semibold());
  Node made = node(id, Role::button, label, rect);
  made.disabled = disabled;
  semantics::leaf(made);
  return semantics::activated(id);
}

bool button(NodeId id, const std::string& label, bool disabled = false) {
  return button_at(id, label, row(36, 200), disabled);
}

void heading(NodeId id, const std::string& text, std::uint16_t level, float size) {
  const Rect rect = row(size * 1.5f, 700);
  text_at(rect.x, rect.y + size * 0.25f, text, size, ink, fonts::semibold());
  Node made = node(id, Role::heading, text, rect);
  made.level = level;
  semantics::leaf(made);
}

void paragraph(NodeId id, const std::string& text, float size = 15) {
  const Rect rect = row(size * 1.5f, 800);
  text_at(rect.x, rect.y + size * 0.25f, text, size);
  semantics::leaf(node(id, Role::paragraph, text, rect));
}

// The drawn field and the real one over it.
void field(NodeId id, Role role, const std::string& label, std::string& value, float height = 36) {
  const Rect rect = row(height);
  box(rect, quiet, false, id);
  if (!semantics::focused(id)) {
    const bool many = role == Role::textarea;
    float y = rect.y + (many ? 8 + 3.75f : (height - 15) / 2);
    std::string_view rest = value;
    const std::string dots(role == Role::password ? value.size() : 0, '*');
    if (role == Role::password) rest = dots;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      text_at(rect.x + 12, y, rest.substr(0, end));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      y += 22.5f;
    }
  }
  std::string typed;
  if (semantics::text_changed(id, typed)) value = typed;
  Node made = node(id, role, label, rect);
  made.value = value;
  made.placeholder = "请输入";
  made.text_color = 0x15211c;
  made.max_length = role == Role::textbox ? 20 : 0;
  made.autocomplete = role == Role::password ? "current-password" : "";
  semantics::leaf(made);
}

void fields() {
  field(20, Role::textbox, "企业名称", state.name);
  if (semantics::submitted(20)) ++state.submitted;
  field(21, Role::password, "密码", state.secret);
  field(22, Role::textarea, "备注", state.notes, 96);
  field(23, Role::searchbox, "只收数字", state.digits);
  std::erase_if(state.digits, [](char letter) { return letter < '0' || letter > '9'; });

  const Rect rect = row(36);
  box(rect, quiet, false, 24);
  std::string key;
  if (semantics::option_chosen(24, key)) state.service = key;
  text_at(rect.x + 12, rect.y + 10.5f, state.service == "tax" ? "税务登记" : "工商注册");
  Node select = node(24, Role::select, "办理事项", rect);
  select.options = "tax\t税务登记\nbusiness\t工商注册\n";
  select.value = state.service;
  semantics::leaf(select);
}

void checkbox() {
  const Rect rect = row(36, 200);
  if (semantics::activated(30)) state.agreed = !state.agreed;
  box({rect.x, rect.y + 8, 20, 20}, green, state.agreed, 30);
  text_at(rect.x + 32, rect.y + 10.5f, "自动接受");
  Node made = node(30, Role::checkbox, "自动接受", rect);
  made.checked = state.agreed ? semantics::Tristate::yes : semantics::Tristate::no;
  semantics::leaf(made);
}

void move_day(NodeId from, semantics::Key key) {
  int step = 0;
  if (key == semantics::Key::left) step = -1;
  if (key == semantics::Key::right) step = 1;
  if (key == semantics::Key::up) step = -7;
  if (key == semantics::Key::down) step = 7;
  const int to = static_cast<int>(from) - 100 + step;
  if (step != 0 && to >= 1 && to <= 28) semantics::focus(static_cast<NodeId>(100 + to));
}

void month() {
  const Rect whole = row(4 * 44, 7 * 64);
  semantics::open(node(99, Role::grid, "十一月", whole));
  for (int week = 0; week < 4; ++week) {
    const float y = whole.y + static_cast<float>(week) * 44;
    semantics::open(
        node(static_cast<NodeId>(90 + week), Role::row, "", {whole.x, y, whole.width, 40}));
    for (int weekday = 0; weekday < 7; ++weekday) {
      const int day = week * 7 + weekday + 1;
      const auto id = static_cast<NodeId>(100 + day);
      const Rect rect{whole.x + static_cast<float>(weekday) * 64, y, 60, 40};
      if (semantics::activated(id)) state.day = day;
      const semantics::Key key = semantics::key_pressed(id);
      if (key != semantics::Key::none) move_day(id, key);
      box(rect, day == state.day ? green : quiet, day == state.day, id);
      text_at(rect.x + 20, rect.y + 12.5f, std::to_string(day), 15, day == state.day ? white : ink);
      Node cell = node(id, Role::gridcell, "11月" + std::to_string(day) + "日", rect);
      cell.selected = day == state.day ? semantics::Tristate::yes : semantics::Tristate::no;
      semantics::leaf(cell);
    }
    semantics::close();
  }
  semantics::close();
}

void items() {
  const float top = cursor_y;
  semantics::open(
      node(60, Role::list, "列表", {24, top, 400, static_cast<float>(state.items.size()) * 48}));
  int removed = 0;
  for (const int item : state.items) {
    const auto id = static_cast<NodeId>(item);
    const std::string number = std::to_string(item);
    const Rect rect = row(36);
    semantics::open(node(600 + id, Role::listitem, "", rect));
    text_at(rect.x, rect.y + 10.5f, "第 " + number + " 项");
    semantics::leaf(
        node(620 + id, Role::paragraph, "第 " + number + " 项", {rect.x, rect.y, 100, 36}));
    if (button_at(640 + id, "删除 " + number, {rect.x + 120, rect.y, 120, 36})) removed = item;
    semantics::close();
  }
  semantics::close();
  std::erase(state.items, removed);
}

void dialog() {
  if (button(70, "打开对话框")) state.dialog_open = true;
  if (!state.dialog_open) return;
  const platform::Viewport& window = platform::viewport();
  const Rect rect{window.width / 2 - 160, 120, 320, 200};
  Node made = node(71, Role::dialog, "确认改约", rect);
  made.modal = true;
  made.fixed = true;
  semantics::open(made);
  draw_list().AddRectFilled(ImVec2(0, 0), ImVec2(window.width, window.height),
                            IM_COL32(0, 0, 0, 100));
  const auto scrolled = [](Rect fixed) {
    fixed.y += platform::viewport().scroll_y;
    return fixed;
  };
  box(scrolled(rect), white, true);
  text_at(rect.x + 24, scrolled(rect).y + 24, "确认改约", 20, ink, fonts::semibold());
  Node title = node(72, Role::heading, "确认改约", {rect.x + 24, rect.y + 24, 200, 30});
  title.level = 2;
  semantics::leaf(title);
  const auto dialog_button = [&](NodeId id, const std::string& label, float x) {
    const Rect place{rect.x + x, rect.y + 140, 120, 36};
    box(scrolled(place), green, true, id);
    text_at(place.x + 16, scrolled(place).y + 10.5f, label, 15, white);
    semantics::leaf(node(id, Role::button, label, place));
    return semantics::activated(id);
  };
  const bool yes = dialog_button(73, "确认", 24);
  const bool no = dialog_button(74, "算了", 160);
  if (yes || no || semantics::dismissed(71)) state.dialog_open = false;
  if (yes) semantics::announce("已改约");
  semantics::close();
}

void requests() {
  if (button(80, "请求")) {
    platform::set_csrf_token("token-1");
    platform::http_post("/echo", R"({"a":"中"})", 2000, [](const platform::HttpResponse& response) {
      state.result = std::to_string(response.status) + " " + response.body + " " +
                     std::to_string(response.retry_after_ms);
    });
  }
  if (button(81, "慢请求")) {
    platform::http_get("/slow", 200, [](const platform::HttpResponse& response) {
      state.result = "慢 " + std::to_string(response.status);
    });
  }
  if (button(82, "定时")) platform::set_timer(50, [] { ++state.timer_fired; });
  paragraph(83, "结果:" + state.result + " 定时 " + std::to_string(state.timer_fired));
  if (button(84, "去 B")) platform::navigate("/b");
  paragraph(85, "路径 " + platform::route());
  Node link = node(86, Role::link, "去 C", row(24, 80));
  text_at(link.rect.x, link.rect.y, link.name, 15, green);
  link.href = "#/c?x=1";
  semantics::leaf(link);
  if (button(87, "记住")) platform::set_setting("probe", "存 " + platform::setting("probe"));
  paragraph(88, "设置 " + platform::setting("probe"));
  if (button(89, "复制")) platform::copy_to_clipboard("复制的文字");
}

// A list in a box of its own that scrolls natively.
void scrolling_box() {
  const Rect rect = row(100);
  box(rect, quiet, false);
  Node made = node(50, Role::region, "长列表", rect);
  made.content_height = 6 * 48;
  semantics::open(made);
  const float top = semantics::scroll_top(50);
  draw_list().PushClipRect(ImVec2(rect.x, screen_y(rect.y)),
                           ImVec2(rect.x + rect.width, screen_y(rect.y) + rect.height), true);
  for (int i = 0; i < 6; ++i) {
    const auto id = static_cast<NodeId>(51 + i);
    const std::string label = "行 " + std::to_string(i + 1);
    const Rect place{rect.x + 12, rect.y + 6 + static_cast<float>(i) * 48, 160, 36};
    box({place.x, place.y - top, place.width, place.height}, green, true, id);
    text_at(place.x + 16, place.y - top + 10.5f, label, 15, white);
    semantics::leaf(node(id, Role::button, label, place));
    if (semantics::activated(id)) state.row_chosen = i + 1;
  }
  draw_list().PopClipRect();
  semantics::close();
  paragraph(58, "选了行 " + std::to_string(state.row_chosen) + ",滚动 " +
                    std::to_string(static_cast<int>(top)));
}

void live_text() {
  Node status =
      node(40, Role::status,
           "点了 " + std::to_string(state.clicks) + " 次 · 提交 " + std::to_string(state.submitted),
           row(24, 300));
  text_at(status.rect.x, status.rect.y, status.name);
  semantics::leaf(status);
}

void frame() {
  const platform::Viewport& window = platform::viewport();
  platform::set_background(0xf5f7f6, platform::ColorScheme::light);
  platform::set_title("平台探针");
  platform::set_language("zh-CN");
  cursor_y = 24;
  semantics::open(node(1, Role::main, "", {0, 0, window.width, 5000}));
  heading(2, "平台探针 Platform probe", 1, 26);
  paragraph(3, "上海临港新能源动力电池系统研究开发(集团)股份有限公司,11月25日(周三)9:00–11:00");
  paragraph(4, "Small 13 px: the quick brown fox jumps over 0123456789, 龘靐齉爩 𠮷野家 𰻝", 13);
  paragraph(5, "20 px 资质认定 · Wed 25 Nov, 11:11–12:22", 20);
  if (button(10, "点我")) ++state.clicks;
  button(11, "不可用", true);
  live_text();
  fields();
  checkbox();
  month();
  items();
  dialog();
  scrolling_box();
  requests();
  paragraph(98, "页面的末尾");
  semantics::close();
  platform::set_page_height(cursor_y + 40);
}

}  // namespace

int main() {
  platform::run(frame);
  return 0;
}
