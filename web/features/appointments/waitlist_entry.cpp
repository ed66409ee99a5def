// One waitlist entry: position and why, wishes, auto-accept, leaving.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/appointments/blocks.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/names.h"
#include "web/app/earlier.h"
#include "web/app/explain.h"
#include "web/app/sync_words.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/timeline.h"
#include "web/features/appointments/waitlist_parts.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct EntryState {
  bool editing = false;
  std::vector<Wish> wishes;  // while editing
  bool leave_open = false;
  SeenEntry seen;  // when the change or the question began
  std::optional<RefusedCommand> refusal;
};

// The entry that is shown, looked up again after every command.
const WaitlistEntry* shown_entry(const App& app) { return find_entry(app, app.route().argument); }

bool send(App& app, EntryState& mine, AnyCommand command, std::string_view done) {
  const Submitted submitted = app.submit(command);
  if (!submitted) {
    mine.refusal = RefusedCommand{std::move(command), *submitted.rejection};
    return false;
  }
  mine.refusal.reset();
  app.say_done("entry-done", [&app, done = std::string(done)] { return app.t(done); });
  return true;
}

// --- where it stands
// ----------------------------------------------------------------------------------

void positions(App& app, const WaitlistEntry& entry) {
  const auto rows = queue_positions(app.state(), entry);
  if (rows.empty()) return ui::paragraph(app.t("position.unknown"), {.secondary = true});
  ui::list({.name = app.t("waitlist.positions"), .key = "positions"}, [&] {
    for (const QueuePosition& row : rows) {
      const std::string block = block_text(app, row.block);
      ui::item(block, [&] {
        ui::column({.gap = 2}, [&] {
          ui::paragraph(block, {.strong = true});
          ui::paragraph(position_sentence(app, row));
        });
      });
    }
  });
}

void order_rule(App& app, const WaitlistEntry& entry) {
  const std::string tier = tier_name(app, entry.tier);
  ui::paragraph(app.t("waitlist.tier", {{"tier", tier}}), {.icon = ui::Icon::info});
  if (entry.tier != entry.joined_tier) {
    ui::caption(app.t("waitlist.was_promoted", {{"tier", tier_name(app, entry.joined_tier)}}));
  }
  if (entry.promote_at < entry.closes_at) {
    ui::caption(app.t("waitlist.promotes_at", {{"moment", app.format().moment(entry.promote_at)},
                                               {"tier", tier_name(app, promoted(entry.tier))}}));
  }
  ui::caption(app.t("waitlist.order_rule"));
}

void standing(App& app, const WaitlistEntry& entry) {
  ui::card({.title = app.t("waitlist.standing"), .key = "standing"}, [&] {
    if (entry.status == WaitlistStatus::offered) {
      ui::banner(
          {.title = app.t("waitlist.offer_waits"), .tone = ui::Tone::success, .key = "offer"}, [&] {
            ui::button({.label = app.t("offer.look"),
                        .kind = ui::ButtonKind::primary,
                        .key = "look",
                        .href = href(offer_page, to_string(entry.offer))});
          });
    }
    if (entry.status == WaitlistStatus::waiting) positions(app, entry);
    order_rule(app, entry);
    ui::caption(app.t("waitlist.joined_at", {{"moment", app.format().moment(entry.joined_at)}}));
    if (entry.closes_at != never) {
      ui::caption(app.t("waitlist.closes_at", {{"moment", app.format().moment(entry.closes_at)}}));
    }
  });
}

void kept_booking(App& app, const WaitlistEntry& entry) {
  const Booking* booking = app.state().find(entry.swap_booking);
  if (booking == nullptr) return;
  ui::card({.title = app.t("waitlist.kept_booking"), .key = "kept"}, [&] {
    ui::paragraph(booking_line(app, *booking));
    ui::caption(app.t("waitlist.kept_booking_text"));
    ui::link({.label = app.t("home.details"), .href = href(booking_page, booking->code)});
  });
}

// --- wishes
// -------------------------------------------------------------------------------------------

// The full blocks of the booking window: what has a free place is booked, not waited for.
std::vector<BlockFacts> blocks_to_wish(const App& app, const Service& service,
                                       const WaitlistEntry& entry) {
  std::vector<BlockFacts> full;
  const Booking* kept = app.state().find(entry.swap_booking);
  const BookingWindow window = booking_window(service, app.now());
  for (Date date = window.first; date <= window.last; date = date + 1) {
    for (BlockFacts& block : blocks_on(app.state(), service, date, app.now())) {
      const bool own = kept != nullptr && kept->block == block.key;
      if (block.open_for_booking(app.now()) && block.free_seats() == 0 && !own) {
        full.push_back(std::move(block));
      }
    }
  }
  return full;
}

