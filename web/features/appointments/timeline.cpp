#include "web/features/appointments/timeline.h"

#include <string>
#include <vector>

#include "web/app/earlier.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct Mark {
  ui::Icon icon = ui::Icon::none;
  ui::Tone tone = ui::Tone::neutral;
};

Mark mark_of(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::booking_made:
      return {ui::Icon::check, ui::Tone::success};
    case LedgerKind::booking_rescheduled:
    case LedgerKind::seat_auto_accepted:
      return {ui::Icon::swap, ui::Tone::info};
    case LedgerKind::booking_reschedule_undone:
      return {ui::Icon::undo, ui::Tone::neutral};
    case LedgerKind::booking_cancelled:
      return {ui::Icon::cross, ui::Tone::danger};
    case LedgerKind::booking_relocation_flagged:
      return {ui::Icon::warning, ui::Tone::warning};
    case LedgerKind::waitlist_joined:
    case LedgerKind::waitlist_changed:
    case LedgerKind::waitlist_left:
    case LedgerKind::waitlist_ended:
    case LedgerKind::waitlist_promoted:
      return {ui::Icon::queue, ui::Tone::neutral};
    case LedgerKind::offer_made:
    case LedgerKind::offer_accepted:
    case LedgerKind::offer_declined:
    case LedgerKind::offer_expired:
    case LedgerKind::offer_withdrawn:
      return {ui::Icon::hourglass, ui::Tone::neutral};
    default:
      return {};
  }
}

void entries_of(const App& app, const std::vector<LedgerEntry>& entries) {
  std::vector<ui::TimelineItem> items;
  items.reserve(entries.size());
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const Mark mark = mark_of(entry->kind);
    const std::string note =
        entry->note.empty() ? "" : app.t("booking.history_reason", {{"reason", entry->note}});
    items.push_back({.time = ui::hold(app.format().moment(entry->at)),
                     .title = ui::hold(ledger_text(app, *entry)),
                     .text = ui::hold(note),
                     .icon = mark.icon,
                     .tone = mark.tone});
  }
  ui::timeline(app.t("booking.history"), items);
}

}  // namespace

void timeline_section(App& app, const AnyKey& key, Instant born_at) {
  const std::vector<LedgerEntry> entries = known_timeline(app, key);
  const bool is_whole = !entries.empty() && entries.front().at <= born_at;
  ui::section({.title = app.t("booking.history"), .key = "timeline"}, [&] {
    if (entries.empty()) ui::paragraph(app.t("booking.history_empty"), {.secondary = true});
    if (!entries.empty()) ui::card({.key = "history"}, [&] { entries_of(app, entries); });
    if (!is_whole) timeline_end(app, key);
  });
}

}  // namespace yuanyue::web::app
