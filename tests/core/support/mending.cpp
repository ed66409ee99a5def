#include "tests/core/support/mending.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/check_character.h"
#include "core/catalog/catalog_tables.h"
#include "core/people/people_tables.h"

namespace yuanyue::worlds {
namespace {

// `count` different numbers of low..high, ascending. Requires that there are so many.
std::vector<int> distinct(std::size_t count, int low, int high, Random& random) {
  std::set<int> numbers;
  while (numbers.size() < count) numbers.insert(random.between(low, high));
  return {numbers.begin(), numbers.end()};
}

void mend_enterprise(Enterprise& row, Random& random) {
  row.credit_code.clear();
  while (row.credit_code.size() < 17)
    row.credit_code +=
        check_alphabet[static_cast<std::size_t>(random.below(check_alphabet.size()))];
  row.credit_code += *check_character(row.credit_code);
}

void mend_user(User& row, Random& random) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-";
  for (char& c : row.name) c = allowed[static_cast<std::size_t>(random.below(allowed.size()))];
}

// Ascending, none twice, none after the last day that there is.
template <class Day>
void mend_dates(std::vector<Day>& days) {
  std::ranges::sort(days, {}, [](const Day& day) { return day.date; });
  for (std::size_t i = 1; i < days.size(); ++i) {
    if (!(days[i - 1].date < days[i].date)) days[i].date = days[i - 1].date + 1;
  }
  Date latest = last_day;
  for (auto day = days.rbegin(); day != days.rend(); ++day, latest = latest - 1)
    day->date = std::min(day->date, latest);
}

void mend_calendar_year(CalendarYear& year, Random& random) {
  const Date first = to_date({year.year, 1, 1});
  const std::size_t off = year.off.size();
  std::vector<int> days = distinct(off + year.work.size(), 0, 364, random);
  for (std::size_t i = days.size(); i > 1; --i)
    std::swap(days[i - 1], days[static_cast<std::size_t>(random.below(i))]);
  for (std::size_t i = 0; i < days.size(); ++i)
    (i < off ? year.off[i] : year.work[i - off]).date = first + days[i];
  for (std::vector<OfficialDay>* list : {&year.off, &year.work}) {
    std::ranges::sort(*list, {}, &OfficialDay::date);
    for (OfficialDay& day : *list) {
      if (day.notice_year != 0) day.notice_year = year.year + (random.one_in(2) ? 1 : -1);
    }
  }
  for (OfficialDay& day : year.work) {
    if (day.note.empty() && !is_weekend(weekday_of(day.date))) day.note = "x";
  }
  constexpr std::string_view web = "https://";
  for (std::string& paper : year.papers)
    paper = std::string(web) + std::string(paper.size() - std::min(paper.size(), web.size()), 'a');
}

void mend_time_span(TimeSpan& span, Random&) {
  if (span.end < span.start) std::swap(span.start, span.end);
  if (span.start < span.end) return;
  if (span.end.minutes < minutes_per_day) {
    ++span.end.minutes;
  } else {
    --span.start.minutes;
  }
}

void mend_hours(std::vector<TimeSpan>& spans, Random& random) {
  if (spans.size() < 2) return;
  const std::vector<int> edges = distinct(2 * spans.size(), 0, minutes_per_day, random);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    spans[i] = {{static_cast<std::int16_t>(edges[2 * i])},
                {static_cast<std::int16_t>(edges[2 * i + 1])}};
  }
}

void mend_hall_schedule(HallSchedule& schedule, Random& random) {
  for (std::vector<TimeSpan>& day : schedule.weekly_hours) mend_hours(day, random);
  for (HallExtraDay& day : schedule.extra_days) mend_hours(day.hours, random);
  mend_dates(schedule.closures);
  mend_dates(schedule.extra_days);
}

void mend_template_block(TemplateBlock& block, Random&) {
  block.emergency_reserve = std::min(block.emergency_reserve, block.capacity);
}

void mend_service(Service& service, Random& random) {
  if (service.weekly.size() < 2) return;
  const std::vector<int> starts = distinct(service.weekly.size(), 0, minutes_per_day - 1, random);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    TimeSpan& span = service.weekly[i].span;
    span.start.minutes = static_cast<std::int16_t>(starts[i]);
    if (!(span.start < span.end)) span.end.minutes = static_cast<std::int16_t>(starts[i] + 1);
  }
}

// A table is known by its fields, which two structs of the same fields share.
struct Mending {
  const wire::Field* fields;
  void (*run)(void* value, Random& random);
};
template <auto function>
struct Mender;
template <class Struct, void (*function)(Struct&, Random&)>
struct Mender<function> {
  template <std::size_t count>
  static constexpr Mending of(const wire::FieldsOf<Struct, count>& fields) {
    return {fields.list.data(),
            [](void* value, Random& random) { function(*static_cast<Struct*>(value), random); }};
  }
};

constexpr Mending mendings[] = {
    Mender<mend_enterprise>::of(wire::enterprise_fields),
    Mender<mend_user>::of(wire::user_fields),
    Mender<mend_calendar_year>::of(wire::calendar_year_fields),
    Mender<mend_time_span>::of(wire::time_span_fields),
    Mender<mend_hall_schedule>::of(wire::hall_schedule_fields),
    Mender<mend_template_block>::of(wire::template_block_fields),
    Mender<mend_service>::of(wire::service_fields),
};

}  // namespace

void mend(const wire::StructTable& table, void* value, Random& random) {
  for (const Mending& each : mendings) {
    if (each.fields == table.fields.data()) return each.run(value, random);
  }
}

}  // namespace yuanyue::worlds
