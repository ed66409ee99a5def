#include "web/features/appointments/wait_form.h"

#include <algorithm>
#include <array>

#include "core/appointments/join_waitlist.h"
#include "core/appointments/kinds.h"
#include "core/appointments/waitlist_rules.h"
#include "web/app/explain.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/time_words.h"
#include "web/features/appointments/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr TimeOfDay noon{12 * 60};

// What happens when a seat gets free: asked first, or taken at once.
void accept_choice(App& app, const TimeSubject& subject, WaitForm& form) {
  const std::string hold = app.format().duration(subject.service->policy.hold_ms);
  const std::string ask_help = app.t("wait_form.ask_help", {{"hold", hold}});
  const std::string automatic_help = subject.moved != nullptr
                                         ? app.t("wait_form.automatic_swap_help")
                                         : app.t("wait_form.automatic_help");
  const std::string ask = app.t("wait_form.ask");
  const std::string automatic = app.t("wait_form.automatic");
  const std::array choices{
      ui::Choice{.key = "ask", .label = ask, .help = ask_help},
      ui::Choice{.key = "automatic", .label = automatic, .help = automatic_help}};
  ui::radio_group({.label = app.t("wait_form.when_free"), .key = "accept"}, choices, form.accept);
}

void join(App& app, const TimeSubject& subject, WaitForm& form, std::vector<Wish> wishes) {
  JoinWaitlist command{.entry = app.new_id<WaitlistEntryId>(),
                       .service = subject.service->id,
                       .wishes = std::move(wishes),
                       .swap_booking = subject.moved_id(),
                       .auto_accept = form.accept == "automatic"};
  const std::string entry = to_string(command.entry);
  const std::optional<BlockKey> kept =
      subject.moved == nullptr ? std::nullopt : std::optional(subject.moved->block);
  command.swap_from = kept;
  const Submitted submitted = app.submit(command);
  if (submitted.rejection) {
    form.refusal = RefusedCommand{command, *submitted.rejection};
    return;
  }
  form.refusal.reset();
  form.weeks.clear();
  form.weeks_version = 0;
  app.tell({.key = "joined", .text = [&app, kept] {
              return kept ? app.t("wait_form.joined_swap", {{"block", block_text(app, *kept)}})
                          : app.t("wait_form.joined");
            }});
  app.go(waitlist_entry_page, entry);
}

const WaitlistEntry* own_entry_for(const App& app, const BlockKey& block) {
  for (const WaitlistEntry* entry : open_entries(app)) {
    if (std::ranges::find(entry->blocks, block) != entry->blocks.end()) return entry;
  }
  return nullptr;
}

void own_place(App& app, const WaitlistEntry& entry, const BlockKey& block) {
  std::string text = app.t("wait_form.waiting_already");
  for (const QueuePosition& position : queue_positions(app.state(), entry)) {
    if (position.block == block) {
      text = app.t("wait_form.waiting_at", {{"position", number(position.position)}});
    }
  }
  ui::paragraph(text, {.icon = ui::Icon::queue});
  ui::link({.label = app.t("wait_form.view_entry"),
            .href = href(waitlist_entry_page, to_string(entry.id))});
}

// --- several half-days --------------------------------------------------------------------------

std::string waiting_help(const App& app, int waiting) {
  return waiting > 0 ? app.t("wait_form.waiting_others", {{"count", number(waiting)}})
                     : app.t("wait_form.waiting_none");
}

struct HalfDay {
  std::vector<BlockFacts> full;
  bool any_free = false;

  int waiting() const {
    int most = 0;
    for (const BlockFacts& block : full) most = std::max(most, block.waiting);
    return most;
  }
};

void add_half_day(const App& app, const HalfDay& half, PartOfDay part,
                  std::vector<WishChoice>& choices) {
  if (half.full.empty()) return;
  const Date date = half.full.front().key.date;
  if (!half.any_free) {
    const std::string day = app.format().day(date);
    WishChoice choice{.wish = {.date = date, .part = part}};
    choice.label = part == PartOfDay::morning ? app.t("wait_form.morning", {{"day", day}})
                                              : app.t("wait_form.afternoon", {{"day", day}});
    choice.help = waiting_help(app, half.waiting());
    choices.push_back(std::move(choice));
    return;
  }
  for (const BlockFacts& block : half.full) {
    choices.push_back({.wish = {.date = date, .start = block.key.start},
                       .label = app.format().block(block.key, block.end),
                       .help = waiting_help(app, block.waiting)});
  }
}

