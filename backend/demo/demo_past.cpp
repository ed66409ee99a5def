#include "backend/demo/demo_past.h"

#include <array>

namespace yuanyue {
namespace {

constexpr std::size_t main_enterprise = 0;
constexpr std::size_t first_other = 4;  // as in the story
// In business days from today.
constexpr int first_day = -200, last_day = -76, between_visits = 3;
constexpr int closing_hour = 18;  // what has passed by then is over on its day

struct Errand {
  std::string_view service;
  std::string_view start;
};
constexpr std::array<Errand, 5> errands = {{{"registration", "09:00"},
                                            {"tax", "10:00"},
                                            {"qualification", "14:00"},
                                            {"tax", "15:00"},
                                            {"registration", "14:00"}}};

void visit(DemoScript& script, int number, int day) {
  const Errand& errand = errands[static_cast<std::size_t>(number) % errands.size()];
  script.at(day, 9, 20);
  const auto booking = script.book(main_enterprise, errand.service, day + 6, errand.start);
  script.at(day, closing_hour);
  if (!booking) return;
  if (number % 7 == 3) {
    script.at(day + 1, 10);
    script.cancel(main_enterprise, *booking);
  } else if (number % 4 == 1) {
    script.at(day + 1, 11);
    script.reschedule(main_enterprise, *booking, errand.service, day + 6, errand.start, day + 7,
                      errand.start);
  }
}

// A full morning, a wait for it, and a free seat that nobody answered for.
void wait_in_vain(DemoScript& script, int day) {
  script.at(day, 9, 30);
  const auto seats = script.fill(first_other, "qualification", day + 7, "09:00");
  script.at(day, 10);
  script.wait_for(main_enterprise, "qualification", day + 7, "09:00");
  script.at(day + 1, 9, 10);
  if (!seats.empty()) script.cancel(seats.front().enterprise, seats.front().booking);
  script.at(day + 1, 16);
}

}  // namespace

void play_past(DemoScript& script) {
  int number = 0;
  int day = first_day;
  for (; day + 8 <= last_day; day += between_visits, ++number) {
    visit(script, number, day);
    script.at(day + 1, closing_hour);
    if (number % 18 == 8) wait_in_vain(script, day + 2);
    script.at(day + 2, closing_hour);
  }
  for (; day <= last_day; ++day) script.at(day, closing_hour);
}

}  // namespace yuanyue
