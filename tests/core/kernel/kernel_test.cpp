// The kernel with a toy domain of its own: it knows no other.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/kernel/any_codec.h"
#include "core/kernel/domain.h"
#include "core/kernel/engine.h"
#include "core/kernel/refusals.h"
#include "core/kernel/row_type.h"
#include "core/kernel/run_due.h"
#include "core/kernel/transaction.h"
#include "tests/core/support/kinds.h"

namespace yuanyue {

using JarId = Id<struct Jar>;
using LabelId = Id<struct Label>;

struct Jar {
  static constexpr PartNumber number{14, 0};
  static const RowType<Jar> type;
  JarId id;
  int beans = 0;
  Instant opens_at = never;
  Instant spoils_at = never;
  Instant eaten_at = never;
  bool operator==(const Jar&) const = default;
};
inline const JarId& key_of(const Jar& row) { return row.id; }

// Written by a domain above: how many beans were seen to come.
struct Label {
  static constexpr PartNumber number{15, 0};
  static const RowType<Label> type;
  LabelId id;
  int seen = 0;
  bool operator==(const Label&) const = default;
};
inline const LabelId& key_of(const Label& row) { return row.id; }

struct FullJars {
  static constexpr PartNumber number{14, 8};
  int count = 0;
};

struct AddBeans {
  static const CommandType<AddBeans> type;
  JarId jar;
  int beans = 0;
  bool operator==(const AddBeans&) const = default;
};
struct BeansAdded {
  static const FactType<BeansAdded> type;
  JarId jar;
  int beans = 0;
  bool operator==(const BeansAdded&) const = default;
};

namespace {

constexpr std::string_view opened_mark = "opened";
std::vector<std::string> ran;  // what fell due, in its order

void open_jar(Transaction& transaction, const AnyKey& key) {
  Jar jar = transaction.state().get(*key.get_if<JarId>());
  jar.opens_at = never;
  ran.emplace_back(opened_mark);
  transaction.put(jar);
}
void spoil_jar(Transaction& transaction, const AnyKey& key) {
  ran.emplace_back("spoilt");
  transaction.erase(*key.get_if<JarId>());
}
constexpr DueType jar_opens{.name = "jar_opens", .rank = 1, .run = open_jar};
constexpr DueType jar_spoils{.name = "jar_spoils", .rank = 2, .run = spoil_jar};

constexpr OwnerKind keeper{"keeper"};

bool is_full(const Jar& jar) { return jar.beans >= 10; }

constexpr auto jar_fields =
    wire::fields_of(YUANYUE_FIELD(Jar, beans, wire::integer<int>(0, 100)),
                    YUANYUE_FIELD(Jar, eaten_at, wire::instant_or_never()),
                    YUANYUE_FIELD(Jar, id, wire::uuid<JarId>()),
                    YUANYUE_FIELD(Jar, opens_at, wire::instant_or_never()),
                    YUANYUE_FIELD(Jar, spoils_at, wire::instant_or_never()));
constexpr wire::TableOf jar_table{jar_fields};
constexpr auto label_fields = wire::fields_of(YUANYUE_FIELD(Label, id, wire::uuid<LabelId>()),
                                              YUANYUE_FIELD(Label, seen, wire::integer<int>(0, 9)));
constexpr wire::TableOf label_table{label_fields};
constexpr auto add_fields =
    wire::fields_of(YUANYUE_FIELD(AddBeans, beans, wire::integer<int>(0, 100)),
                    YUANYUE_FIELD(AddBeans, jar, wire::uuid<JarId>()));
constexpr wire::TableOf add_table{add_fields};

inline constexpr Permission fill_jars{"fill_jars", Holder::member};

}  // namespace

constinit const RowType<Jar> Jar::type = RowAnswers<Jar>{
    .name = "jar",
    .fields = jar_table,
    .key_fields = wire::uuid_key<JarId>,
    .audiences = [](const State&, const Jar&) { return Audiences{everyone}; },
    .due =
        [](const Jar& jar) {
          Dues dues;
          if (jar.opens_at != never) dues.push_back({jar.opens_at, &jar_opens});
          if (jar.spoils_at != never) dues.push_back({jar.spoils_at, &jar_spoils});
          return dues;
        },
    .finished = [](const Jar& jar) { return jar.eaten_at; },
    .indexes = Indexes<Jar>{.add =
                                [](Indexing& indexing, const Jar& jar) {
                                  indexing.part<FullJars>().count += is_full(jar) ? 1 : 0;
                                },
                            .remove =
                                [](Indexing& indexing, const Jar& jar) {
                                  indexing.part<FullJars>().count -= is_full(jar) ? 1 : 0;
                                }},
    .owner = [](const Jar& jar) { return Owner{&keeper, jar.id}; },
    .history = no_history<Jar>,
};
constinit const RowType<Label> Label::type = RowAnswers<Label>{
    .name = "label",
    .fields = label_table,
    .key_fields = wire::uuid_key<LabelId>,
    .audiences = [](const State&, const Label&) { return Audiences{everyone}; },
    .due = no_due<Label>,
    .finished = never_finished<Label>,
    .indexes = no_indexes<Label>,
    .owner = [](const Label& label) { return Owner{&keeper, label.id}; },
    .history = no_history<Label>,
};
constinit const FactType<BeansAdded> BeansAdded::type{"beans_added"};
constinit const CommandType<AddBeans> AddBeans::type = CommandAnswers<AddBeans>{
    .name = "add_beans",
    .fields = add_table,
    .origin = Origin::outside,
    .needs = [](const State& state, const Actor&, const AddBeans& command) -> Need {
      if (state.find(command.jar) == nullptr) return {&fill_jars};
      return {&fill_jars, AnyKey(command.jar)};
    },
    .decide = [](Transaction& transaction, const AddBeans& command) -> Refusal {
      Jar jar = transaction.state().get(command.jar);
      jar.beans += command.beans;
      transaction.put(jar);
      transaction.publish(BeansAdded{command.jar, command.beans});
      if (jar.beans > 20) return refuse(refusals::cannot_be_kept, no_detail);
      return std::nullopt;
    },
};

namespace {

void write_label(Transaction& transaction, const BeansAdded& added) {
  const LabelId id{Uuid(added.jar)};
  Label label{id, added.beans};
  if (const Label* found = transaction.state().find(id)) label.seen += found->seen;
  transaction.put(label);
}

constexpr PartType jar_indexes[] = {part_type<FullJars>()};
constexpr Domain jars{
    .name = "jars",
    .stands_on = no_elements,
    .rows = row_types<Jar>,
    .indexes = jar_indexes,
    .commands = command_types<AddBeans>,
    .events = no_elements,
    .notices = no_elements,
    .refusals = no_elements,
    .ways = no_elements,
    .reactions = no_elements,
    .prefetch = no_prefetch,
};
constexpr const Domain* below_labels[] = {&jars};
constexpr Reaction label_reactions[] = {reaction<write_label>};
constexpr Domain labels{
    .name = "labels",
    .stands_on = below_labels,
    .rows = row_types<Label>,
    .indexes = no_elements,
    .commands = no_elements,
    .events = no_elements,
    .notices = no_elements,
    .refusals = no_elements,
    .ways = no_elements,
    .reactions = label_reactions,
    .prefetch = no_prefetch,
};
constexpr const Domain* toy_domains[] = {&jars, &labels};

const JarId mine{Uuid{1, 1}};
const JarId others{Uuid{1, 2}};
const UserId me{Uuid{2, 1}};

// I may fill mine; a stranger nothing; the system runs timers.
Grant toy_grants(const State&, const Actor& actor, const Need& need) {
  if (need.permission == &run_timers) {
    return actor.kind == ActorKind::system ? Grant::given : Grant::none;
  }
  if (actor.user != me) return Grant::none;
  return need.scope == AnyKey(mine) ? Grant::given : Grant::elsewhere;
}

std::int64_t toy_retention_ms = 100;
std::int64_t toy_retention(const State&) { return toy_retention_ms; }

class KernelTest : public testing::Test {
 protected:
  void SetUp() override {
    ran.clear();
    toy_retention_ms = 100;
    state_.put(Jar{mine, 5});
    state_.put(Jar{others, 12});
  }
  Envelope add(const JarId& jar, int beans, const UserId& who = me) const {
    return {CommandId(Uuid{9, 9}), {ActorKind::user, who}, {1000}, AddBeans{jar, beans}};
  }
  int full() const { return state_.part<FullJars>().count; }

