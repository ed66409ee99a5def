// Who is erased goes from all that the process and its store keep, and does not come back.
#include "backend/store/ledger_chain.h"
#include "core/appointments/booking.h"
#include "core/people/erase.h"
#include "tests/backend/support/engine_park.h"

namespace yuanyue {
namespace {

class ErasedOwnersTest : public EngineLoopTest {
 protected:
  const EnterpriseId enterprise_{{1, 1}};
  const UserId user_{user_id};

  Enterprise row() {
    Enterprise row;
    row.id = enterprise_;
    row.name = "某企业";
    row.credit_code = "91310115MA1KQDMQ34";
    return row;
  }
  std::expected<void, std::string> run(AnyCommand command) {
    ConsoleTask task;
    task.commands.push_back(std::move(command));
    return run_console(*engine_, std::move(task));
  }
  std::vector<StoredClient> clients() { return stores_.store->clients().value(); }
  std::size_t results() { return stores_.store->results({to_string(Uuid{100, 1})}).value().size(); }
};

TEST_F(ErasedOwnersTest, nothing_is_kept_of_them) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  ASSERT_TRUE(run(EraseEnterprise{enterprise_}));
  EXPECT_TRUE(clients().empty());
  EXPECT_EQ(results(), 0U);
  EXPECT_FALSE(directory_.user(user_));
  EXPECT_FALSE(directory_.enterprise(enterprise_));
  EXPECT_FALSE(directory_.user_signing_in("someone"));
  EXPECT_FALSE(directory_.user_signing_in("91310115MA1KQDMQ34"));
  EXPECT_TRUE(stores_.store->head().sweep_owed);
  EXPECT_EQ(verify_ledger(*stores_.store->reader())->first_bad, 0);
  const std::uint64_t hash = state_hash();
  start({});
  EXPECT_EQ(state_hash(), hash) << "the store has what State has";
  EXPECT_TRUE(*stores_.store->is_erased("enterprise:" + to_string(enterprise_)));
}

TEST_F(ErasedOwnersTest, a_push_that_is_under_way_is_answered_as_a_visitors) {
  ASSERT_TRUE(run(EraseUser{user_}));
  EXPECT_EQ(push(booking(1, 1)).error, wire::ErrorCode::unauthenticated);
  EXPECT_TRUE(clients().empty());
  EXPECT_EQ(results(), 0U);
}

// The push and the erasing wait for one batch: what was answered in it goes, too.
TEST_F(ErasedOwnersTest, what_is_answered_in_the_same_commit_is_not_kept) {
  engine_->stop();
  engine_ = std::make_unique<EngineLoop>(*stores_.store, clock_, directory_, *hub_);
  ASSERT_TRUE(engine_->load());
  auto pushed = engine_->push(booking(1, 1));
  ConsoleTask task;
  task.commands.emplace_back(EraseUser{user_});
  auto erased = engine_->run(std::move(task));
  engine_->step();
  EXPECT_TRUE(result_of(pushed->get()).accepted);
  EXPECT_FALSE(erased->get().rejection);
  EXPECT_TRUE(clients().empty());
  EXPECT_EQ(results(), 0U);
}

TEST_F(ErasedOwnersTest, an_id_that_was_erased_is_refused_for_ever) {
  ASSERT_TRUE(run(EraseEnterprise{enterprise_}));
  for (int life = 0; life < 2; ++life) {
    EXPECT_EQ(run(SaveEnterprise{row()}).error(), "Refused: already_exists.");
    Enterprise another = row();
    another.id = EnterpriseId({1, 9});
    EXPECT_TRUE(run(SaveEnterprise{another})) << "the code is free";
    User account{.id = user_, .enterprise = another.id, .name = "someone"};
    EXPECT_EQ(run(SaveUser{account}).error(), "Refused: already_exists.");
    start({});
  }
}

// As an import does whose rows were planned before.
TEST_F(ErasedOwnersTest, nor_does_an_id_come_back_in_the_commit_that_erases_it) {
  ConsoleTask task;
  task.commands.emplace_back(EraseEnterprise{enterprise_});
  task.commands.emplace_back(SaveEnterprise{row()});
  EXPECT_EQ(run_console(*engine_, std::move(task)).error(), "Refused: already_exists.");
  EXPECT_TRUE(directory_.enterprise(enterprise_)) << "all or nothing";
  EXPECT_FALSE(*stores_.store->is_erased("enterprise:" + to_string(enterprise_)));
}

TEST_F(ErasedOwnersTest, a_commit_that_fails_erases_nothing) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  const std::uint64_t before = state_hash();
  failing_ = true;
  EXPECT_FALSE(run(EraseEnterprise{enterprise_}));
  failing_ = false;
  EXPECT_EQ(state_hash(), before);
  EXPECT_TRUE(directory_.user(user_));
  EXPECT_EQ(clients().size(), 1U);
  EXPECT_EQ(results(), 1U);
}

// When the disk had no room at once, or the process died.
TEST_F(ErasedOwnersTest, a_sweep_that_is_owed_is_done_by_who_opens_the_store_next) {
  ASSERT_TRUE(run(EraseEnterprise{enterprise_}));
  ASSERT_TRUE(stores_.store->head().sweep_owed);
  engine_.reset();
  engine_ = std::make_unique<EngineLoop>(*stores_.store, clock_, directory_, *hub_);
  ASSERT_TRUE(engine_->load());
  engine_->step();
  EXPECT_FALSE(stores_.store->head().sweep_owed);
}

}  // namespace
}  // namespace yuanyue
