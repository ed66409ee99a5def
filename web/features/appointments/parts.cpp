#include "web/features/appointments/parts.h"

#include <algorithm>
#include <array>

#include "core/appointments/blocks.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/kinds.h"
#include "core/appointments/names.h"
#include "core/calendar/hall_calendar.h"
#include "web/app/sync_words.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr int days_before_deadline = 3;  // shown so that the eye sees where "today" is

// Texts live here while the widget is declared; it takes views.
struct StripDayTexts {
  Date date;
  std::string day, weekday, label, name;
  std::uint8_t counted = 0;
  bool provisional = false;
};

std::string label_of(const App& app, const Deadline& deadline, const DeadlineStep& step) {
  if (step.date == deadline.last_day) {
    return app.t("strip.until", {{"time", app.format().time(time_of_day(deadline.closes_at))}});
  }
  if (step.date != deadline.appointment_day) return day_reason_text(app, step.reason, step.name);
  return step.counted ? app.t("strip.appointment") : app.t("strip.appointment_not_counted");
}

std::string spoken(const App& app, const StripDayTexts& day) {
  const std::string date = app.format().day(day.date);
  if (day.counted == 0) return app.t("strip.spoken", {{"day", date}, {"label", day.label}});
  return app.t("strip.spoken_counted",
               {{"day", date}, {"number", number(day.counted)}, {"label", day.label}});
}

StripDayTexts strip_day(const App& app, Date date, std::string label, int counted,
                        bool provisional) {
  StripDayTexts day{.date = date, .label = std::move(label)};
  day.day = number(to_year_month_day(date).day);
  day.weekday = app.format().weekday_short(date);
  day.counted = static_cast<std::uint8_t>(counted);
  day.provisional = provisional;
  day.name = spoken(app, day);
  return day;
}

std::vector<StripDayTexts> days_of(const App& app, const Deadline& deadline,
                                   const HallCalendar* calendar) {
  std::vector<StripDayTexts> days;
  const Date today = date_of(app.now());
  for (int before = days_before_deadline; calendar != nullptr && before > 0; --before) {
    const Date date = deadline.last_day - before;
    if (date < today) continue;
    const DayStatus status = calendar->day(date);
    days.push_back(strip_day(app, date, day_reason_text(app, status.reason, status.name), 0,
                             status.provisional));
  }
  for (auto step = deadline.steps.rbegin(); step != deadline.steps.rend(); ++step) {
    days.push_back(strip_day(app, step->date, label_of(app, deadline, *step), step->number,
                             step->provisional));
  }
  return days;
}

// Why the booking cannot be changed by the enterprise itself, or until when it can.
std::string change_sentence(const App& app, const Booking& booking, const Deadline& deadline) {
  const auto refusal = check_can_reschedule(app.state(), booking, app.now());
  if (refusal && refusal->code == refusals::service_inactive) {
    return app.t("deadline.inactive");
  }
  if (booking.needs_relocation) return app.t("deadline.waived");
  if (refusal && refusal->code == refusals::too_many_changes) {
    return app.t("deadline.no_changes_left", {{"limit", number(about(*refusal).limit)}});
  }
  return deadline_sentence(app, deadline);
}

void booking_status_badge(App& app, const Booking& booking) {
  if (booking.needs_relocation && booking.status == BookingStatus::confirmed) {
    ui::badge({.label = app.t("status.needs_relocation"), .tone = ui::Tone::warning});
    return;
  }
  const std::string label = app.t("booking_status." + std::string(wire::name_of(booking.status)));
  const bool confirmed = booking.status == BookingStatus::confirmed;
  ui::badge({.label = label, .tone = confirmed ? ui::Tone::success : ui::Tone::neutral});
}

}  // namespace

void booking_badges(App& app, const Booking& booking) {
  const bool pending = app.sync().is_pending(booking.id);
  if (!pending || booking.status != BookingStatus::confirmed) booking_status_badge(app, booking);
  if (pending) pending_badge(app, booking.id);
}

void booking_state(App& app, const Booking& booking) {
  ui::row({.gap = 8}, [&] { booking_badges(app, booking); });
}

void deadline_strip(App& app, const Deadline& deadline, const HallCalendar* calendar) {
  const std::vector<StripDayTexts> texts = days_of(app, deadline, calendar);
  const Date today = date_of(app.now());
  std::vector<ui::StripDay> days;
  days.reserve(texts.size());
  for (const StripDayTexts& text : texts) {
    days.push_back({.day = text.day,
                    .weekday = text.weekday,
                    .label = text.label,
                    .name = text.name,
                    .counted = text.counted,
                    .deadline = text.date == deadline.last_day,
                    .appointment = text.date == deadline.appointment_day,
                    .today = text.date == today,
                    .provisional = text.provisional});
  }
  ui::deadline_strip({.name = app.t("strip.name"),
                      .sentence = rule_sentence(app, deadline),
                      .passed = app.now() >= deadline.closes_at,
                      .key = "deadline-strip"},
                     days);
}

void deadline_disclosure(App& app, const Booking& booking, bool& open) {
  const Service* service = app.state().find(booking.block.service);
  if (booking.status != BookingStatus::confirmed || service == nullptr ||
      app.state().find(service->hall) == nullptr) {
    return;
  }
  const auto deadline = change_deadline(app.state(), booking);
  if (!deadline) return;
  if (!service->active) {  // no day that is counted is the reason
    return ui::paragraph(change_sentence(app, booking, *deadline), {.icon = ui::Icon::phone});
  }
  app.redraw_at(deadline->closes_at);
  const bool passed = app.now() >= deadline->closes_at && !booking.needs_relocation;
  ui::disclosure({.label = app.t("deadline.why"),
                  .sentence = change_sentence(app, booking, *deadline),
                  .tone = passed ? ui::Tone::warning : ui::Tone::neutral,
                  .icon = passed ? ui::Icon::lock : ui::Icon::clock,
                  .key = "why"},
                 open, [&] {
                   const HallCalendar calendar = calendar_of(app.state(), *service);
                   deadline_strip(app, *deadline, &calendar);
                 });
}

}  // namespace yuanyue::web::app
