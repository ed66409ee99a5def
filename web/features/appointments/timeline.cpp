#include "web/features/appointments/timeline.h"

#include <string>
#include <vector>

#include "core/appointments/kinds.h"
#include "web/app/earlier.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct Mark {
  ui::Icon icon = ui::Icon::none;
  ui::Tone tone = ui::Tone::neutral;
};

struct MarkedEvent {
  const EventKindBase* kind;
  Mark mark;
};
constexpr Mark queued{ui::Icon::queue, ui::Tone::neutral};
constexpr Mark offered{ui::Icon::hourglass, ui::Tone::neutral};
constexpr MarkedEvent marks[] = {
    {&events::booking_made, {ui::Icon::check, ui::Tone::success}},
    {&events::booking_rescheduled, {ui::Icon::swap, ui::Tone::info}},
    {&events::seat_auto_accepted, {ui::Icon::swap, ui::Tone::info}},
    {&events::booking_reschedule_undone, {ui::Icon::undo, ui::Tone::neutral}},
    {&events::booking_cancelled, {ui::Icon::cross, ui::Tone::danger}},
    {&events::booking_relocation_flagged, {ui::Icon::warning, ui::Tone::warning}},
    {&events::waitlist_joined, queued},
    {&events::waitlist_changed, queued},
    {&events::waitlist_left, queued},
    {&events::waitlist_ended, queued},
    {&events::waitlist_promoted, queued},
    {&events::offer_made, offered},
    {&events::offer_accepted, offered},
    {&events::offer_declined, offered},
    {&events::offer_expired, offered},
    {&events::offer_withdrawn, offered},
};

Mark mark_of(const Event& event) {
  for (const MarkedEvent& each : marks) {
    if (event == *each.kind) return each.mark;
  }
  return {};
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