void add_wish(App& app, EntryState& mine, const Service& service, const WaitlistEntry& entry) {
  const std::vector<BlockFacts> blocks = blocks_to_wish(app, service, entry);
  std::vector<std::string> keys, labels;
  std::vector<Wish> wishes;
  for (const BlockFacts& block : blocks) {
    const Wish wish{.date = block.key.date, .start = block.key.start};
    if (std::ranges::find(mine.wishes, wish) != mine.wishes.end()) continue;
    keys.push_back(number(static_cast<std::int64_t>(keys.size())));
    labels.push_back(app.t(
        "waitlist.wish_option",
        {{"block", app.format().block(block.key, block.end)}, {"count", number(block.waiting)}}));
    wishes.push_back(wish);
  }
  if (wishes.empty()) return ui::caption(app.t("waitlist.wish_none"));
  std::vector<ui::Choice> choices;
  choices.reserve(wishes.size());
  for (std::size_t i = 0; i < wishes.size(); ++i) choices.push_back({keys[i], labels[i]});
  std::string chosen;  // each choice is added at once
  if (!ui::select({.label = app.t("waitlist.wish_add"),
                   .help = app.t("waitlist.wish_add_help"),
                   .disabled = mine.wishes.size() >= max_wishes,
                   .key = "add"},
                  choices, chosen)) {
    return;
  }
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (keys[i] == chosen) mine.wishes.push_back(wishes[i]);
  }
}

void edit_wishes(App& app, EntryState& mine, const WaitlistEntry& entry) {
  const Service* service = app.state().find(entry.service);
  std::optional<std::size_t> removed;
  ui::list({.name = app.t("waitlist.wishes"), .key = "draft"}, [&] {
    for (std::size_t i = 0; i < mine.wishes.size(); ++i) {
      const std::string text = wish_text(app, entry.service, mine.wishes[i]);
      ui::item(text, [&] {
        ui::row([&] {
          ui::paragraph(text);
          ui::spacer();
          if (ui::button({.label = app.t("waitlist.wish_remove"),
                          .kind = ui::ButtonKind::quiet,
                          .small = true,
                          .key = "remove",
                          .name = app.t("waitlist.wish_remove_of", {{"wish", text}})})) {
            removed = i;
          }
        });
      });
    }
  });
  if (removed) mine.wishes.erase(mine.wishes.begin() + static_cast<std::ptrdiff_t>(*removed));
  if (mine.wishes.empty()) ui::paragraph(app.t("waitlist.wishes_empty"), {.secondary = true});
  if (service != nullptr && app.state().find(service->hall) != nullptr) {
    add_wish(app, mine, *service, entry);
  }
  ui::actions([&] {
    if (ui::button({.label = app.t("waitlist.wishes_save"),
                    .kind = ui::ButtonKind::primary,
                    .disabled = mine.wishes.empty(),
                    .key = "save"}) &&
        send(app, mine,
             ChangeWaitlistEntry{entry.id, mine.seen, mine.wishes, mine.seen.auto_accept},
             "waitlist.wishes_saved")) {
      mine.editing = false;
    }
    if (ui::button({.label = app.t("waitlist.wishes_cancel"),
                    .kind = ui::ButtonKind::quiet,
                    .key = "stop"})) {
      mine.editing = false;
    }
  });
}

void wishes(App& app, EntryState& mine, const WaitlistEntry& entry) {
  const bool can_change = entry.status == WaitlistStatus::waiting;
  ui::card({.title = app.t("waitlist.wishes"), .key = "wishes"}, [&] {
    if (mine.editing && can_change) return edit_wishes(app, mine, entry);
    ui::list({.name = app.t("waitlist.wishes"), .key = "list"}, [&] {
      for (const Wish& wish : entry.wishes) {
        const std::string text = wish_text(app, entry.service, wish);
        ui::item(text, [&] { ui::paragraph(text); });
      }
    });
    if (can_change && ui::button({.label = app.t("waitlist.wishes_edit"), .key = "edit"})) {
      mine.editing = true;
      mine.seen = seen(entry);
      mine.wishes = entry.wishes;
    }
  });
}

void automatic(App& app, EntryState& mine, const WaitlistEntry& entry) {
  if (entry.status != WaitlistStatus::waiting) return;
  ui::card({.key = "automatic", .name = app.t("waitlist.auto_accept")}, [&] {
    bool value = entry.auto_accept;
    const std::string help =
        app.t(entry.swap_booking ? "waitlist.auto_accept_swap" : "waitlist.auto_accept_new");
    if (ui::toggle_switch({.label = app.t("waitlist.auto_accept"), .help = help, .key = "switch"},
                          value)) {
      send(app, mine, ChangeWaitlistEntry{entry.id, seen(entry), entry.wishes, value},
           value ? "waitlist.auto_accept_on" : "waitlist.auto_accept_off");
    }
  });
}

