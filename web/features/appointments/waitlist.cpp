// All the waitlist entries of the enterprise.
#include <algorithm>

#include "core/appointments/waitlist_entry.h"
#include "web/app/earlier.h"
#include "web/features/appointments/offer_card.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/waitlist_parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

std::vector<const WaitlistEntry*> closed_entries(const App& app) {
  std::vector<const WaitlistEntry*> rows;
  app.state().for_each<WaitlistEntry>([&](const WaitlistEntry& row) {
    const bool open =
        row.status == WaitlistStatus::waiting || row.status == WaitlistStatus::offered;
    if (!open && row.enterprise == app.enterprise()) rows.push_back(&row);
  });
  std::ranges::sort(rows, [](auto* a, auto* b) { return b->joined_at < a->joined_at; });
  return rows;
}

void open_part(App& app) {
  const auto entries = open_entries(app);
  ui::section({.title = app.t("waitlist.open"), .key = "open"}, [&] {
    if (entries.empty()) {
      ui::empty_state({.icon = ui::Icon::queue,
                       .title = app.t("waitlist.none_title"),
                       .text = app.t("waitlist.none_text")},
                      [&] {
                        ui::button({.label = app.t("home.book"),
                                    .icon = ui::Icon::plus,
                                    .key = "book",
                                    .href = href(book_page)});
                      });
    }
    for (const WaitlistEntry* entry : entries) entry_link_card(app, *entry);
  });
}

void closed_part(App& app) {
  const sync::HistoryFilter filter{.kind = &WaitlistEntry::type};
  std::vector<const WaitlistEntry*> rows = closed_entries(app);
  const std::vector<const WaitlistEntry*> earlier = earlier_rows<WaitlistEntry>(app, filter);
  rows.insert(rows.end(), earlier.begin(), earlier.end());
  const std::string name = app.t("waitlist.closed");
  ui::section({.title = name, .key = "closed"}, [&] {
    std::string key;
    ui::long_list(
        {.name = name,
         .key = "rows",
         .item_count = rows.size(),
         .item_height_guess = 120,
         .gap = 16},
        [&](std::size_t item) -> std::string_view { return key = to_string(rows[item]->id); },
        [&](std::size_t item) { entry_link_card(app, *rows[item]); });
    earlier_end(app, filter, rows.size());
  });
}

}  // namespace

void waitlist_view(App& app) {
  ui::page({.title = app.t("title.waitlist"), .lead = app.t("waitlist.lead")}, [&] {
    if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
    const auto offers = open_offers(app);
    if (!offers.empty()) {
      ui::section({.title = app.t("home.offers"), .key = "offers"}, [&] {
        for (const Offer* offer : offers) offer_card(app, *offer);
      });
    }
    open_part(app);
    closed_part(app);
  });
}

}  // namespace yuanyue::web::app
