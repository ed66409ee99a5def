#include "web/features/appointments/time_picker.h"

#include <algorithm>
#include <array>

#include "core/appointments/booking_rules.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/time_words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t nearest_shown = 3;

Date month_first(Date date) {
  YearMonthDay day = to_year_month_day(date);
  day.day = 1;
  return to_date(day);
}

// An offer for this very block, still open.
const Offer* offer_for(const App& app, const BlockKey& block) {
  for (const Offer* offer : open_offers(app)) {
    if (offer->block == block && app.now() < offer->expires_at) return offer;
  }
  return nullptr;
}

ui::BlockKind kind_of(const BlockChoice& choice) {
  if (choice.present) return ui::BlockKind::own;
  if (choice.offer) return ui::BlockKind::held;
  if (!choice.refusal)
    return is_few(choice.facts.free_seats()) ? ui::BlockKind::few : ui::BlockKind::free;
  return choice.refusal->code == refusals::block_full ? ui::BlockKind::full : ui::BlockKind::closed;
}

}  // namespace

void TimePicker::follow_route(App& app, const TimeSubject& subject) {
  const std::string_view wanted = app.route().parameter("date");
  const std::optional<Date> day = parse_date(wanted);
  const bool news = day && wanted != followed_;
  followed_ = wanted;
  if (news || !opened_) open(app, subject, day);
}

void TimePicker::open(App& app, const TimeSubject& subject, std::optional<Date> day) {
  opened_ = true;
  const BookingWindow window = booking_window(*subject.service, app.now());
  if (day && (*day < window.first || *day > window.last)) day.reset();
  Date shown = day.value_or(subject.moved != nullptr ? subject.moved->block.date : window.first);
  shown = std::clamp(shown, window.first, window.last);
  const YearMonthDay parts = to_year_month_day(shown);
  year_ = parts.year;
  month_ = parts.month;
  day_ = day;
  start_.clear();
}

TimePicker::Basis TimePicker::basis_of(const App& app, const TimeSubject& subject,
                                       Date first) const {
  return {app.sync().version(), subject.service->id, subject.moved_id(), app.texts().language(),
          first};
}

void TimePicker::update(App& app, const TimeSubject& subject) {
  const bool due = app.now() >= valid_until_;
  if (due) valid_until_ = never;
  const Basis month = basis_of(app, subject, to_date({year_, month_, 1}));
  if (due || month != month_basis_) {
    month_basis_ = month;
    compute_month(app, subject);
  }
  const Basis day = basis_of(app, subject, day_.value_or(Date{}));
  if (due || day != day_basis_) {
    day_basis_ = day;
    compute_day(app, subject);
  }
  app.redraw_at(valid_until_);
}

void TimePicker::note_change(Instant at, Instant now) {
  if (at > now) valid_until_ = std::min(valid_until_, at);
}

void TimePicker::note_changes(const BlockFacts& facts, Instant now) {
  note_change(facts.opens_at, now);
  note_change(facts.cutoff_at, now);
  note_change(facts.reserve_release_at, now);
}

void TimePicker::compute_month(App& app, const TimeSubject& subject) {
  const Instant now = app.now();
  window_ = booking_window(*subject.service, now);
  note_change(to_instant(window_.first + 1, TimeOfDay{}), now);
  window_text_ = app.t("book.window", {{"last", app.format().day(window_.last)},
                                       {"days", number(subject.service->policy.window_days)}});
  cells_.clear();
  const Date first = to_date({year_, month_, 1});
  const YearMonthDay present =
      subject.moved != nullptr ? to_year_month_day(subject.moved->block.date) : YearMonthDay{};
  marked_ = present.year == year_ && present.month == month_;
  for (int day = 0; day < days_in_month(year_, month_); ++day) {
    cells_.push_back(compute_cell(app, subject, first + day));
  }
}

