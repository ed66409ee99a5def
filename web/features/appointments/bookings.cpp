// All the bookings of the enterprise: those to come, those of the last months, and as one scrolls
// those that the server has in its history.
#include <algorithm>
#include <array>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/appointments/booking_code.h"
#include "web/app/earlier.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/rows.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr int years_offered = 3;
constexpr std::string_view any_key = "all", before_key = "before";

struct BookingsState {
  // Which filter was changed: its element is a new one with the new address.
  std::string_view focus;
};

// What the address chooses; empty: everything.
struct Chosen {
  std::string service, period;  // a year, or "before"
};

Chosen chosen(const App& app) {
  return {std::string(app.route().parameter("service")),
          std::string(app.route().parameter("period"))};
}

Date first_day(int year) { return to_date({year, 1, 1}); }
int this_year(const App& app) { return to_year_month_day(date_of(app.now())).year; }

sync::HistoryFilter filter_of(const App& app) {
  const auto [service, period] = chosen(app);
  sync::HistoryFilter filter{.kind = &Booking::type};
  if (const auto slug = parse_slug(service)) filter.service = ServiceId(*slug);
  const int last = this_year(app) - years_offered + 1;
  if (period == before_key) filter.to = first_day(last) - 1;
  for (int year = this_year(app); year >= last; --year) {
    if (period != number(year)) continue;
    filter.from = first_day(year);
    filter.to = first_day(year + 1) - 1;
  }
  return filter;
}

bool is_wanted(const sync::HistoryFilter& filter, const Booking& booking) {
  return (!filter.service || filter.service == booking.block.service) &&
         (!filter.from || *filter.from <= booking.block.date) &&
         (!filter.to || booking.block.date <= *filter.to);
}

// --- filters -----------------------------------------------------------------------------------

// In the address, so that the way back from a booking leads to the same list.
void choose(BookingsState& mine, std::string_view changed, const Chosen& now) {
  std::string route = route_to(bookings_page);
  char before = '?';
  for (const auto& [name, value] : {std::pair{"service", now.service}, {"period", now.period}}) {
    if (value.empty() || value == any_key) continue;
    route += before + std::string(name) + '=' + value;
    before = '&';
  }
  mine.focus = changed;
  platform::replace_route(route);
}

bool filter(BookingsState& mine, std::string_view key, const std::string& label,
            std::span<const ui::Choice> choices, std::string& value) {
  if (mine.focus == key) {
    semantics::focus(ui::id_of(key));
    mine.focus = {};
  }
  if (value.empty()) value = any_key;
  return ui::select({.label = label, .key = key}, choices, value);
}

void service_filter(App& app, BookingsState& mine) {
  const std::string all = app.t("bookings.all_services");
  std::vector<ui::Choice> choices{{any_key, all}};
  app.state().for_each<Service>([&](const Service& row) {
    const ui::Choice choice{row.id.view(), app.t(row.name)};
    const auto others = std::ranges::subrange(choices.begin() + 1, choices.end());
    choices.insert(std::ranges::upper_bound(others, choice.key, {}, &ui::Choice::key), choice);
  });
  Chosen now = chosen(app);
  if (filter(mine, "service", app.t("bookings.service"), choices, now.service)) {
    choose(mine, "service", now);
  }
}

void period_filter(App& app, BookingsState& mine) {
  std::array<std::string, years_offered> keys, labels;
  const std::string all = app.t("bookings.all_time");
  std::vector<ui::Choice> choices{{any_key, all}};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = number(this_year(app) - static_cast<int>(i));
    labels[i] = app.t("bookings.year", {{"year", keys[i]}});
    choices.push_back({keys[i], labels[i]});
  }
  const std::string before = app.t("bookings.before", {{"year", keys.back()}});
  choices.push_back({before_key, before});
  Chosen now = chosen(app);
  if (filter(mine, "period", app.t("bookings.period"), choices, now.period)) {
    choose(mine, "period", now);
  }
}

void filters(App& app, BookingsState& mine) {
  ui::grid({.column_width_min = 150, .columns_max = 3, .key = "filters"}, [&] {
    service_filter(app, mine);
    period_filter(app, mine);
  });
}

// --- rows --------------------------------------------------------------------------------------

std::string place_and_code(const App& app, const Booking& booking) {
  const std::string code = display_booking_code(booking.code);
  const std::string hall = hall_name(app, booking.block.service);
  if (hall.empty()) return app.t("bookings.code", {{"code", code}});
  return app.t("home.where_and_code", {{"hall", hall}, {"code", code}});
}

void booking_item(App& app, const Booking& booking) {
  ui::row({.gap = 12}, [&] {
    ui::grow([&] {
      ui::column({.gap = 2}, [&] {
        ui::link({.label = app.t("describe.service_and_block",
                                 {{"service", service_name(app, booking.block.service)},
                                  {"block", app.format().block(booking.block, booking.end)}}),
                  .href = href(booking_page, app.state().find(booking.id) == nullptr
                                                 ? to_string(booking.id)
                                                 : booking.code),
                  .key = "open"});
        ui::caption(place_and_code(app, booking));
      });
    });
    booking_badges(app, booking);
  });
}

void upcoming(App& app, const sync::HistoryFilter& filter) {
  auto rows = upcoming_bookings(app);
  std::erase_if(rows, [&](const Booking* row) { return !is_wanted(filter, *row); });
  if (rows.empty()) return;
  ui::section({.title = app.t("bookings.upcoming"), .key = "upcoming"}, [&] {
    ui::card({.key = "list", .padding = 16}, [&] {
      ui::list({.name = app.t("bookings.upcoming"), .key = "rows"}, [&] {
        for (const Booking* row : rows) ui::item(row->code, [&] { booking_item(app, *row); });
      });
    });
  });
}

void past_list(App& app, const std::string& name, const std::vector<const Booking*>& rows) {
  ui::card({.key = "list", .padding = 16}, [&] {
    std::string key;
    ui::long_list(
        {.name = name, .key = "rows", .item_count = rows.size(), .item_height_guess = 70},
        [&](std::size_t item) -> std::string_view { return key = to_string(rows[item]->id); },
        [&](std::size_t item) { booking_item(app, *rows[item]); });
  });
}

void past(App& app, const sync::HistoryFilter& filter) {
  std::vector<const Booking*> rows = past_bookings(app);
  std::erase_if(rows, [&](const Booking* row) { return !is_wanted(filter, *row); });
  const std::vector<const Booking*> earlier = earlier_rows<Booking>(app, filter);
  rows.insert(rows.end(), earlier.begin(), earlier.end());
  const std::string name = app.t("home.past");
  ui::section({.title = name, .key = "past"}, [&] {
    if (!rows.empty()) past_list(app, name, rows);
    earlier_end(app, filter, rows.size());
  });
}

}  // namespace

void bookings_view(App& app) {
  auto& mine = app.view_state<BookingsState>();
  ui::page({.title = app.t("title.bookings"),
            .back_label = app.t("title.home"),
            .back_href = href(app.site().home),
            .width_max = 860},
           [&] {
             if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
             filters(app, mine);
             const sync::HistoryFilter filter = filter_of(app);
             upcoming(app, filter);
             past(app, filter);
           });
}

}  // namespace yuanyue::web::app
