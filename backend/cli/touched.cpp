#include "backend/cli/touched.h"

#include <algorithm>
#include <chrono>
#include <iostream>

#include "backend/admin/park_process.h"
#include "backend/cli/read_state.h"
#include "core/appointments/booking.h"
#include "core/appointments/consequences.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"

namespace yuanyue {

namespace {

using nlohmann::json;

constexpr std::size_t named_max = 20;  // in a line for people; JSON names all

Instant machine_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count()};
}

// What is overdue has happened when the command comes: the server runs it first. Archiving touches
// nobody.
void run_overdue(State& state, Instant now) {
  for (std::uint64_t number = 1; next_timer(state) <= now; ++number) {
    run_due(state, now, CommandId(Uuid{0, number}));
  }
}

struct Names {
  const State& state;

  std::string block(const BlockKey& key) const {
    return std::string(key.service.view()) + " " + to_string(key.date) + " " + to_string(key.start);
  }
  json enterprise(const EnterpriseId& id) const {
    const Enterprise* row = state.find(id);
    if (row == nullptr) return {{"enterprise", to_string(id)}};
    return {{"enterprise", row->name}, {"credit_code", row->credit_code}};
  }
  json operator()(const EnterpriseId& id) const { return enterprise(id); }
  json operator()(const BookingId& id) const {
    const Booking& row = *state.find(id);
    json named = enterprise(row.enterprise);
    named["code"] = row.code;
    named["block"] = block(row.block);
    return named;
  }
  json operator()(const OfferId& id) const {
    const Offer& row = *state.find(id);
    json named = enterprise(row.enterprise);
    named["block"] = block(row.block);
    return named;
  }
  json operator()(const BlockKey& key) const { return {{"block", block(key)}}; }
  json operator()(const WaitlistEntryId& id) const {
    const WaitlistEntry& row = *state.find(id);
    json named = enterprise(row.enterprise);
    named["service"] = row.service.view();
    return named;
  }
  json operator()(const Consequences::Crowded& crowded) const {
    return {
        {"block", block(crowded.block)}, {"seats", crowded.seats}, {"capacity", crowded.capacity}};
  }
  template <class Value>
  json all(const std::vector<Value>& values) const {
    json list = json::array();
    for (const Value& value : values) list.push_back((*this)(value));
    return list;
  }
};

struct Kind {
  const char* name;
  const char* one;
  const char* many;
};
constexpr Kind kinds[] = {
    {"must_move", "booking must move, its time is closed",
     "bookings must move, their time is closed"},
    {"need_not_move", "booking need not move any more", "bookings need not move any more"},
    {"no_longer_movable", "booking can no longer be moved by its enterprise",
     "bookings can no longer be moved by their enterprises"},
    {"offers_taken_back", "offered seat is taken back", "offered seats are taken back"},
    {"seats_offered", "free seat is offered to who waits",
     "free seats are offered to those who wait"},
    {"entries_ended", "waitlist entry ends", "waitlist entries end"},
    {"crowded", "time has more seats given than it holds",
     "times have more seats given than they hold"},
    {"cut_off", "enterprise holds seats or waits, and nobody can sign in for it",
     "enterprises hold seats or wait, and nobody can sign in for them"},
};

}  // namespace

std::expected<json, std::string> touched_by(
    const DataFolder& folder, const std::function<std::optional<AnyCommand>(const State&)>& make) {
  if (!folder.has_store()) return json::object();
  auto state = read_state(folder);
  if (!state) return std::unexpected(state.error());
  const Instant now = machine_now();
  run_overdue(*state, now);
  auto command = make(*state);
  if (!command) return json::object();
  const Envelope envelope{
      CommandId(Uuid{1, 1}), {ActorKind::console, {}}, now, *std::move(command)};
  const auto found = consequences_of(*state, envelope);
  if (!found) return std::unexpected(describe(found.error()));
  const Names names{*state};
  return json{{"must_move", names.all(found->must_move)},
              {"need_not_move", names.all(found->need_not_move)},
              {"no_longer_movable", names.all(found->no_longer_movable)},
              {"offers_taken_back", names.all(found->offers_taken_back)},
              {"seats_offered", names.all(found->seats_offered)},
              {"entries_ended", names.all(found->entries_ended)},
              {"crowded", names.all(found->crowded)},
              {"cut_off", names.all(found->cut_off)}};
}

void print_touched(const json& touched) {
  for (const Kind& kind : kinds) {
    const auto list = touched.find(kind.name);
    if (list == touched.end() || list->empty()) continue;
    std::cerr << list->size() << " " << (list->size() == 1 ? kind.one : kind.many) << "\n";
    for (std::size_t i = 0; i < std::min(list->size(), named_max); ++i) {
      std::cerr << " ";
      for (const auto& [field, value] : (*list)[i].items()) {
        std::cerr << " " << (value.is_string() ? value.get<std::string>() : value.dump());
      }
      std::cerr << "\n";
    }
    if (list->size() > named_max) std::cerr << "  … and " << list->size() - named_max << " more\n";
  }
}

}  // namespace yuanyue
