// What of a catalog may be saved, and where a fault is said to be.
#include "core/catalog/save_catalog.h"

#include <functional>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/base/visible_text.h"
#include "core/catalog/catalog.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

// A whole catalog that is accepted; each line breaks one thing.
SaveCatalog whole_catalog() {
  return {.parks = {Park{park, {"经开区", ""}}},
          .halls = {hall_row()},
          .departments = {Department{department, park, {"资质认定科", ""}, ""}},
          .services = {licence_row()}};
}

struct Line {
  const char* field;
  std::function<void(SaveCatalog&)> break_it;
};

ServicePolicy& policy(SaveCatalog& catalog) { return catalog.services[0].policy; }
TemplateBlock& block_line(SaveCatalog& catalog) { return catalog.services[0].weekly[1]; }

TEST(SaveCatalog, SaysWhatIsWrongWhere) {
  using C = SaveCatalog;
  const Line lines[] = {
      {"parks[0].id", [](C& c) { c.parks[0].id = {}; }},
      {"parks[0].name.zh", [](C& c) { c.parks[0].name.zh = ""; }},
      {"parks[0].retention_days", [](C& c) { c.parks[0].retention_days = 30; }},
      {"parks[0].retention_days", [](C& c) { c.parks[0].retention_days = 3651; }},
      {"halls[0].name.zh", [](C& c) { c.halls[0].name.zh = ""; }},
      {"halls[0].park", [](C& c) { c.halls[0].park = ParkId::of("none"); }},
      {"halls[0].schedule.weekly_hours[2]",
       [](C& c) {
         std::swap(c.halls[0].schedule.weekly_hours[2][0], c.halls[0].schedule.weekly_hours[2][1]);
       }},
      {"halls[0].schedule.weekly_hours[0]",
       [](C& c) { c.halls[0].schedule.weekly_hours[0][0].end = clock("13:30"); }},
      {"halls[0].schedule.closures",
       [](C& c) {
         c.halls[0].schedule.closures = {{day("2026-11-02"), ""}, {day("2026-11-02"), ""}};
       }},
      {"halls[0].schedule.extra_days",
       [](C& c) {
         c.halls[0].schedule.extra_days = {{day("2026-11-07"), {span("12:00", "12:00")}, ""}};
       }},
      {"departments[0].park", [](C& c) { c.departments[0].park = ParkId::of("none"); }},
      {"services[0].id", [](C& c) { c.services[0].id = {}; }},
      {"services[0].name.zh", [](C& c) { c.services[0].name.zh = ""; }},
      {"services[0].hall", [](C& c) { c.services[0].hall = HallId::of("none"); }},
      {"services[0].department", [](C& c) { c.services[0].department = {}; }},
      {"services[0].statutory_business_days",
       [](C& c) { c.services[0].statutory_business_days = -1; }},
      {"services[0].policy.notice.business_days",
       [](C& c) { policy(c).notice.business_days = 61; }},
      {"services[0].policy.window_days", [](C& c) { policy(c).window_days = 0; }},
      {"services[0].policy.cutoff_ms", [](C& c) { policy(c).cutoff_ms = -1; }},
      {"services[0].policy.reserve_release_ms", [](C& c) { policy(c).reserve_release_ms = -1; }},
      {"services[0].policy.max_changes", [](C& c) { policy(c).max_changes = 101; }},
      {"services[0].policy.max_open", [](C& c) { policy(c).max_open = 0; }},
      {"services[0].policy.max_waitlist_entries",
       [](C& c) { policy(c).max_waitlist_entries = -1; }},
      {"services[0].policy.max_waiting", [](C& c) { policy(c).max_waiting = 501; }},
      {"services[0].policy.promote_after_business_days",
       [](C& c) { policy(c).promote_after_business_days = -1; }},
      {"services[0].policy.hold_ms", [](C& c) { policy(c).hold_ms = 8 * ms_per_day; }},
      {"services[0].policy.hold_min_ms", [](C& c) { policy(c).hold_min_ms = 0; }},
      {"services[0].policy.undo_ms", [](C& c) { policy(c).undo_ms = -1; }},
      {"services[0].weekly[1].weekdays", [](C& c) { block_line(c).weekdays = 0; }},
      {"services[0].weekly[1].weekdays", [](C& c) { block_line(c).weekdays = 0b100000; }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("16:00", "14:00"); }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("11:30", "14:00"); }},
      {"services[0].weekly[1].span", [](C& c) { block_line(c).span = span("10:00", "11:30"); }},
      {"services[0].weekly[1].capacity", [](C& c) { block_line(c).capacity = 1001; }},
      {"services[0].weekly[1].emergency_reserve",
       [](C& c) { block_line(c).emergency_reserve = 3; }},
  };
  for (const Line& line : lines) {
    TestWorld world({administrator_row()}, at("2026-11-02 09:00"));
    SaveCatalog catalog = whole_catalog();
    line.break_it(catalog);
    const Attempt attempt = world.administer(catalog);
    ASSERT_EQ(attempt.code(), refusals::invalid) << line.field;
    EXPECT_EQ(invalid_field(*attempt.refusal), line.field);
    EXPECT_EQ(world.state().count<Service>(), 0U);
  }
}

TEST(SaveCatalog, NamesEachThingOnce) {
  TestWorld world;
  SaveCatalog catalog = whole_catalog();
  catalog.services = {licence_row(), tax_row(), licence_row()};
  const Attempt attempt = world.administer(catalog);
  ASSERT_EQ(attempt.code(), refusals::invalid);
  EXPECT_EQ(invalid_field(*attempt.refusal), "services[2].id");
}

TEST(SaveCatalog, ReferencesResolveInTheCommandOrTheState) {
  TestWorld empty({administrator_row()}, at("2026-11-02 09:00"));
  EXPECT_EQ(empty.administer(whole_catalog()).code(), accepted);
  EXPECT_EQ(empty.administer(SaveCatalog{.services = {tax_row()}}).code(), accepted);
  EXPECT_EQ(empty.state().count<Service>(), 2U);
}

}  // namespace
}  // namespace yuanyue::worlds
