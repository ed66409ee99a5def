// The one writer. It owns State, takes all waiting tasks, runs what is due, decides the commands in
// order, commits everything in one transaction, and only then answers. While more is due than one
// commit may hold, tasks wait in their order for the commit that has nothing due before them. A
// failed commit is undone in State and answered with `unavailable`. So is what an exception (no
// memory) has cut short; State is then read anew from the store before anything else is decided.
#pragma once

#include <expected>
#include <functional>
#include <future>
#include <list>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "backend/engine_loop/batch.h"
#include "backend/engine_loop/change_hub.h"
#include "backend/engine_loop/commit_health.h"
#include "backend/engine_loop/directory.h"
#include "backend/engine_loop/engine_tasks.h"
#include "backend/engine_loop/job_queue.h"
#include "backend/engine_loop/keepable.h"
#include "backend/engine_loop/push_session.h"
#include "backend/engine_loop/server_clock.h"
#include "backend/store/load_rows.h"
#include "backend/store/store.h"

namespace yuanyue {

// Sees every decision in its order: a test that judges them. Called on the writer's thread.
class DecisionWitness {
 public:
  virtual ~DecisionWitness() = default;
  virtual void state_is(const State& state) = 0;  // loaded, or decisions were taken back
  virtual void decided(const Envelope& envelope, const Result<Outcome>& result) = 0;
};

// A batch is one commit: what waits for it is answered by its end, and what fails is undone as a
// whole. So it has at most this many commands, of tasks that fit whole (a larger task is a batch of
// its own), and at most this much of what falls due by itself. An outage may leave hundreds of
// times that; each piece is durable before the next one is begun.
inline constexpr std::size_t max_commands_of_batch = 512;
inline constexpr std::size_t max_due_of_batch = 256;

struct EngineOptions {
  std::size_t max_waiting_tasks = 1'024;  // beyond: refused at once
  std::size_t max_batch_commands = max_commands_of_batch;
  std::size_t max_batch_due = max_due_of_batch;    // at least 1
  std::int64_t results_kept_ms = 90 * ms_per_day;  // and clients not heard since
  std::size_t clients_per_user = 100;              // beyond: those not heard for longest go
  std::int64_t revisions_kept = 1'000'000;
  std::int64_t prune_every_ms = 10 * ms_per_minute;
  // What of an outcome could not be read again; for tests another one.
  std::function<std::optional<std::string>(const Outcome&)> unreadable =
      [](const Outcome& outcome) { return unreadable_part(outcome); };
  DecisionWitness* witness = nullptr;
};

class EngineLoop {
 public:
  // Referents must outlive the loop.
  EngineLoop(Store& store, ServerClock& clock, Directory& directory, ChangeHub& hub,
             EngineOptions options = {});
  ~EngineLoop();
  EngineLoop(const EngineLoop&) = delete;
  EngineLoop& operator=(const EngineLoop&) = delete;

  // Called on the writer thread with each user whose sessions a commit has ended in the store,
  // before the commit is answered; must not throw. Set before start().
  void when_rights_end(std::function<void(const UserId&)> told) { rights_ended_ = std::move(told); }

  // Fills State from the store, and brings rows of an older form to today's in it, by one commit,
  // with a copy kept. Call before start(); the error is a sentence for the console.
  std::expected<void, std::string> load();
  void start();
  // Finishes what was accepted, then ends the thread.
  void stop();

  // nullopt: too many tasks are waiting, there is no memory for one more, or the loop is stopping.
  // A push that is lost later is answered `unavailable`; other futures then throw
  // std::future_error. Any thread.
  std::optional<std::future<PushReply>> push(PushTask task);
  // As push(), without a thread that waits: calls `answer` on the writer thread. False: as nullopt.
  bool push(PushTask task, std::function<void(PushReply)> answer);
  std::optional<std::future<ConsoleReply>> run(ConsoleTask task);
  // False when the clock may not be moved or `to` is not ahead. Answered when all that falls due is
  // committed, or a commit has failed.
  std::optional<std::future<bool>> advance_clock(Instant to);
  // Calls `look` on the writer thread with the state as it is committed.
  std::optional<std::future<void>> inspect(std::function<void(const State&)> look);

  // For a process without the thread: does what the thread does when it wakes, on the caller's.
  void step();
  // When step() has something to do though nothing arrives.
  Instant next_step_at() const;

  bool healthy() const { return health_.healthy(); }  // the last commit went through; any thread
  EngineHealth health() const { return health_.report(); }
  std::size_t waiting_tasks() const { return jobs_.size(); }

 private:
  void run_thread();
  void wait_for_work();
  void process(std::list<Job> jobs);
  // Leaves in `jobs` what it has decided and moves what must wait for another batch to `later`.
  bool decide_and_commit(std::list<Job>& jobs, std::list<Job>& later);
  // False: nothing can be decided in this batch any more, because its due work is as much as it may
  // be and more timers are due. `most` bounds that of the whole batch, but never lets it archive
  // more than usual: that waits for the next batches, and nobody for it.
  bool run_due_work(Batch& batch, std::size_t most);
  bool run_due_work(Batch& batch) { return run_due_work(batch, options_.max_batch_due); }
  Result<Outcome> execute_seen(const Envelope& envelope, const Batch& batch);
  // Refuses what could not be read again, and ids that the archive holds; the state is then as
  // before. Throws when the archive cannot be asked.
  Result<Outcome> execute_keepable(const Envelope& envelope, const Batch& batch);
  void tell_state();  // to the witness
  // False: it must be decided in a later batch, from its beginning.
  bool decide(PushJob& job, Batch& batch);
  bool decide(ConsoleJob& job, Batch& batch);
  bool decide(ClockJob& job, Batch& batch);
  bool decide(InspectJob&, Batch&) { return true; }  // looks after the commit
  std::optional<wire::CommandResult> decide_pushed(const UserId& user,
                                                   const wire::PushedCommand& pushed, Batch& batch);
  void look_up_results(const std::list<Job>& jobs);
  void prefetch_for(const std::list<Job>& jobs) const;
  bool commit(Batch& batch);
  bool is_erased(const UserId& user, const Batch& batch);
  std::vector<std::string> forgotten_clients(const CommitBatch& commit) const;
  std::expected<void, std::string> renew_rows(const State& state, const std::vector<AnyKey>& rows);
  void watch_clock();
  void answer(Job& job, bool committed) noexcept;
  void look(InspectJob& job) noexcept;
  void prune_now_and_then();

  Store& store_;
  ServerClock& clock_;
  Directory& directory_;
  ChangeHub& hub_;
  const EngineOptions options_;
  std::function<void(const UserId&)> rights_ended_;
  JobQueue jobs_;
  CommitHealth health_;

  // Writer thread only.
  State state_;
  std::int64_t revision_ = 0;
  bool tells_row_form_ = false;  // with the next commit, the first that a new store gets
  PushSession pushes_;
  Instant batch_now_;
  std::size_t batch_due_ = 0;  // how much due work the batch has done
  ClockStatus clock_status_;
  Instant next_prune_at_{INT64_MIN};
  Instant due_again_at_{INT64_MIN};  // after due work that could not be kept

  std::thread thread_;
};

}  // namespace yuanyue
