// The one writer. It owns State, takes all waiting tasks, runs what is due, decides the commands in
// order, commits everything in one transaction, and only then answers. A failed commit is undone in
// State and answered with `unavailable`. So is what an exception (no memory) has cut short; State
// is then read anew from the store before anything else is decided.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <expected>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "backend/engine_loop/batch.h"
#include "backend/engine_loop/change_hub.h"
#include "backend/engine_loop/clients.h"
#include "backend/engine_loop/directory.h"
#include "backend/engine_loop/keepable.h"
#include "backend/engine_loop/known_results.h"
#include "backend/engine_loop/server_clock.h"
#include "backend/store/store.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

// Answers; `error` unset means it is committed.
struct PushReply {
  std::optional<wire::ErrorCode> error;
  Instant server_now;
  std::uint64_t last_seq = 0;
  std::vector<std::string> results;  // JSON of CommandResult, one per pushed command
  std::optional<StoreFault> fault;   // with `unavailable`: why it could not be saved
};

struct ConsoleReply {
  bool unavailable = false;
  std::optional<Rejection> rejection;
  std::size_t rejected_command = 0;  // its place in the task, when rejected
};

struct PushTask {
  UserId user;
  wire::PushRequest request;
};

// All commands or none, in one commit with the credentials.
struct ConsoleTask {
  Actor actor{ActorKind::console, {}};
  std::vector<Command> commands;
  std::vector<CredentialWrite> credentials;
};

// Decodes every stored row; the error is a sentence for the console.
std::expected<void, std::string> load_rows(StoreReader& reader,
                                           const std::function<void(Row)>& take);

// Sees every decision in its order: a test that judges them. Called on the writer's thread.
class DecisionWitness {
 public:
  virtual ~DecisionWitness() = default;
  virtual void state_is(const State& state) = 0;  // loaded, or decisions were taken back
  virtual void decided(const Envelope& envelope, const Result<Outcome>& result) = 0;
};

struct EngineOptions {
  std::size_t max_waiting_tasks = 1'024;  // beyond: refused at once
  std::size_t max_batch_commands = 512;
  std::int64_t results_kept_ms = 90 * ms_per_day;  // and clients not heard since
  std::size_t clients_per_user = 100;              // beyond: those not heard for longest go
  std::int64_t revisions_kept = 1'000'000;
  std::int64_t prune_every_ms = 10 * ms_per_minute;
  // What of an outcome could not be read again; for tests another one.
  std::function<std::optional<std::string>(const Outcome&)> unreadable =
      [](const Outcome& outcome) { return unreadable_part(outcome); };
  DecisionWitness* witness = nullptr;
};

// How the last commit went. While it is not well, an empty commit is tried every second.
struct EngineHealth {
  bool healthy = true;
  StoreFault fault = StoreFault::other;
  std::string message;
  Instant since;
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

  // Fills State from the store. Call before start(); the error is a sentence for the console.
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
  // False when the clock may not be moved or `to` is not ahead. Runs and commits what falls due.
  std::optional<std::future<bool>> advance_clock(Instant to);
  // Calls `look` on the writer thread with the state as it is committed.
  std::optional<std::future<void>> inspect(std::function<void(const State&)> look);

  // For a process without the thread: does what the thread does when it wakes, on the caller's.
  void step();
  // When step() has something to do though nothing arrives.
  Instant next_step_at() const;

  bool healthy() const { return healthy_; }  // the last commit went through
  EngineHealth health() const;
  std::size_t waiting_tasks() const;

 private:
  // Whoever has pushed is answered once, whatever becomes of the job: `unavailable` when it is
  // lost.
  class PushAnswer {
   public:
    explicit PushAnswer(std::function<void(PushReply)> answer) : answer_(std::move(answer)) {}
    PushAnswer(PushAnswer&& other) noexcept : answer_(std::exchange(other.answer_, nullptr)) {}
    PushAnswer(const PushAnswer&) = delete;
    PushAnswer& operator=(PushAnswer&&) = delete;
    ~PushAnswer();
    void give(PushReply reply) noexcept;
    void forget() noexcept { answer_ = nullptr; }  // somebody else answers

   private:
    std::function<void(PushReply)> answer_;
  };
  struct PushJob {
    PushTask task;
    PushAnswer answer;
    PushReply reply;
  };
  struct ConsoleJob {
    ConsoleTask task;
    std::promise<ConsoleReply> answer;
    ConsoleReply reply;
  };
  struct ClockJob {
    Instant to;
    std::promise<bool> answer;
    bool moved = false;
  };
  struct InspectJob {
    std::function<void(const State&)> look;
    std::promise<void> answer;
  };
  using Job = std::variant<PushJob, ConsoleJob, ClockJob, InspectJob>;

  bool enqueue(Job&& job);  // false: the job is still the caller's
  void run_thread();
  void wait_for_work();
  std::deque<Job> take_jobs();
  void process(std::deque<Job> jobs);
  bool decide_and_commit(std::deque<Job>& jobs);
  void cut_short(const std::exception& failure) noexcept;
  void run_due_until(Instant now, Batch& batch);
  Result<Outcome> execute_seen(const Envelope& envelope);
  void tell_state();  // to the witness
  void decide(PushJob& job, Batch& batch);
  void decide(ConsoleJob& job, Batch& batch);
  void decide(ClockJob& job, Batch& batch);
  void decide(InspectJob&, Batch&) {}  // looks after the commit
  void decide_pushed(PushJob& job, const wire::PushedCommand& pushed, ClientWrite& client,
                     Batch& batch);
  void look_up_results(const std::deque<Job>& jobs);
  void prefetch_for(const std::deque<Job>& jobs) const;
  // Refuses what could not be read again; the state is then as before.
  Result<Outcome> execute_keepable(const Envelope& envelope);
  bool commit(Batch& batch);
  void commit_failed(const StoreError& error);
  void note_failure(StoreFault fault, const std::string& message);
  void commit_succeeded();
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

  // Writer thread only.
  State state_;
  std::int64_t revision_ = 0;
  Clients clients_;
  KnownResults known_results_;  // of the commands of this batch
  Instant batch_now_;
  Instant retry_at_;          // while not healthy_
  bool must_reload_ = false;  // State is not what the store has
  Instant logged_failure_at_{INT64_MIN};
  bool failure_was_logged_ = false;
  ClockStatus clock_status_;
  Instant next_prune_at_{INT64_MIN};
  Instant due_again_at_{INT64_MIN};  // after due work that could not be kept

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  EngineHealth health_;
  std::atomic<bool> healthy_ = true;
  std::thread thread_;
};

}  // namespace yuanyue
