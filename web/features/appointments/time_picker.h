// A month with the free places of its days, and the blocks of one day: where a new time is chosen,
// for a booking that moves and for a new one.
//
// What a month and a day show is computed once and kept until the state, the language or the clock
// makes it another: drawing costs no rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/appointments/blocks.h"
#include "web/app/app.h"
#include "web/ui/calendar.h"

namespace yuanyue::web::app {

// What a time is chosen for.
struct TimeSubject {
  const Service* service = nullptr;  // never null, its hall exists
  const Booking* moved = nullptr;    // gives up its seat; null: a new booking

  BookingId moved_id() const { return moved == nullptr ? BookingId{} : moved->id; }
};

// A block of the day that is shown, and what it means for this enterprise.
struct BlockChoice {
  BlockFacts facts;
  std::optional<Rejection> refusal;  // none: it can be taken now
  bool present = false;              // the seat that would be given up
  OfferId offer;                     // a seat held for this enterprise
};

class TimePicker {
 public:
  // Goes where the route says (?date=2026-11-25), each time it says something else; to the month of
  // the first possible day if that is outside the booking window.
  void follow_route(App& app, const TimeSubject& subject);

  // Before anything is drawn: brings what is kept up to date.
  void update(App& app, const TimeSubject& subject);
  void draw_month(App& app);
  // The blocks of the chosen day, or the next free times while there is none.
  void draw_day(App& app);

  void choose(const BlockKey& block);
  void clear() { start_.clear(); }
  // The chosen block as it is now; null: none, or it is gone.
  const BlockChoice* chosen() const;
  // Chosen by a button that is gone now: what comes next takes the focus.
  bool jumped() const { return jumped_; }
  // It was free when it was chosen and is not any more.
  bool filled_meanwhile() const;
  std::optional<Date> day() const { return day_; }

 private:
  // When what is kept was computed, and from what.
  struct Basis {
    std::uint64_t version = 0;
    ServiceId service;
    BookingId moved;
    Language language = Language::chinese;
    Date first;  // of the month, or the day
    bool operator==(const Basis&) const = default;
  };
  struct DayCell {
    ui::DayKind kind = ui::DayKind::outside;
    std::string label, name;
    bool provisional = false;
    bool marked = false;
  };
  struct BlockCell {
    BlockChoice choice;
    std::string key, time, detail;
    ui::BlockKind kind = ui::BlockKind::free;
  };

  Basis basis_of(const App& app, const TimeSubject& subject, Date first) const;
  void compute_month(App& app, const TimeSubject& subject);
  DayCell compute_cell(App& app, const TimeSubject& subject, Date date);
  void compute_day(App& app, const TimeSubject& subject);
  void compute_nearest(App& app, const TimeSubject& subject);
  BlockCell compute_block(App& app, const TimeSubject& subject, BlockFacts facts);
  // `at`: an instant at which something shown may change.
  void note_change(Instant at, Instant now);
  void note_changes(const BlockFacts& facts, Instant now);
  void open(App& app, const TimeSubject& subject, std::optional<Date> day);
  void step_month(int step);
  void show_day(Date day);
  void draw_nearest(App& app);
  void draw_blocks(App& app);

  bool opened_ = false;
  std::string followed_;  // the date in the route that was gone to
  int year_ = 0, month_ = 0;
  std::optional<Date> day_;
  std::string start_;  // the chosen block's key within the day: "09:00"
  bool jumped_ = false;
  std::string seen_free_;  // the day and block that were free when they were chosen

  Basis month_basis_, day_basis_;
  Instant valid_until_ = never;
  BookingWindow window_{};
  std::string window_text_;
  bool marked_ = false;  // the month has the present appointment
  std::vector<DayCell> cells_;
  std::vector<BlockCell> blocks_;
  std::string day_note_;  // why the day has no blocks
  bool day_provisional_ = false;
  std::vector<BlockFacts> nearest_;  // while no day is chosen: what can be had soonest
  std::vector<std::string> nearest_texts_;
};

}  // namespace yuanyue::web::app
