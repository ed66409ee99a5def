// All the waitlist entries of the enterprise.
#include <algorithm>

#include "web/app/app.h"
#include "web/features/appointments/offer_card.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/waitlist_parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t closed_shown_first = 5;

struct WaitlistState {
  bool all_closed = false;
};

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

void closed_part(App& app, WaitlistState& mine) {
  const auto entries = closed_entries(app);
  if (entries.empty()) return;
  ui::section({.title = app.t("waitlist.closed"), .key = "closed"}, [&] {
    const std::size_t shown =
        mine.all_closed ? entries.size() : std::min(entries.size(), closed_shown_first);
    for (std::size_t i = 0; i < shown; ++i) entry_link_card(app, *entries[i]);
    if (shown < entries.size() &&
        ui::button({.label = app.t("waitlist.show_all"), .kind = ui::ButtonKind::quiet})) {
      mine.all_closed = true;
    }
  });
}

}  // namespace

void waitlist_view(App& app) {
  auto& mine = app.view_state<WaitlistState>();
  ui::page({.title = app.t("title.waitlist"), .lead = app.t("waitlist.lead")}, [&] {
    if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
    const auto offers = open_offers(app);
    if (!offers.empty()) {
      ui::section({.title = app.t("home.offers"), .key = "offers"}, [&] {
        for (const Offer* offer : offers) offer_card(app, *offer);
      });
    }
    open_part(app);
    closed_part(app, mine);
  });
}

}  // namespace yuanyue::web::app
