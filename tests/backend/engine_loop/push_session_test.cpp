#include "backend/engine_loop/push_session.h"

#include <gtest/gtest.h>

#include "backend/store/sqlite_stores.h"
#include "core/appointments/cancel_booking.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

// Commands are decided by the test; commits go to a real store.
class PushSessionTest : public testing::Test {
 protected:
  static PushTask push_of(std::uint64_t first_seq, std::uint64_t commands) {
    PushTask task;
    task.user = UserId({7, 7});
    task.request.client = ClientId({8, 8});
    task.request.commands.reserve(commands);
    for (std::uint64_t seq = first_seq; seq < first_seq + commands; ++seq) {
      task.request.commands.push_back({seq, CommandId({100, seq}), CancelBooking{}});
    }
    return task;
  }

  // Accepts everything until `room_` is used up.
  bool answer(const PushTask& task) {
    std::vector<std::string> ids;
    ids.reserve(task.request.commands.size());
    for (const wire::PushedCommand& pushed : task.request.commands) {
      ids.push_back(to_string(pushed.id));
    }
    session_.look_up(store(), ids);
    reply_ = {};
    return session_.answer(
        task,
        [&](const wire::PushedCommand& pushed) -> std::optional<wire::CommandResult> {
          if (room_ == 0) return std::nullopt;
          --room_;
          decided_.push_back(pushed.seq);
          wire::CommandResult result;
          result.seq = pushed.seq;
          result.id = pushed.id;
          result.accepted = true;
          return result;
        },
        batch_, reply_);
  }
  void commit() {
    const CommitBatch commit = batch_.finish(State(), store().head().revision + 1, {});
    ASSERT_TRUE(store().commit(commit));
    session_.committed(commit);
    batch_ = {};
  }
  Store& store() { return *stores_.store; }

  TempFolder folder_;
  Stores stores_ = open_sqlite_stores({.path = folder_.file("yuanyue.db")}).value();
  PushSession session_{100};
  Batch batch_;
  PushReply reply_;
  std::size_t room_ = 100;
  std::vector<std::uint64_t> decided_;
};

TEST_F(PushSessionTest, a_push_that_is_cut_by_the_end_of_a_batch_goes_on_in_the_next_one) {
  const PushTask task = push_of(1, 4);
  room_ = 2;
  EXPECT_FALSE(answer(task));
  commit();
  room_ = 1;
  EXPECT_FALSE(answer(task));
  commit();
  room_ = 100;
  EXPECT_TRUE(answer(task));
  commit();
  EXPECT_EQ(decided_, (std::vector<std::uint64_t>{1, 2, 3, 4})) << "none twice, in their order";
  EXPECT_FALSE(reply_.error);
  EXPECT_EQ(reply_.last_seq, 4U);
  ASSERT_EQ(reply_.results.size(), 4U);
  const std::vector<std::string> results = reply_.results;
  EXPECT_TRUE(answer(task)) << "and sent again it gets the same answer";
  EXPECT_EQ(reply_.results, results);
  EXPECT_EQ(decided_.size(), 4U);
}

TEST_F(PushSessionTest, what_a_batch_did_not_commit_was_not_said) {
  room_ = 2;
  EXPECT_FALSE(answer(push_of(1, 3)));
  batch_ = {};  // as after a failed commit
  room_ = 100;
  EXPECT_TRUE(answer(push_of(1, 3)));
  EXPECT_EQ(decided_, (std::vector<std::uint64_t>{1, 2, 1, 2, 3}));
}

TEST_F(PushSessionTest, two_pushes_of_a_client_in_one_batch_follow_each_other) {
  EXPECT_TRUE(answer(push_of(1, 2)));
  EXPECT_TRUE(answer(push_of(3, 2)));
  EXPECT_FALSE(reply_.error);
  EXPECT_EQ(reply_.last_seq, 4U);
  EXPECT_TRUE(answer(push_of(6, 1)));
  EXPECT_EQ(reply_.error, wire::ErrorCode::sequence_gap);
}

}  // namespace
}  // namespace yuanyue