  const Domains domains_{toy_domains, toy_grants, toy_retention};
  State state_{domains_};
};

TEST_F(KernelTest, ACommandsRowsAndThoseOfReactionsAreOneOutcome) {
  const auto outcome = execute(state_, add(mine, 7));
  ASSERT_TRUE(outcome);
  ASSERT_EQ(outcome->changes().size(), 2U);
  EXPECT_EQ(outcome->changes()[0].before_if<Jar>()->beans, 5);
  EXPECT_EQ(outcome->changes()[0].after_if<Jar>()->beans, 12);
  EXPECT_FALSE(outcome->changes()[1].before());
  EXPECT_EQ(outcome->changes()[1].after_if<Label>()->seen, 7);
  EXPECT_EQ(full(), 2);
  revert(state_, *outcome);
  EXPECT_EQ(state_.get(mine).beans, 5);
  EXPECT_EQ(state_.count<Label>(), 0U);
  EXPECT_EQ(full(), 1);
  const Outcome copy = outcome->clone();
  apply(state_, copy);
  EXPECT_EQ(state_.get(mine).beans, 12);
  EXPECT_EQ(state_.get(LabelId{Uuid(mine)}).seen, 7);
  EXPECT_EQ(full(), 2);
}

TEST_F(KernelTest, WhatIsRefusedIsTakenBackAndReactedToByNobody) {
  const auto outcome = execute(state_, add(mine, 30));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, refusals::cannot_be_kept);
  EXPECT_EQ(state_.get(mine).beans, 5);
  EXPECT_EQ(state_.count<Label>(), 0U);
  EXPECT_EQ(full(), 1);
}

TEST_F(KernelTest, WhoHoldsAPermissionElsewhereDoesNotLearnWhatIsHere) {
  const UserId stranger{Uuid{2, 2}};
  const JarId nobodys{Uuid{1, 3}};
  EXPECT_EQ(execute(state_, add(others, 1)).error().code, refusals::not_found);
  EXPECT_EQ(execute(state_, add(nobodys, 1)).error(), execute(state_, add(others, 1)).error());
  EXPECT_EQ(execute(state_, add(mine, 1, stranger)).error().code, refusals::not_permitted);
  EXPECT_EQ(execute(state_, add(nobodys, 1, stranger)).error().code, refusals::not_permitted);
}

TEST_F(KernelTest, WhatFallsDueRunsByTimeThenByRank) {
  state_.put(Jar{mine, 5, {50}, {50}});
  state_.put(Jar{others, 12, {60}, {40}});
  EXPECT_EQ(next_due(state_), Instant{40});
  std::uint64_t number = 0;
  EXPECT_FALSE(run_due(state_, {39}, CommandId(Uuid{8, ++number})));
  while (run_due(state_, {60}, CommandId(Uuid{8, ++number}))) {
  }
  EXPECT_EQ(ran, (std::vector<std::string>{"spoilt", "opened", "spoilt"}));
  EXPECT_EQ(state_.count<Jar>(), 0U);
  EXPECT_EQ(next_due(state_), never);
  EXPECT_EQ(full(), 0);
}

TEST_F(KernelTest, WhatIsFinishedLeavesWhenItsRetentionIsOver) {
  state_.put(Jar{mine, 5, never, never, {50}});
  state_.put(Jar{others, 12, never, never, {40}});
  EXPECT_EQ(next_due(state_), Instant{140});
  EXPECT_EQ(next_timer(state_), never) << "nobody's decision waits for it";
  EXPECT_FALSE(run_due(state_, {139}, CommandId(Uuid{8, 1})));
  const auto first = run_due(state_, {1000}, CommandId(Uuid{8, 2}));
  ASSERT_TRUE(first);
  ASSERT_EQ(first->changes().size(), 1U);
  EXPECT_TRUE(first->changes()[0].archived);
  EXPECT_EQ(first->changes()[0].before_if<Jar>()->id, others) << "first finished, first gone";
  EXPECT_FALSE(first->changes()[0].after());
  EXPECT_TRUE(first->ledger.empty());
  EXPECT_EQ(full(), 0) << "indexes forget it too";
  EXPECT_EQ(next_due(state_), Instant{150});
  const Outcome copy = first->clone();
  EXPECT_TRUE(copy.changes()[0].archived);
  revert(state_, *first);
  EXPECT_EQ(next_due(state_), Instant{140});
  apply(state_, copy);
  EXPECT_EQ(next_due(state_), Instant{150});
  EXPECT_TRUE(run_due(state_, {1000}, CommandId(Uuid{8, 3})));
  EXPECT_EQ(next_due(state_), never);
  EXPECT_FALSE(run_due(state_, {1000}, CommandId(Uuid{8, 4})));
}

TEST_F(KernelTest, WhatIsOpenAgainIsNotFinished) {
  state_.put(Jar{mine, 5, never, never, {50}});
  state_.put(Jar{mine, 6});
  EXPECT_EQ(next_due(state_), never);
  state_.put(Jar{mine, 6, never, never, {70}});
  EXPECT_EQ(next_due(state_), Instant{170});
  state_.erase(AnyKey(mine));
  EXPECT_EQ(next_due(state_), never);
}

TEST_F(KernelTest, AChangedRetentionCountsAtOnce) {
  state_.put(Jar{mine, 5, never, never, {50}});
  EXPECT_EQ(next_due(state_), Instant{150});
  toy_retention_ms = 10;
  EXPECT_EQ(next_due(state_), Instant{60});
  toy_retention_ms = 500;
  EXPECT_FALSE(run_due(state_, {200}, CommandId(Uuid{8, 1})));
}

TEST_F(KernelTest, TimersGoBeforeTheArchive) {
  state_.put(Jar{mine, 5, never, never, {10}});
  state_.put(Jar{others, 12, {500}, never});
  const auto timer = run_due(state_, {600}, CommandId(Uuid{8, 1}));
  EXPECT_EQ(ran, (std::vector<std::string>{"opened"}));
  EXPECT_FALSE(timer->changes()[0].archived);
  EXPECT_TRUE(run_due(state_, {600}, CommandId(Uuid{8, 2}))->changes()[0].archived);
}

TEST_F(KernelTest, AnOwnersRowsOfEveryDomainGoWhenAllHaveReacted) {
  const Envelope envelope = add(mine, 0);
  Transaction transaction(state_, envelope);
  state_.put(Label{LabelId{Uuid(others)}, 3});
  transaction.erase_all_of(owner_of(RowRef(state_.get(mine))));
  transaction.publish(BeansAdded{mine, 7});  // makes a label of the same owner
  transaction.react();
  const Outcome outcome = transaction.take_outcome();
  EXPECT_EQ(state_.find(mine), nullptr);
  EXPECT_EQ(state_.find(LabelId{Uuid(mine)}), nullptr);
  EXPECT_NE(state_.find(others), nullptr);
  EXPECT_NE(state_.find(LabelId{Uuid(others)}), nullptr);
  ASSERT_EQ(outcome.changes().size(), 3U);
  EXPECT_EQ(outcome.changes()[1].before_if<Jar>()->id, mine);
  EXPECT_FALSE(outcome.changes()[2].after());
  revert(state_, outcome);
  EXPECT_EQ(state_.get(mine).beans, 5);
}

TEST_F(KernelTest, ATimerIsNobodysCommand) {
  const Envelope envelope{CommandId(Uuid{9, 1}), {ActorKind::user, me}, {1000}, RunDue{}};
  EXPECT_EQ(execute(state_, envelope).error().code, refusals::not_permitted);
}

TEST_F(KernelTest, RowsOfAnyTypeAreFoundByTheirKeys) {
  const AnyKey key(mine);
  EXPECT_EQ(state_.find(key).get_if<Jar>()->beans, 5);
  EXPECT_EQ(key_of(state_.find(key)), key);
  EXPECT_FALSE(state_.find(AnyKey(JarId(Uuid{7, 7}))));
  EXPECT_NE(AnyKey(JarId(Uuid{1, 1})), AnyKey(LabelId(Uuid{1, 1}))) << "another type's";
  EXPECT_LT(AnyKey(JarId(Uuid{9, 9})), AnyKey(LabelId(Uuid{1, 1}))) << "by parts, then by keys";
  EXPECT_EQ(state_.erase(key), AnyRow(Jar{mine, 5}));
  EXPECT_FALSE(state_.erase(key));
}

TEST_F(KernelTest, AMovedStateTakesItsRowsAlong) {
  State other = std::move(state_);
  EXPECT_EQ(other.get(mine).beans, 5);
  state_ = State(domains_);
  EXPECT_EQ(state_.count<Jar>(), 0U);
}

TEST(AnyValueTest, CopiesMovesAndComparesWhatItHolds) {
  const AnyRow none;
  AnyRow jar = Jar{mine, 1};
  AnyRow copy = jar;
  EXPECT_EQ(copy, jar);
  copy.as<Jar>().beans = 2;
  EXPECT_NE(copy, jar);
  EXPECT_NE(jar, AnyRow(Label{}));
  EXPECT_NE(jar, none);
  EXPECT_EQ(none, AnyRow());
  const AnyRow moved = std::move(jar);
  EXPECT_EQ(moved.as<Jar>().beans, 1);
  EXPECT_FALSE(jar);  // NOLINT: moved from, and says so
  EXPECT_EQ(moved.get_if<Label>(), nullptr);
}

TEST(OutcomeTest, HoldsManyRowsOfManySizesAndGivesThemBack) {
  Outcome outcome;
  for (int i = 0; i < 1000; ++i) {
    outcome.add(Jar{JarId(Uuid{3, static_cast<std::uint64_t>(i)}), i}, {});
    outcome.add({}, Label{LabelId(Uuid{4, static_cast<std::uint64_t>(i)}), i});
  }
  Outcome other = std::move(outcome);
  outcome = {};
  ASSERT_EQ(other.changes().size(), 2000U);
  EXPECT_EQ(other.changes()[1998].before_if<Jar>()->beans, 999);
  EXPECT_EQ(other.changes()[1999].after_if<Label>()->seen, 999);
  EXPECT_EQ(other.changes()[1998].row().as<Jar>().beans, 999);
  outcome = std::move(other);
  EXPECT_EQ(outcome.clone().changes().size(), 2000U);
}

}  // namespace
}  // namespace yuanyue
