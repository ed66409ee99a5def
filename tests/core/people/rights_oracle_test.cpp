// Random parks: every row against every account, every command from everybody, as the oracle says
// it from the rule book.
#include "tests/core/people/rights_oracle.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/domains/codec.h"
#include "core/domains/outcome_tables.h"
#include "core/kernel/authorize.h"
#include "core/kernel/domain.h"
#include "core/people/grants.h"
#include "core/people/user.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/maker.h"
#include "tests/core/support/park.h"

namespace yuanyue::worlds {
namespace {

// So few ids that rows, accounts and commands often speak of the same.
constexpr std::uint64_t most_ids = 5;
constexpr int rows_of_a_type = 8;

std::vector<Uuid> ids() {
  std::vector<Uuid> ids;
  for (std::uint64_t number = 1; number <= most_ids; ++number) ids.push_back(uuid(5, number));
  return ids;
}

// A park in which nothing has a meaning but whose it is.
class RandomRights {
 public:
  explicit RandomRights(std::uint64_t seed) : maker_(seed) {
    maker_.use_ids(ids());
    for (const RowTypeBase* type : known_domains().rows()) {
      for (int i = 0; i < rows_of_a_type; ++i) state_.put(maker_.row(*type, Amount::some));
    }
    for_each_row(state_, known_domains().rows(), [&](const RowRef& row) {
      rows_.emplace_back(row);
      texts_.push_back(wire::encode(row));
    });
  }

  const State& state() const { return state_; }
  const std::vector<AnyRow>& rows() const { return rows_; }
  const std::vector<std::string>& texts() const { return texts_; }
  Maker& maker() { return maker_; }

 private:
  Maker maker_;
  State state_;
  std::vector<AnyRow> rows_;
  std::vector<std::string> texts_;
};

bool sees(const State& state, const UserId& user, const Audiences& audiences) {
  const User* account = state.find(user);
  if (account == nullptr) return false;
  const auto own = audiences_for(*account);
  return std::ranges::any_of(audiences, [&](const Audience& audience) {
    return std::ranges::find(own, audience) != own.end();
  });
}

TEST(RightsOracle, KnowsEveryType) {
  for (const RowTypeBase* type : known_domains().rows()) {
    EXPECT_TRUE(knows_row(type->name)) << "the oracle does not say whose a " << type->name
                                       << " is: add a line to row_rules in rights_oracle.cpp";
  }
  for (const CommandTypeBase* type : known_domains().commands()) {
    EXPECT_TRUE(knows_command(type->name)) << "the oracle does not say who may " << type->name
                                           << ": add a line to command_rules in rights_oracle.cpp";
  }
}

// Each row is seen and not seen by somebody, or the trial has proved nothing.
TEST(RightsOracle, AgreesOnWhoSeesRandomRows) {
  std::map<std::string_view, std::set<bool>> answers;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomRights park(seed);
    const RightsOracle oracle(park.texts());
    for (const Uuid& id : ids()) {
      const std::string user = to_string(id);
      for (std::size_t i = 0; i < park.rows().size(); ++i) {
        const AnyRow& row = park.rows()[i];
        if (!knows_row(row.type().name)) continue;
        const bool is_seen = sees(park.state(), UserId(id), audiences_of(park.state(), row.ref()));
        EXPECT_EQ(is_seen, oracle.sees_row(user, park.texts()[i]))
            << user << " of seed " << seed << " and " << park.texts()[i];
        answers[row.type().name].insert(is_seen);
      }
    }
  }
  for (const auto& [type, seen] : answers)
    EXPECT_EQ(seen.size(), 2U) << "everybody was answered the same about each " << type;
}

// What is somebody's own is what goes when they are erased.
TEST(RightsOracle, AgreesOnWhoseRandomRowsAre) {
  std::set<bool> answers;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    RandomRights park(seed);
    for (std::size_t i = 0; i < park.rows().size(); ++i) {
      const AnyRow& row = park.rows()[i];
      if (!knows_row(row.type().name)) continue;
      EXPECT_EQ(to_string(owner_of(row.ref())), owner_name(park.texts()[i])) << park.texts()[i];
      answers.insert(static_cast<bool>(owner_of(row.ref())));
    }
  }
  EXPECT_EQ(answers.size(), 2U) << "some are somebody's, some nobody's";
}

TEST(RightsOracle, AgreesOnWhoSeesRandomLedgerEntries) {
  std::set<bool> answers;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomRights park(seed);
    const RightsOracle oracle(park.texts());
    for (int i = 0; i < 20; ++i) {
      LedgerEntry entry;
      park.maker().fill(wire::ledger_entry_table, &entry, Amount::some);
      for (const Uuid& id : ids()) {
        const bool is_seen = sees(park.state(), UserId(id), audiences_of(entry));
        EXPECT_EQ(is_seen, oracle.sees_ledger_entry(to_string(id), wire::encode(entry)))
            << to_string(id) << " of seed " << seed << " and " << wire::encode(entry);
        answers.insert(is_seen);
      }
    }
  }
  EXPECT_EQ(answers.size(), 2U);
}

Verdict verdict(const State& state, const Actor& who, const AnyCommand& command) {
  const auto refusal = authorize(state, who, command);
  if (!refusal) return Verdict::permitted;
  return refusal->code == refusals::not_found ? Verdict::not_found : Verdict::refused;
}

TEST(RightsOracle, AgreesOnWhoMayGiveRandomCommands) {
  std::map<std::string_view, std::set<Verdict>> answers;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    RandomRights park(seed);
    const RightsOracle oracle(park.texts());
    for (const CommandTypeBase* type : known_domains().commands()) {
      if (!knows_command(type->name)) continue;
      const AnyCommand command = park.maker().command(*type, Amount::some);
      const std::string text = wire::encode(command);
      const auto expect = [&](const Actor& who, Verdict should, const std::string& name) {
        const Verdict is = verdict(park.state(), who, command);
        EXPECT_EQ(to_string(is), to_string(should)) << name << " of seed " << seed << ": " << text;
        answers[type->name].insert(is);
      };
      for (const Uuid& id : ids()) {
        expect({ActorKind::user, UserId(id)}, oracle.of_user(to_string(id), text), to_string(id));
      }
      expect({ActorKind::user, {}}, Verdict::refused, "a visitor");
      expect(console, RightsOracle::of_console(text), "the console");
      expect(system_actor, RightsOracle::of_system(text), "the system");
    }
  }
  for (const auto& [type, verdicts] : answers) {
    EXPECT_TRUE(verdicts.contains(Verdict::permitted)) << type;
    EXPECT_TRUE(verdicts.contains(Verdict::refused)) << type;
    EXPECT_EQ(verdicts.contains(Verdict::not_found), names_own_rows(type)) << type;
  }
}

}  // namespace
}  // namespace yuanyue::worlds
