#include "web/features/appointments/waitlist_parts.h"

#include <algorithm>

#include "core/appointments/names.h"
#include "web/app/sync_words.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {

std::string wishes_text(const App& app, const WaitlistEntry& entry) {
  std::string text;
  for (const Wish& wish : entry.wishes) {
    if (!text.empty()) text += app.t("position.separator");
    text += wish_text(app, entry.service, wish);
  }
  return text;
}

std::string standing_text(const App& app, const WaitlistEntry& entry) {
  if (entry.status == WaitlistStatus::offered) return app.t("waitlist.offer_waits");
  if (entry.status != WaitlistStatus::waiting) {
    return app.t("waitlist_end." + std::string(wire::name_of(entry.end_reason)));
  }
  const auto positions = queue_positions(app.state(), entry);
  if (positions.empty()) return app.t("position.unknown");
  return position_sentence(app, *std::ranges::min_element(positions, {}, &QueuePosition::position));
}

void entry_status_badge(App& app, const WaitlistEntry& entry) {
  const bool offered = entry.status == WaitlistStatus::offered;
  const bool open = offered || entry.status == WaitlistStatus::waiting;
  ui::badge({.label = app.t("waitlist_status." + std::string(wire::name_of(entry.status))),
             .tone = offered ? ui::Tone::success
                     : open  ? ui::Tone::info
                             : ui::Tone::neutral});
}

void entry_link_card(App& app, const WaitlistEntry& entry) {
  const std::string id = to_string(entry.id);
  const std::string service = service_name(app, entry.service);
  ui::link_card({.href = href(waitlist_entry_page, id),
                 .name = app.t("waitlist.entry_name",
                               {{"service", service}, {"wishes", wishes_text(app, entry)}}),
                 .key = id},
                [&] {
                  ui::column({.gap = 4}, [&] {
                    ui::row([&] {
                      ui::paragraph(service, {.strong = true});
                      entry_status_badge(app, entry);
                      pending_badge(app, entry.id);
                    });
                    ui::paragraph(wishes_text(app, entry));
                    ui::paragraph(standing_text(app, entry), {.secondary = true});
                  });
                });
}

}  // namespace yuanyue::web::app
