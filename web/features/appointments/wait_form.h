// Waiting for a seat: what is offered where a block is full, and the form for several half-days.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/appointments/waitlist_entry.h"
#include "web/app/app.h"
#include "web/features/appointments/time_picker.h"

namespace yuanyue::web::app {

// A half-day, or a single block where the rest of the half-day is free, that can be waited for.
struct WishChoice {
  Wish wish;
  std::string label;
  std::string help;
  bool chosen = false;
};
struct WishWeek {
  std::string title;
  std::vector<WishChoice> choices;
};

// What the user has chosen so far.
struct WaitForm {
  std::string accept = "ask";  // or "automatic"
  std::optional<RefusedCommand> refusal;

  std::vector<WishWeek> weeks;
  std::uint64_t weeks_version = 0;  // of the state that `weeks` were made from
  Language weeks_language = Language::chinese;
  Date weeks_day;
};

// Below a block that is full: how many wait, the nearest free ones, and waiting for it. Gives back
// the free block that was chosen instead.
std::optional<BlockKey> full_block_panel(App& app, const TimeSubject& subject,
                                         const BlockChoice& choice, bool filled_meanwhile,
                                         WaitForm& form);

// A block whose seat is held for this enterprise: it is taken by accepting the offer.
void held_for_us(App& app, const BlockChoice& choice);

// Days and half-days that are full now. `back`: the hash route of the month, for what is free.
void wishes_form(App& app, const TimeSubject& subject, WaitForm& form, std::string_view back);

}  // namespace yuanyue::web::app
