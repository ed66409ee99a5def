#include "backend/engine_loop/engine_loop.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include <sodium.h>

#include "backend/engine_loop/used_ids.h"
#include "backend/log/log.h"
#include "core/domains/codec.h"
#include "core/domains/row_forms.h"
#include "core/kernel/domain.h"
#include "core/kernel/outcome.h"
#include "core/kernel/prefetch.h"
#include "core/kernel/refusals.h"
#include "core/kernel/run_due.h"

namespace yuanyue {

namespace {

constexpr std::int64_t longest_sleep_ms = 60'000;
constexpr std::int64_t retry_due_after_ms = ms_per_minute;
constexpr std::int64_t prune_next_step_ms = ms_per_second;
constexpr std::chrono::milliseconds pause_after_exception{100};

CommandId new_command(Instant now) {
  Uuid random;
  randombytes_buf(&random.high, sizeof random.high);
  randombytes_buf(&random.low, sizeof random.low);
  return CommandId(time_ordered(random, now.ms));
}

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace

EngineLoop::EngineLoop(Store& store, ServerClock& clock, Directory& directory, ChangeHub& hub,
                       EngineOptions options)
    : store_(store),
      clock_(clock),
      directory_(directory),
      hub_(hub),
      options_(std::move(options)),
      jobs_(options_.max_waiting_tasks),
      pushes_(options_.clients_per_user) {}

EngineLoop::~EngineLoop() { stop(); }

void EngineLoop::start() {
  thread_ = std::thread([this] { run_thread(); });
}

void EngineLoop::stop() {
  jobs_.close();
  if (thread_.joinable()) thread_.join();
}

std::optional<std::future<PushReply>> EngineLoop::push(PushTask task) {
  auto promise = std::make_shared<std::promise<PushReply>>();
  auto future = promise->get_future();
  if (!push(std::move(task),
            [promise](PushReply reply) { promise->set_value(std::move(reply)); })) {
    return std::nullopt;
  }
  return future;
}

bool EngineLoop::push(PushTask task, std::function<void(PushReply)> answer) {
  Job job = PushJob{std::move(task), PushAnswer(std::move(answer)), {}};
  try {
    if (jobs_.add(std::move(job))) return true;
  } catch (const std::bad_alloc&) {  // as when too many are waiting
    log_event(LogLevel::error, "no_memory");
  }
  std::get<PushJob>(job).answer.forget();
  return false;
}

std::optional<std::future<ConsoleReply>> EngineLoop::run(ConsoleTask task) {
  ConsoleJob job{std::move(task), {}, {}};
  auto answer = job.answer.get_future();
  if (!jobs_.add(std::move(job))) return std::nullopt;
  return answer;
}

std::optional<std::future<bool>> EngineLoop::advance_clock(Instant to) {
  ClockJob job{to, {}, false};
  auto answer = job.answer.get_future();
  if (!jobs_.add(std::move(job))) return std::nullopt;
  return answer;
}

std::optional<std::future<void>> EngineLoop::inspect(std::function<void(const State&)> look) {
  InspectJob job{std::move(look), {}};
  auto answer = job.answer.get_future();
  if (!jobs_.add(std::move(job))) return std::nullopt;
  return answer;
}

void EngineLoop::run_thread() {
  while (true) {
    wait_for_work();
    if (jobs_.is_over()) return;
    try {
      step();
    } catch (const std::exception&) {  // before anything was decided, or while tidying up
      log_event(LogLevel::error, "engine_step_failed");
      std::this_thread::sleep_for(pause_after_exception);
    }
  }
}

void EngineLoop::step() {
  watch_clock();
  process(jobs_.take(options_.max_batch_commands));
  prune_now_and_then();
}

Instant EngineLoop::next_step_at() const {
  return healthy() ? std::max(next_due(state_), due_again_at_) : health_.retry_at();
}

void EngineLoop::wait_for_work() {
  const Instant now = clock_.now();
  const Instant due = next_step_at();
  const std::int64_t sleep_ms =
      due <= now ? 0 : std::min(longest_sleep_ms, due == never ? longest_sleep_ms : due - now);
  jobs_.wait_for_job(std::chrono::milliseconds(sleep_ms));
}

void EngineLoop::process(std::list<Job> jobs) {
  batch_now_ = clock_.now();
  batch_due_ = 0;
  bool committed = false;
  std::list<Job> later;
  try {
    committed = decide_and_commit(jobs, later);
  } catch (const std::exception& failure) {
    health_.cut_short(failure, batch_now_);
  }
  // Nobody waits for a store that does not take what came before.
  if (!committed) jobs.splice(jobs.end(), later);
  jobs_.put_back(std::move(later));
  for (Job& job : jobs) answer(job, committed);
}

bool EngineLoop::decide_and_commit(std::list<Job>& jobs, std::list<Job>& later) {
  if (health_.must_reload()) {
    if (!load()) {
      health_.retry_later(batch_now_);
      return false;
    }
    health_.reloaded();
  }
  Batch batch;
  const bool is_retry = health_.is_time_to_retry(batch_now_);
  bool may_decide = true;
  if (healthy() || is_retry || !jobs.empty()) may_decide = run_due_work(batch);
  if (may_decide) {
    look_up_results(jobs);
    prefetch_for(jobs);
  }
  auto next = jobs.begin();
  while (may_decide && next != jobs.end()) {
    may_decide = std::visit([&](auto& one) { return decide(one, batch); }, *next);
    if (may_decide) ++next;
  }
  later.splice(later.end(), jobs, next, jobs.end());
  // After a failure an empty commit finds out whether the store is well again.
  return (batch.empty() && !is_retry) || commit(batch);
}

bool EngineLoop::run_due_work(Batch& batch, std::size_t most) {
  const Instant now = batch_now_;
  if (now < due_again_at_) return true;
  while (next_due(state_) <= now) {
    const bool is_timer = next_timer(state_) <= now;
    if (batch_due_ >= (is_timer ? most : options_.max_batch_due)) return !is_timer;
    const CommandId id = new_command(now);
    auto outcome = run_due(state_, now, id);
    if (!outcome) return true;
    if (const auto problem = options_.unreadable(*outcome)) {
      revert(state_, *outcome);
      due_again_at_ = now + retry_due_after_ms;
      log_event(LogLevel::error, "due_work_cannot_be_kept", {{"problem", *problem}});
      return true;
    }
    Result<Outcome> result(*std::move(outcome));
    if (options_.witness != nullptr) {
      options_.witness->decided({id, {ActorKind::system, {}}, now, RunDue{}}, result);
    }
    batch.add(*std::move(result));
    ++batch_due_;
  }
  return true;
}

Result<Outcome> EngineLoop::execute_seen(const Envelope& envelope, const Batch& batch) {
  auto result = execute_keepable(envelope, batch);
  if (options_.witness != nullptr) options_.witness->decided(envelope, result);
  return result;
}

void EngineLoop::tell_state() {
  if (options_.witness != nullptr) options_.witness->state_is(state_);
}

// What an earlier batch has decided of it is found among the known results.
bool EngineLoop::decide(PushJob& job, Batch& batch) {
  job.reply = {};
  if (is_erased(job.task.user, batch)) {
    job.reply.error = wire::ErrorCode::unauthenticated;
    return true;
  }
  const auto decide = [&](const wire::PushedCommand& pushed) {
    return decide_pushed(job.task.user, pushed, batch);
  };
  return pushes_.answer(job.task, decide, batch, job.reply);
}

// Nothing is kept any more of who was signed in when the push came.
bool EngineLoop::is_erased(const UserId& user, const Batch& batch) {
  if (state_.find(user) != nullptr) return false;
  if (batch.erases(owner_of(user))) return true;
  const auto erased = store_.is_erased(to_string(owner_of(user)));
  if (!erased) throw std::runtime_error(erased.error().message);
  return *erased;
}

void EngineLoop::look_up_results(const std::list<Job>& jobs) {
  std::vector<std::string> commands;
  for (const Job& job : jobs) {
    const PushJob* push = std::get_if<PushJob>(&job);
    if (push == nullptr) continue;
    for (const wire::PushedCommand& pushed : push->task.request.commands) {
      commands.push_back(to_string(pushed.id));
    }
  }
  pushes_.look_up(store_, commands);
}

void EngineLoop::prefetch_for(const std::list<Job>& jobs) const {
  for (const PrefetchStep step : prefetch_steps) {
    for (const Job& job : jobs) {
      const PushJob* push = std::get_if<PushJob>(&job);
      if (push == nullptr) continue;
      const Actor actor{ActorKind::user, push->task.user};
      for (const wire::PushedCommand& pushed : push->task.request.commands) {
        prefetch(state_, actor, pushed.command, step);
      }
    }
  }
}

Result<Outcome> EngineLoop::execute_keepable(const Envelope& envelope, const Batch& batch) {
  auto outcome = execute(state_, envelope);
  if (!outcome) return outcome;
  const auto is_used = takes_used_id(store_, batch, *outcome);
  if (!is_used) throw std::runtime_error(is_used.error().message);
  if (*is_used) {
    revert(state_, *outcome);
    return std::unexpected(refuse_for_now(refusals::already_exists));
  }
  const auto problem = options_.unreadable(*outcome);
  if (!problem) return outcome;
  revert(state_, *outcome);
  log_event(LogLevel::error, "command_cannot_be_kept",
            {{"command", to_string(envelope.id)},
             {"type", envelope.command.type().name},
             {"user", to_string(envelope.actor.user)},
             {"problem", *problem}});
  return std::unexpected(refuse_for_now(refusals::cannot_be_kept));
}

std::optional<wire::CommandResult> EngineLoop::decide_pushed(const UserId& user,
                                                             const wire::PushedCommand& pushed,
                                                             Batch& batch) {
  if (!run_due_work(batch)) return std::nullopt;
  auto outcome =
      execute_seen({pushed.id, {ActorKind::user, user}, batch_now_, pushed.command}, batch);
  wire::CommandResult result;
  result.seq = pushed.seq;
  result.id = pushed.id;
  result.accepted = outcome.has_value();
  result.revision = static_cast<std::uint64_t>(revision_ + 1);
  if (outcome)
    batch.add(std::move(*outcome));
  else
    result.rejection = std::move(outcome.error());
  return result;
}

bool EngineLoop::decide(ConsoleJob& job, Batch& batch) {
  if (!run_due_work(batch)) return false;
  const std::size_t before = batch.outcome_count();
  for (std::size_t i = 0; i < job.task.commands.size(); ++i) {
    // All or nothing: what falls due between its commands belongs to the same commit.
    run_due_work(batch, std::numeric_limits<std::size_t>::max());
    const Envelope envelope{new_command(batch_now_), job.task.actor, batch_now_,
                            job.task.commands[i]};
    auto outcome = execute_seen(envelope, batch);
    if (outcome) {
      batch.add(std::move(*outcome));
      continue;
    }
    batch.revert_to(state_, before);
    tell_state();
    job.reply.rejection = std::move(outcome.error());
    job.reply.rejected_command = i;
    return true;
  }
  batch.credentials.insert(batch.credentials.end(), job.task.credentials.begin(),
                           job.task.credentials.end());
  return true;
}

bool EngineLoop::decide(ClockJob& job, Batch& batch) {
  const bool was_moved = job.moved;  // by an earlier batch
  if (!was_moved) job.moved = clock_.advance_to(job.to);
  if (!job.moved) return true;
  batch_now_ = clock_.now();
  return run_due_work(batch) && (next_due(state_) > batch_now_ || batch_now_ < due_again_at_);
}

std::vector<std::string> EngineLoop::forgotten_clients(const CommitBatch& commit) const {
  std::vector<std::string> forgotten = pushes_.surplus(commit.clients);
  for (const std::string& owner : commit.erased_owners) {
    const auto erased = pushes_.clients_of(owner.substr(owner.find(':') + 1));
    forgotten.insert(forgotten.end(), erased.begin(), erased.end());
  }
  return forgotten;
}

bool EngineLoop::commit(Batch& batch) {
  CommitBatch commit = batch.finish(state_, revision_ + 1, batch_now_);
  commit.forgotten_clients = forgotten_clients(commit);
  if (tells_row_form_) commit.row_form = wire::row_form;
  const auto committed = store_.commit(commit);
  if (!committed) {
    batch.revert_all(state_);
    tell_state();
    health_.failed(committed.error(), batch_now_);
    return false;
  }
  health_.succeeded(batch_now_);
  if (rights_ended_) {
    for (const UserId& user : batch.ended_users()) rights_ended_(user);
  }
  revision_ = commit.revision;
  tells_row_form_ = false;
  pushes_.committed(commit);
  directory_.put(batch.for_directory(), batch.gone_from_directory());
  if (commit.erased_owners.empty()) {
    hub_.publish(batch.touched_audiences(), revision_);
  } else {  // every replica begins anew
    hub_.publish_to_everyone(revision_);
  }
  return true;
}

void EngineLoop::watch_clock() {
  const ClockStatus status = clock_.status();
  if (status.state == clock_status_.state) return;
  clock_status_ = status;
  if (status.state == ClockState::good) {
    log_event(LogLevel::info, "clock_agrees", {{"message", "with the machine's clock again"}});
    return;
  }
  log_event(LogLevel::warn, "clock_differs",
            {{"state", name_of(status.state)}, {"ahead_ms", status.ahead_ms}});
}

void EngineLoop::answer(Job& job, bool committed) noexcept {
  std::visit(Overloaded{[&](PushJob& push) {
                          if (!committed) {
                            push.reply = {};
                            push.reply.error = wire::ErrorCode::unavailable;
                            push.reply.fault = health().fault;
                          }
                          push.reply.server_now = batch_now_;
                          push.answer.give(std::move(push.reply));
                        },
                        [&](ConsoleJob& console) {
                          console.reply.unavailable = !committed;
                          console.answer.set_value(std::move(console.reply));
                        },
                        [&](ClockJob& clock) { clock.answer.set_value(clock.moved); },
                        [&](InspectJob& inspect) { look(inspect); }},
             job);
}

void EngineLoop::look(InspectJob& job) noexcept {
  if (health_.must_reload()) {  // there is nothing to look at; the promise is broken, which says so
    const std::promise<void> broken = std::move(job.answer);
    return;
  }
  try {
    job.look(state_);
    job.answer.set_value();
  } catch (const std::exception&) {
    job.answer.set_exception(std::current_exception());
  }
}

void EngineLoop::prune_now_and_then() {
  const Instant now = clock_.now();
  if (now < next_prune_at_) return;
  const std::int64_t before_ms = now.ms - options_.results_kept_ms;
  const std::int64_t ledger_before_ms = now.ms - state_.domains().retention()(state_);
  const auto is_more_left = store_.prune(before_ms, options_.revisions_kept, ledger_before_ms);
  next_prune_at_ =
      now + (is_more_left && *is_more_left ? prune_next_step_ms : options_.prune_every_ms);
  if (!is_more_left) {
    log_event(LogLevel::warn, "prune_failed", {{"message", is_more_left.error().message}});
    return;
  }
  pushes_.forget_before(before_ms);
  // Not after each of many steps: it holds up everybody, and longer when a reader is in its way.
  if (!store_.head().sweep_owed || *is_more_left) return;
  if (const auto swept = store_.sweep(); !swept) {
    log_event(LogLevel::warn, "erased_not_swept", {{"message", swept.error().message}});
  }
}

}  // namespace yuanyue