TimePicker::DayCell TimePicker::compute_cell(App& app, const TimeSubject& subject, Date date) {
  DayCell cell;
  const std::string day = app.format().day(date);
  if (date < window_.first || date > window_.last) {
    cell.name = app.t("book.day_outside", {{"day", day}});
    return cell;
  }
  const State& state = app.state();
  const DayStatus status = calendar_of(state, *subject.service).day(date);
  cell.provisional = status.provisional;
  cell.marked = subject.moved != nullptr && subject.moved->block.date == date;

  const std::vector<BlockFacts> blocks = blocks_on(state, *subject.service, date, app.now());
  int open = 0;
  int free_seats = 0;
  bool own_in_the_way = false;
  bool overridden = !blocks.empty();
  for (const BlockFacts& block : blocks) {
    note_changes(block, app.now());
    overridden = overridden && block.closed_by_override;
    const bool present = subject.moved != nullptr && subject.moved->block == block.key;
    if (present || !block.open_for_booking(app.now())) continue;
    ++open;
    if (block.free_seats() == 0) continue;
    if (check_own_limits(state, *subject.service, app.enterprise(), block.key, block.end,
                         subject.moved_id())) {
      own_in_the_way = true;
    } else {
      free_seats += block.free_seats();
    }
  }
  if (open == 0) {
    cell.kind = ui::DayKind::closed;
    cell.label = closed_day_label(app, status, blocks.empty(), overridden);
  } else if (free_seats == 0) {
    cell.kind = ui::DayKind::full;
    cell.label = app.t(own_in_the_way ? "book.day_own" : "book.day_full");
  } else {
    cell.kind = is_few(free_seats) ? ui::DayKind::few : ui::DayKind::open;
    cell.label = app.t("book.day_free", {{"count", number(free_seats)}});
  }
  cell.name = app.t("book.day_name", {{"day", day}, {"state", cell.label}});
  if (cell.marked) cell.name = app.t("book.day_present", {{"day", cell.name}});
  return cell;
}

void TimePicker::compute_day(App& app, const TimeSubject& subject) {
  blocks_.clear();
  day_note_.clear();
  day_provisional_ = false;
  if (!day_) return compute_nearest(app, subject);
  const DayStatus status = calendar_of(app.state(), *subject.service).day(*day_);
  day_provisional_ = status.provisional;
  for (const BlockFacts& facts : blocks_on(app.state(), *subject.service, *day_, app.now())) {
    note_changes(facts, app.now());
    blocks_.push_back(compute_block(app, subject, facts));
  }
  if (blocks_.empty()) {
    day_note_ = app.t("book.day_closed", {{"day", app.format().day(*day_)},
                                          {"reason", closed_day_label(app, status, true, false)}});
  }
}

void TimePicker::compute_nearest(App& app, const TimeSubject& subject) {
  const BlockKey wanted = subject.moved != nullptr
                              ? subject.moved->block
                              : BlockKey{subject.service->id, date_of(app.now()), TimeOfDay{}};
  nearest_ = nearest_free_blocks(app.state(), *subject.service, wanted, app.enterprise(),
                                 subject.moved_id(), app.now(), nearest_shown);
  nearest_texts_.clear();
  for (const BlockFacts& block : nearest_) {
    note_changes(block, app.now());
    nearest_texts_.push_back(
        app.t("wait_form.nearest_block", {{"block", app.format().block(block.key, block.end)},
                                          {"count", number(block.free_seats())}}));
  }
}

TimePicker::BlockCell TimePicker::compute_block(App& app, const TimeSubject& subject,
                                                BlockFacts facts) {
  BlockCell cell;
  cell.key = to_string(facts.key.start);
  cell.time = app.format().span(facts.key.start, facts.end);
  BlockChoice& choice = cell.choice;
  choice.present = subject.moved != nullptr && subject.moved->block == facts.key;
  const Offer* offer = choice.present ? nullptr : offer_for(app, facts.key);
  if (offer != nullptr) {
    choice.offer = offer->id;
    note_change(offer->expires_at, app.now());
  }
  choice.refusal =
      check_can_take_seat(app.state(), app.enterprise(), facts.key, subject.moved_id(), app.now());
  choice.facts = facts;
  cell.kind = kind_of(choice);
  cell.detail = block_detail(app, choice, offer);
  return cell;
}

void TimePicker::choose(const BlockKey& block) {
  const YearMonthDay parts = to_year_month_day(block.date);
  year_ = parts.year;
  month_ = parts.month;
  show_day(block.date);
  start_ = to_string(block.start);
  jumped_ = true;
}