std::vector<WishChoice> choices_of(const App& app, const TimeSubject& subject, Date date) {
  HalfDay morning;
  HalfDay afternoon;
  for (const BlockFacts& block : blocks_on(app.state(), *subject.service, date, app.now())) {
    if (!block.open_for_booking(app.now())) continue;
    if (subject.moved != nullptr && subject.moved->block == block.key) continue;
    HalfDay& half = block.key.start < noon ? morning : afternoon;
    if (own_entry_for(app, block.key) != nullptr) continue;
    if (block.free_seats() > 0) {
      half.any_free = true;
    } else {
      half.full.push_back(block);
    }
  }
  std::vector<WishChoice> choices;
  add_half_day(app, morning, PartOfDay::morning, choices);
  add_half_day(app, afternoon, PartOfDay::afternoon, choices);
  return choices;
}

bool was_chosen(const std::vector<WishWeek>& weeks, const Wish& wish) {
  return std::ranges::any_of(weeks, [&](const WishWeek& week) {
    return std::ranges::any_of(week.choices, [&](const WishChoice& choice) {
      return choice.chosen && choice.wish == wish;
    });
  });
}

void refresh_weeks(App& app, const TimeSubject& subject, WaitForm& form) {
  const Date today = date_of(app.now());
  if (form.weeks_version == app.sync().version() && form.weeks_day == today &&
      form.weeks_language == app.texts().language()) {
    return;
  }
  form.weeks_version = app.sync().version();
  form.weeks_day = today;
  form.weeks_language = app.texts().language();
  const std::vector<WishWeek> before = std::exchange(form.weeks, {});
  const BookingWindow window = booking_window(*subject.service, app.now());
  for (Date date = window.first; date <= window.last; date = date + 1) {
    std::vector<WishChoice> choices = choices_of(app, subject, date);
    if (choices.empty()) continue;
    const Date monday = date - static_cast<int>(weekday_of(date));
    std::string title = app.t("wait_form.week", {{"first", app.format().day(monday)},
                                                 {"last", app.format().day(monday + 6)}});
    if (form.weeks.empty() || form.weeks.back().title != title) {
      form.weeks.push_back({std::move(title), {}});
    }
    for (WishChoice& choice : choices) {
      choice.chosen = was_chosen(before, choice.wish);
      form.weeks.back().choices.push_back(std::move(choice));
    }
  }
}

std::vector<Wish> chosen_wishes(const WaitForm& form) {
  std::vector<Wish> wishes;
  for (const WishWeek& week : form.weeks) {
    for (const WishChoice& choice : week.choices) {
      if (choice.chosen) wishes.push_back(choice.wish);
    }
  }
  return wishes;
}

void wish_checkbox(WishChoice& choice, std::size_t& left) {
  const bool before = choice.chosen;
  ui::checkbox(
      {.label = choice.label, .help = choice.help, .disabled = !choice.chosen && left == 0},
      choice.chosen);
  if (choice.chosen != before) left = choice.chosen ? left - 1 : left + 1;
}

void week_choices(App& app, WaitForm& form, std::size_t& left) {
  ui::card({.title = app.t("wait_form.full_times"), .key = "weeks"}, [&] {
    for (WishWeek& week : form.weeks) {
      ui::column({.gap = 8, .key = week.title}, [&] {
        ui::caption(week.title);
        ui::grid({.column_width_min = 240, .columns_max = 3, .gap = 12}, [&] {
          for (WishChoice& choice : week.choices) wish_checkbox(choice, left);
        });
      });
    }
  });
}

}  // namespace