// --- leaving
// ------------------------------------------------------------------------------------------

void leaving(App& app, EntryState& mine, const WaitlistEntry& entry) {
  if (ui::button(
          {.label = app.t("waitlist.leave"), .kind = ui::ButtonKind::quiet, .key = "leave"})) {
    mine.leave_open = true;
    mine.seen = seen(entry);
  }
  const std::string title =
      app.t("waitlist.leave_title", {{"service", service_name(app, entry.service)}});
  const ui::Confirmation answer = ui::confirm_dialog(
      {.title = title,
       .text = app.t("waitlist.leave_text", {{"wishes", wishes_text(app, entry)}}),
       .confirm_label = app.t("waitlist.leave"),
       .cancel_label = app.t("waitlist.stay"),
       .key = "leave-waitlist"},
      mine.leave_open);
  if (answer == ui::Confirmation::confirmed) {
    send(app, mine, LeaveWaitlist{entry.id, mine.seen}, "waitlist.left");
  }
}

void after_end(App& app) {
  ui::row({.gap = 8}, [&] {
    ui::button({.label = app.t("waitlist.to_list"), .key = "list", .href = href(waitlist_page)});
    ui::button({.label = app.t("home.book"), .key = "book", .href = href(book_page)});
  });
}

void ended(App& app, const WaitlistEntry& entry) {
  ui::banner({.title = app.t("waitlist_status." + std::string(wire::name_of(entry.status))),
              .text = standing_text(app, entry),
              .key = "ended"},
             [&] { after_end(app); });
}

void missing(App& app) {
  ui::empty_state(
      {.icon = ui::Icon::queue,
       .title = app.t("waitlist.missing_title"),
       .text = app.t("waitlist.missing_text")},
      [&] {
        ui::button(
            {.label = app.t("waitlist.to_list"), .key = "list", .href = href(waitlist_page)});
      });
}

void whole_entry(App& app, EntryState& mine, const WaitlistEntry& entry) {
  const bool open =
      entry.status == WaitlistStatus::waiting || entry.status == WaitlistStatus::offered;
  ui::row([&] {
    entry_status_badge(app, entry);
    pending_badge(app, entry.id);
  });
  if (mine.refusal && explain(app, RefusedCommand(*mine.refusal))) mine.refusal.reset();
  if (!open) {
    ended(app, entry);
    wishes(app, mine, entry);
    return timeline_section(app, entry.id, entry.joined_at);
  }
  standing(app, entry);
  kept_booking(app, entry);
  automatic(app, mine, entry);
  wishes(app, mine, entry);
  leaving(app, mine, entry);
}

// One that has left the replica: to be read, not changed.
void archived(App& app, EntryState& mine) {
  const auto id = parse_uuid(app.route().argument);
  if (!id) return missing(app);
  const AnyRow* row = archived_row(app, WaitlistEntryId(*id), [&] { missing(app); });
  if (row == nullptr) return;
  const WaitlistEntry entry = row->as<WaitlistEntry>();
  ui::row([&] { entry_status_badge(app, entry); });
  ui::banner({.title = app.t("archived.entry_title"),
              .text = app.t("archived.entry_text", {{"reason", standing_text(app, entry)}}),
              .tone = ui::Tone::neutral,
              .key = "archived"},
             [&] { after_end(app); });
  wishes(app, mine, entry);
  timeline_section(app, entry.id, entry.joined_at);
}

// The entry's service, where it is known which one it is.
std::string entry_title(const App& app) {
  const auto id = parse_uuid(app.route().argument);
  const WaitlistEntry* entry = known_row(app, id ? WaitlistEntryId(*id) : WaitlistEntryId());
  if (app.loading() || entry == nullptr) return app.t("title.waitlist_entry");
  return app.t("waitlist.entry_title", {{"service", service_name(app, entry->service)}});
}

}  // namespace

void waitlist_entry_view(App& app) {
  auto& mine = app.view_state<EntryState>();
  // A copy: commands given below change the row.
  const WaitlistEntry* found = app.loading() ? nullptr : shown_entry(app);
  const std::optional<WaitlistEntry> entry =
      found == nullptr ? std::nullopt : std::optional<WaitlistEntry>(*found);
  const std::string title = entry_title(app);
  app.set_title(title);
  ui::page({.title = title,
            .back_label = app.t("title.waitlist"),
            .back_href = href(waitlist_page),
            .width_max = 720},
           [&] {
             if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::card});
             if (!entry) return archived(app, mine);
             whole_entry(app, mine, *entry);
           });
}

}  // namespace yuanyue::web::app