void TimePicker::show_day(Date day) {
  if (day_ == day) return;
  day_ = day;
  start_.clear();
  blocks_.clear();  // until the next update
  day_note_.clear();
  day_basis_ = {};
}

const BlockChoice* TimePicker::chosen() const {
  if (!day_) return nullptr;
  for (const BlockCell& cell : blocks_) {
    const bool can_be_chosen = cell.kind != ui::BlockKind::own;
    if (cell.key == start_ && can_be_chosen) return &cell.choice;
  }
  return nullptr;
}

bool TimePicker::filled_meanwhile() const {
  const BlockChoice* choice = chosen();
  return choice != nullptr && choice->refusal && seen_free_ == to_string(*day_) + start_;
}

void TimePicker::step_month(int step) {
  const int months = year_ * 12 + month_ - 1 + step;
  year_ = months / 12;
  month_ = months % 12 + 1;
}

void TimePicker::draw_month(App& app) {
  std::vector<ui::MonthDay> days;
  days.reserve(cells_.size());
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const DayCell& cell = cells_[i];
    days.push_back({.day = static_cast<std::uint8_t>(i + 1),
                    .kind = cell.kind,
                    .sub_label = cell.label,
                    .name = cell.name,
                    .provisional = cell.provisional,
                    .marked = cell.marked});
  }
  const Date first = to_date({year_, month_, 1});
  const Date last = first + static_cast<int>(cells_.size()) - 1;
  const auto day_in_month = [&](Date date) {
    return static_cast<std::uint8_t>(date < first || date > last ? 0 : date - first + 1);
  };
  const std::string title = app.format().month(year_, month_);
  const ui::DateMonthResult result = ui::date_month(
      {.title = title,
       .name = app.t("book.month_name", {{"month", title}}),
       .first_weekday = static_cast<std::uint8_t>(static_cast<int>(weekday_of(first)) + 1),
       .selected_day = day_ ? day_in_month(*day_) : std::uint8_t{0},
       .today = day_in_month(date_of(app.now())),
       .previous_enabled = month_first(window_.first) < first,
       .next_enabled = last < window_.last,
       .key = "month"},
      days);
  if (result.month_step != 0) step_month(result.month_step);
  if (result.chosen_day != 0) {
    jumped_ = false;
    show_day(first + (result.chosen_day - 1));
  }
  ui::column({.gap = 4}, [&] {
    if (marked_) ui::caption(app.t("book.dot"));
    ui::caption(window_text_);
  });
}

void TimePicker::draw_day(App& app) {
  if (!day_) {
    draw_nearest(app);
  } else {
    draw_blocks(app);
  }
}

void TimePicker::draw_nearest(App& app) {
  if (nearest_.empty()) {
    ui::empty_state({.icon = ui::Icon::calendar,
                     .title = app.t("book.none_free"),
                     .text = app.t("book.none_free_text")});
    return;
  }
  ui::paragraph(app.t("book.choose_day_hint"), {.secondary = true});
  ui::column({.gap = 8}, [&] {
    for (std::size_t i = 0; i < nearest_.size(); ++i) {
      if (ui::button({.label = nearest_texts_[i], .full_width = true})) {
        choose(nearest_[i].key);
      }
    }
  });
}

void TimePicker::draw_blocks(App& app) {
  if (blocks_.empty()) {
    ui::paragraph(day_note_);
    return;
  }
  std::vector<ui::TimeBlock> blocks;
  blocks.reserve(blocks_.size());
  for (const BlockCell& cell : blocks_) {
    blocks.push_back(
        {.key = cell.key, .time = cell.time, .detail = cell.detail, .kind = cell.kind});
  }
  const std::string name = app.t("book.blocks_of", {{"day", app.format().day(*day_)}});
  if (ui::block_grid({.name = name, .key = "blocks"}, blocks, start_)) jumped_ = false;
  if (const BlockChoice* choice = chosen(); choice != nullptr && !choice->refusal) {
    seen_free_ = to_string(*day_) + start_;
  }
  if (day_provisional_) {
    ui::paragraph(app.t("book.provisional_note"),
                  {.size = ui::TextSize::small, .secondary = true, .icon = ui::Icon::info});
  }
}

}  // namespace yuanyue::web::app
