#include "backend/demo/demo_loader.h"

#include <array>

#include "assets/embedded.h"
#include "backend/admin/operations.h"
#include "backend/demo/demo_data.h"
#include "backend/demo/demo_past.h"
#include "backend/demo/demo_script.h"
#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"

namespace yuanyue {

namespace {

constexpr int first_day = -18;  // business days before today: where the story begins
constexpr std::size_t main_enterprise = 0;
constexpr std::size_t first_other = 4;  // 1..3 have accounts of their own and act by the script

struct Slot {
  std::string_view service;
  std::string_view start;
};
constexpr std::array<Slot, 11> slots = {{{"qualification", "09:00"},
                                         {"qualification", "14:00"},
                                         {"registration", "09:00"},
                                         {"registration", "14:00"},
                                         {"tax", "09:00"},
                                         {"tax", "10:00"},
                                         {"tax", "11:00"},
                                         {"tax", "13:00"},
                                         {"tax", "14:00"},
                                         {"tax", "15:00"},
                                         {"tax", "16:00"}}};

std::expected<void, std::string> add_people(ParkProcess& process) {
  const DemoData& data = demo_data();
  ConsoleTask task;
  for (const Enterprise& enterprise : data.enterprises) {
    task.commands.emplace_back(SaveEnterprise{enterprise});
  }
  std::vector<User> users;
  for (std::size_t i = 0; i < data.enterprises.size(); ++i) {
    User user;
    user.id = demo_user_of(i);
    user.name = account_name_of(data.enterprises[i].credit_code);
    user.display_name =
        data.enterprises[i].contact.substr(0, data.enterprises[i].contact.find(' '));
    user.enterprise = data.enterprises[i].id;
    users.push_back(std::move(user));
  }
  for (const DemoAccount& account : data.accounts) {
    User user;
    if (account.enterprise >= 0)
      user = users[static_cast<std::size_t>(account.enterprise)];
    else
      user.id = demo_user_of(data.enterprises.size());
    user.name = account.name;
    user.display_name = account.display_name;
    user.role = account.role;
    const auto hash = process.hasher().hash(account.password);
    if (!hash) return std::unexpected("The passwords of the demo accounts cannot be hashed.");
    task.credentials.push_back({to_string(user.id), *hash, account.must_change_password});
    if (account.enterprise >= 0)
      users[static_cast<std::size_t>(account.enterprise)] = user;
    else
      users.push_back(std::move(user));
  }
  for (const User& user : users) task.commands.emplace_back(SaveUser{user});
  return run_console(process.engine(), std::move(task));
}

// What the other enterprises do on an ordinary day: book ahead, mostly soon; sometimes move or
// cancel.
void ordinary_day(DemoScript& script, int today) {
  script.at(today, 10);
  const std::size_t others = demo_data().enterprises.size() - first_other;
  for (int i = 0; i < 13; ++i) {
    const std::size_t enterprise = first_other + script.pick(others);
    const Slot& slot = slots[script.pick(slots.size())];
    const int ahead = 1 + static_cast<int>(script.pick(7) + script.pick(7));
    const auto booking = script.book(enterprise, slot.service, today + ahead, slot.start);
    if (!booking) continue;
    if (script.pick(8) == 0)
      script.cancel(enterprise, *booking);
    else if (script.pick(6) == 0) {
      script.reschedule(enterprise, *booking, slot.service, today + ahead, slot.start,
                        today + ahead + 2, slot.start);
    }
  }
}

// Told in the order of time. Day numbers are business days from today.
class MainStory {
 public:
  explicit MainStory(DemoScript& script) : script_(script) {}

  void on(int day) {
    switch (day) {
      case -15:
        book_visit_to_come();
        break;
      case -12:
        move_it();
        break;
      case -10:
        fill_a_morning();
        break;
      case -9:
        wait_for_it();
        break;
      case -8:
        free_a_seat_and_let_the_offer_run_out();
        break;
      case -6:
        book_what_stands_today();
        break;
      case -4:
        fill_what_is_worth_waiting_for();
        break;
      case -2:
        let_others_wait();
        break;
      default:
        break;
    }
  }

