// The server: the real store on the simulated disk, the real engine loop stepped by the simulation,
// the real answers of the HTTP routes. A process that can end at any change of the disk.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/engine_loop/engine_loop.h"
#include "core/sync/sync_transport.h"
#include "tests/sim/disk/sqlite_disk.h"

namespace yuanyue::sim {

struct Request {
  std::uint64_t id = 0;
  enum class Kind : std::uint8_t { push, pull };
  Kind kind = Kind::pull;
  UserId user;  // whose session it carries
  bool has_session = true;
  std::string path;
  std::string body;
};

struct Answer {
  Request request;
  sync::TransportAnswer answer;
};

inline constexpr const char* store_name = "yuanyue.db";

class Server {
 public:
  Server(Disk& disk, std::uint64_t seed, FaultCounts& counts, EngineOptions options,
         int checkpoint_pages, std::vector<UserId> users, bool short_of_memory);
  ~Server();

  // Opens the store and loads it. The problem when it does not start.
  std::optional<std::string> start(Instant machine_now);
  bool is_up() const { return process_ != nullptr; }
  void end();  // the process's objects go away, whatever the disk says to that

  void set_time(Instant now);  // of the machine
  void heal() { short_of_memory_ = false; }
  void receive(Request request);
  void run(ConsoleTask task);
  // One turn of the writer thread and of the threads that read; answers what can be answered now.
  std::vector<Answer> step();
  bool has_work() const;
  Instant next_step_at() const;
  // How the last console task ended; nullopt while it runs.
  const std::optional<ConsoleReply>& console_reply() const { return console_reply_; }

  Store& store();
  // A page of history as this user's page would be answered.
  sync::TransportAnswer history(const User& user,
                                const std::map<std::string, std::string>& query) const;
  // The state as it is committed.
  void look(const std::function<void(const State&)>& look);
  std::map<UserId, User> users() const;  // as the threads that answer requests know them
  Instant now();
  // Whether anybody came near what one user may ask for. Nobody here means any harm.
  bool near_quota() const { return near_quota_; }

 private:
  struct Process;
  struct PushUnderWay {
    Request request;
    std::future<PushReply> reply;
  };
  struct Pull {
    Request request;
    User user;  // as the guard saw it when the request came
    Instant until;
    sync::TransportAnswer first;  // while it waits for news
    std::int64_t revision = 0;
  };

  void take_pull(Pull pull, std::vector<Answer>& answers);
  sync::TransportAnswer ask_pull(const Pull& pull) const;
  // One step of the writer thread, which may find no memory.
  void step_engine();
  void answer_what_is_decided(std::vector<Answer>& answers);
  void look_at_waiting(std::vector<Answer>& answers);

  Disk& disk_;
  worlds::Random random_;
  FaultCounts& counts_;
  EngineOptions options_;
  int checkpoint_pages_;
  std::vector<UserId> users_;
  bool short_of_memory_;
  Instant machine_now_;
  std::unique_ptr<Process> process_;
  std::vector<PushUnderWay> pushes_;
  std::vector<Pull> pulls_;    // not looked at yet
  std::vector<Pull> waiting_;  // long polls
  std::optional<std::future<ConsoleReply>> console_;
  std::optional<ConsoleReply> console_reply_;
  bool near_quota_ = false;
};

// What a query says, percent-decoded as far as this client's queries need it.
std::optional<std::string> query_value(std::string_view path, std::string_view name);

}  // namespace yuanyue::sim