std::optional<BlockKey> full_block_panel(App& app, const TimeSubject& subject,
                                         const BlockChoice& choice, bool filled_meanwhile,
                                         WaitForm& form) {
  std::optional<BlockKey> instead;
  const BlockFacts& facts = choice.facts;
  const std::string title =
      filled_meanwhile ? app.t("wait_form.just_full") : app.t("wait_form.full");
  ui::card({.title = title, .key = "full", .tone = ui::Tone::warning}, [&] {
    ui::paragraph(app.format().block(facts.key, facts.end), {.strong = true});
    if (facts.waiting > 0) {
      ui::paragraph(app.t("wait_form.others_waiting", {{"count", number(facts.waiting)}}),
                    {.secondary = true});
    }
    if (facts.reserve > 0) {
      ui::paragraph(
          app.t("wait_form.reserve", {{"count", number(facts.reserve)},
                                      {"at", app.format().moment(facts.reserve_release_at)}}),
          {.size = ui::TextSize::small, .secondary = true, .icon = ui::Icon::info});
    }
    ui::column({.gap = 8}, [&] {
      bool any = false;
      for (const WayForward& way : choice.refusal->ways) {
        if (way.kind != ways::choose_block || !about(way).block) continue;
        if (!any) ui::paragraph(app.t("wait_form.nearest"));
        any = true;
        const std::string label =
            app.t("wait_form.nearest_block", {{"block", block_text(app, *about(way).block)},
                                              {"count", number(about(way).free_seats)}});
        if (ui::button({.label = label, .full_width = true})) {
          instead = *about(way).block;
        }
      }
    });
    ui::divider();
    if (const WaitlistEntry* entry = own_entry_for(app, facts.key)) {
      own_place(app, *entry, facts.key);
      return;
    }
    accept_choice(app, subject, form);
    ui::actions([&] {
      const std::string label =
          subject.moved != nullptr ? app.t("wait_form.join_keeping") : app.t("wait_form.join_this");
      if (ui::button({.label = label, .kind = ui::ButtonKind::primary, .icon = ui::Icon::queue})) {
        join(app, subject, form, {{.date = facts.key.date, .start = facts.key.start}});
      }
    });
    if (form.refusal && explain(app, *form.refusal, {.key = "wait_refusal"})) form.refusal.reset();
  });
  return instead;
}

void held_for_us(App& app, const BlockChoice& choice) {
  const Offer* offer = app.state().find(choice.offer);
  if (offer == nullptr) return;
  ui::card({.title = app.t("wait_form.held_title"), .key = "held", .tone = ui::Tone::info}, [&] {
    ui::paragraph(
        app.t("wait_form.held_text", {{"until", app.format().moment(offer->expires_at)}}));
    ui::actions([&] {
      ui::button({.label = app.t("wait_form.view_offer"),
                  .kind = ui::ButtonKind::primary,
                  .href = href(offer_page, to_string(choice.offer))});
    });
  });
}

void wishes_form(App& app, const TimeSubject& subject, WaitForm& form, std::string_view back) {
  refresh_weeks(app, subject, form);
  if (form.weeks.empty()) {
    ui::empty_state({.icon = ui::Icon::calendar,
                     .title = app.t("wait_form.nothing_full"),
                     .text = app.t("wait_form.nothing_full_text")},
                    [&] {
                      ui::button({.label = app.t("wait_form.choose_free"),
                                  .kind = ui::ButtonKind::primary,
                                  .href = back});
                    });
    return;
  }
  const std::size_t chosen = chosen_wishes(form).size();
  std::size_t left = max_wishes - std::min(chosen, max_wishes);
  ui::paragraph(app.t("wait_form.only_full"), {.secondary = true});
  week_choices(app, form, left);
  ui::card({.key = "join"}, [&] {
    accept_choice(app, subject, form);
    if (subject.moved != nullptr) {
      ui::paragraph(app.t("wait_form.kept", {{"block", block_text(app, subject.moved->block)}}),
                    {.icon = ui::Icon::lock});
    }
    const bool none = left == max_wishes;
    ui::actions([&] {
      if (ui::button({.label = app.t("wait_form.join"),
                      .kind = ui::ButtonKind::primary,
                      .disabled = none,
                      .disabled_reason = app.t("wait_form.choose_first")})) {
        join(app, subject, form, chosen_wishes(form));
      }
      ui::button({.label = app.t("wait_form.back"), .kind = ui::ButtonKind::quiet, .href = back});
    });
    ui::caption(none ? app.t("wait_form.choose_first")
                     : app.t("wait_form.chosen_count",
                             {{"count", number(static_cast<std::int64_t>(max_wishes - left))},
                              {"limit", number(static_cast<std::int64_t>(max_wishes))}}));
    if (form.refusal && explain(app, *form.refusal, {.key = "wait_refusal"})) form.refusal.reset();
  });
}

}  // namespace yuanyue::web::app