 private:
  void book_visit_to_come() {
    script_.at(-15, 9, 30);
    visit_ = script_.book(main_enterprise, "tax", -5, "10:00").value_or(BookingId{});
    const auto dropped = script_.book(main_enterprise, "registration", -7, "14:00");
    script_.at(-15, 9, 50);
    if (dropped) script_.cancel(main_enterprise, *dropped);
  }
  void move_it() {
    script_.at(-12, 9, 15);
    script_.reschedule(main_enterprise, visit_, "tax", -5, "10:00", -4, "14:00");
  }
  void fill_a_morning() {
    script_.at(-10, 9, 20);
    morning_ = script_.fill(first_other, "qualification", -3, "09:00");
  }
  void wait_for_it() {
    script_.at(-9, 9, 40);
    script_.wait_for(main_enterprise, "qualification", -3, "09:00");
  }
  void free_a_seat_and_let_the_offer_run_out() {
    script_.at(-8, 9, 10);
    if (!morning_.empty()) script_.cancel(morning_.front().enterprise, morning_.front().booking);
    script_.at(-8, 16);
  }
  void book_what_stands_today() {
    script_.at(-6, 9, 5);
    script_.book(main_enterprise, "registration", 1, "14:00");   // past its deadline by now
    script_.book(main_enterprise, "qualification", 8, "14:00");  // may still be changed
    script_.book(main_enterprise, "tax", 11, "10:00");
  }
  // The block that the enterprise of the story would rather have, with a seat of the account
  // "qiming".
  void fill_what_is_worth_waiting_for() {
    script_.at(-4, 9, 25);
    script_.book(1, "qualification", 5, "09:00");
    script_.fill(first_other, "qualification", 5, "09:00");
    script_.fill(first_other, "qualification", 3, "09:00");
    script_.fill(first_other, "qualification", 3, "14:00");
    script_.fill(first_other, "registration", 2, "09:00");
    script_.fill(first_other, "registration", 2, "14:00");
  }
  void let_others_wait() {
    script_.at(-2, 9, 35);
    script_.book(2, "qualification", 9, "09:00");
    script_.wait_for(first_other + 12, "qualification", 3, "09:00");
    script_.wait_for(first_other + 17, "qualification", 3, "09:00");
    script_.wait_for(first_other + 20, "registration", 2, "09:00");
  }

  DemoScript& script_;
  BookingId visit_;
  std::vector<DemoScript::Seat> morning_;
};

}  // namespace

std::expected<void, std::string> load_demo(DataLock lock, const DataFolder& folder, Instant now) {
  const Date start = date_of(now) - past_days_back;
  ServerClock clock = ServerClock::stopped_at(to_instant(start, TimeOfDay{9 * 60}));
  auto process = ParkProcess::open(std::move(lock), folder, clock);
  if (!process) return std::unexpected(process.error());
  if ((*process)->store().head().ledger_entries >
      static_cast<std::int64_t>(built_in_calendar().size())) {
    return std::unexpected("The demo needs an empty store.");
  }
  const std::string catalog(embedded_asset("catalog/lingang.json"));
  if (auto saved = run_operation(**process, "catalog_import", {{"catalog", catalog}}); !saved) {
    return std::unexpected(saved.error());
  }
  if (auto added = add_people(**process); !added) return added;

  DemoScript past(**process, clock, now, DemoScript::Ids::past);
  play_past(past);
  if (!past.failure().empty()) return std::unexpected(past.failure());
  DemoScript script(**process, clock, now, DemoScript::Ids::story);
  MainStory story(script);
  for (int day = first_day; day <= 0; ++day) {
    script.at(day, 9);
    story.on(day);
    ordinary_day(script, day);
  }
  auto moved = (*process)->engine().advance_clock(now);
  if (moved) moved->get();
  if (!script.failure().empty()) return std::unexpected(script.failure());
  return {};
}

}  // namespace yuanyue
