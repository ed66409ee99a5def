#include "web/app/earlier.h"

#include <string>

#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

// Texts that differ between lists and single rows.
struct EarlierWords {
  std::string_view more, loading, offline, failed;
};
constexpr EarlierWords list_words{"earlier.more", "earlier.loading", "earlier.offline",
                                  "earlier.failed"};
constexpr EarlierWords timeline_words{"earlier.timeline_more", "earlier.timeline_loading",
                                      "earlier.timeline_offline", "earlier.timeline_failed"};
constexpr EarlierWords row_words{"earlier.more", "earlier.row_loading", "earlier.row_offline",
                                 "earlier.row_failed"};

bool is_offline(const App& app) {
  return app.sync().status().connection != sync::Connection::online;
}

bool has_failed(const sync::HistoryProgress& known) {
  return known.trouble == sync::HistoryTrouble::no_answer ||
         known.trouble == sync::HistoryTrouble::unreadable;
}

// Why nothing comes; empty: it does, or nothing has been asked.
std::string trouble_text(App& app, const EarlierWords& words, const sync::HistoryProgress& known) {
  switch (known.trouble) {
    case sync::HistoryTrouble::slowed:
      return app.t("earlier.slowed");
    case sync::HistoryTrouble::no_answer:
      return app.t(is_offline(app) ? words.offline : words.failed);
    case sync::HistoryTrouble::unreadable:
      return app.t(words.failed);
    case sync::HistoryTrouble::stopped:  // the session is being asked for
    case sync::HistoryTrouble::none:
      break;
  }
  return known.loading ? app.t(words.loading) : std::string();
}

// True: its user wants it once more.
bool status_line(App& app, const EarlierWords& words, const sync::HistoryProgress& known,
                 const std::string& otherwise) {
  if (known.trouble == sync::HistoryTrouble::slowed) {
    app.redraw_at(app.sync().server_time(known.retry_at));
  }
  const std::string trouble = trouble_text(app, words, known);
  const bool failed = has_failed(known);
  const ui::Icon icon = !failed           ? ui::Icon::none
                        : is_offline(app) ? ui::Icon::offline
                                          : ui::Icon::warning;
  ui::paragraph(trouble.empty() ? otherwise : trouble,
                {.size = ui::TextSize::small,
                 .secondary = !failed,
                 .tone = failed ? ui::Tone::warning : ui::Tone::neutral,
                 .icon = icon,
                 .key = "status",
                 .live = semantics::Live::polite});
  return failed && ui::button({.label = app.t("earlier.retry"),
                               .icon = ui::Icon::refresh,
                               .small = true,
                               .key = "more"});
}

std::string shown_text(const App& app, const sync::HistoryFilter& filter,
                       const sync::HistoryList& known, std::size_t rows) {
  if (!known.begun) return {};
  const bool is_narrowed = filter.service || filter.from || filter.to;
  if (known.rows.empty() && rows == 0)
    return app.t(is_narrowed ? "earlier.no_match" : "earlier.nothing");
  if (known.rows.empty()) return app.t("earlier.none");
  const std::string count = number(static_cast<std::int64_t>(known.rows.size()));
  return app.t(known.complete ? "earlier.all" : "earlier.shown", {{"count", count}});
}

bool more_button(App& app, const EarlierWords& words, const sync::HistoryProgress& known) {
  if (known.complete || has_failed(known)) return false;
  return ui::button({.label = app.t(words.more),
                     .kind = ui::ButtonKind::quiet,
                     .busy = known.loading,
                     .small = true,
                     .key = "more"});
}

}  // namespace

void earlier_end(App& app, const sync::HistoryFilter& filter, std::size_t rows) {
  // A copy: asking changes it.
  const sync::HistoryProgress known = app.history().list(filter);
  const std::string shown = shown_text(app, filter, app.history().list(filter), rows);
  bool again = false, more = false;
  const bool in_sight = ui::in_sight({.key = "earlier-end", .above = rows}, [&] {
    ui::row({.gap = 12}, [&] {
      again = status_line(app, list_words, known, shown);
      more = more_button(app, list_words, known);
    });
  });
  if (again) app.history().try_again(filter);
  if (again || more || in_sight) app.history().want_older(filter, device_now());
  if (known.begun) app.history().want(filter, device_now());
}

bool row_on_its_way(App& app, const sync::HistoryProgress& known) {
  if (!has_failed(known)) ui::skeleton({.shape = ui::SkeletonShape::card});
  return status_line(app, row_words, known, {});
}

const AnyRow* archived_row(App& app, const AnyKey& key, ui::Content missing) {
  app.history().want(key, device_now());
  const sync::HistoryCase& known = app.history().row(key);
  if (known.row.ref()) return &known.row;
  if (known.missing) {
    missing();
    return nullptr;
  }
  const sync::HistoryProgress progress = known;
  if (row_on_its_way(app, progress)) app.history().try_again(key);
  return nullptr;
}

std::vector<LedgerEntry> known_timeline(App& app, const AnyKey& key) {
  const auto* booking = key.get_if<BookingId>();
  const std::vector<LedgerEntry>& here = booking != nullptr
                                             ? app.sync().timeline(*booking)
                                             : app.sync().timeline(*key.get_if<WaitlistEntryId>());
  return sync::joined_timeline(app.history().row(key).ledger, here);
}

void timeline_end(App& app, const AnyKey& key) {
  const sync::HistoryProgress known = app.history().row(key);
  if (known.complete) return;
  bool again = false, more = false;
  ui::row({.gap = 12, .key = "timeline-end"}, [&] {
    again = status_line(app, timeline_words, known, {});
    more = more_button(app, timeline_words, known);
  });
  if (again) app.history().try_again(key);
  if (again || more) app.history().want_older(key, device_now());
}

}  // namespace yuanyue::web::app
