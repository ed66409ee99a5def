// What must be true whatever happens, from what was said and seen, without the code it checks:
//
// - what the server has answered stays: same results, and a ledger that only grows, unless it was
//   restored from a backup;
// - no command has its effects twice, and none is refused once and accepted once;
// - a command that a device has kept is answered for: never silence;
// - no seat is given twice, queues keep their order (tests/core/support/invariants);
// - a replica holds no row that its user may not see at the revision it stands for, and in the end
//   exactly those that it may;
// - what was accepted is among the rows or in the archive, once, and history gives it to who may
//   see it and to nobody else;
// - who was erased stays so, in rows, archive, notes and replicas, until a restore, and others lose
//   nothing by it (oracle_erasing.cpp);
// - every decision of the engine keeps the rules, in both directions (tests/core/support/judge).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/protocol/protocol.h"
#include "tests/core/support/invariants.h"
#include "tests/core/support/judge.h"
#include "tests/sim/device.h"
#include "tests/sim/server.h"

namespace yuanyue::sim {

class Oracle : public DecisionWitness {
 public:
  explicit Oracle(FaultCounts& counts) : counts_(counts) {}

  // --- what users do and are told ---
  void submitted(const CommandId& id, const AnyCommand& command, const Device& device, Instant now);
  void told(const sync::SyncEvent& event);
  // The page is closed: what the device had no time to keep, its user may lose.
  void page_closed(const Device& device, bool storage_was_disturbed);
  void wiped(const Device& device);  // by another user's sign-in
  // Its session has ended: what was not sent stays for its user until 30 days after the last of it
  // (docs/decisions.md, 38).
  void signed_out(const Device& device, Instant now);
  void pulled(const Device& device, const std::string& body);

  // --- what the engine decides ---
  void state_is(const State& state) override;
  void decided(const Envelope& envelope, const Result<Outcome>& result) override;

  // --- what the server says ---
  struct Said {
    wire::CommandResult result;
    UserId user;
  };
  struct Backup {
    std::string file;
    StoreHead head;
    std::map<CommandId, Said> said;  // until then, in that history
  };
  void answered(const Answer& answer);
  void received(const AnyCommand& command);  // on its way to the engine
  void stepped(Server& server);
  void started(Server& server);
  Backup backed_up(const std::string& file, Server& server) const;
  void restored(const Backup& backup, Server& server);

  // --- when all faults have stopped and all is quiet ---
  void converged(Server& server, const std::vector<std::unique_ptr<Device>>& devices);

  // As the store says it.
  bool is_erased(const UserId& user) const;
  bool is_erased(const EnterpriseId& enterprise) const;

  const std::vector<std::string>& violations() const { return violations_; }
  void violation(std::string sentence);
  std::size_t submitted_count() const { return given_.size(); }
  std::size_t accepted_count() const;

 private:
  struct Given {
    std::size_t device = 0;
    AnyCommand command;
    UserId user;
    Instant at;  // it was submitted
    bool accepted_told = false;
    bool refused_told = false;
    bool may_be_lost = false;
    bool device_forgot = false;  // that it was accepted
    bool lost_by_restore = false;
  };
  struct Rights {
    std::int64_t epoch = 0;
    std::int64_t revision = 0;  // from here on
    User user;
  };

  void said(wire::CommandResult result, const UserId& user);
  void check_kept(Server& server, bool everything);
  void check_ledger(Server& server);
  void check_state(Server& server);
  void check_answers(Server& server);
  void check_archive(Server& server);
  void check_history(Server& server, const std::vector<AnyRow>& archived);
  void check_replicas(Server& server, const std::vector<std::unique_ptr<Device>>& devices);
  void note_decided(const Outcome& outcome);
  void note_erased(Server& server);
  void check_erasings(Server& server);       // after a start
  void see_erasings_undone(Server& server);  // after a restore
  void check_note(const LedgerEntry& entry);
  void check_erased(Server& server);
  void note_rights(Server& server);
  const User* rights_at(const UserId& user, std::int64_t epoch, std::int64_t revision) const;

  FaultCounts& counts_;
  std::vector<std::string> violations_;
  std::map<CommandId, Given> given_;
  std::map<CommandId, Said> said_;  // by the server, in the present history
  std::set<CommandId> said_since_start_;
  StoreHead said_head_;  // at the last answer
  std::map<UserId, std::vector<Rights>> rights_;
  std::set<std::string> asked_to_erase_;  // "user:<uuid>"
  std::set<std::string> erased_;
  std::map<LedgerEntryId, std::string> notes_;  // as they were decided
  std::map<AnyKey, EnterpriseId> made_for_;     // bookings and entries
  worlds::Excess excess_;
  worlds::Judge judge_;
  bool may_lower_capacity_ = true;
  std::uint64_t steps_ = 0;
};

// All that are not archived. `problem`: why they cannot be read.
std::vector<AnyRow> read_rows(Server& server, std::string& problem);

// May this user see the row? Said again, from docs/rules.md rather than from
// core/people/grants.
bool may_see(const User& user, const AnyRow& row);

}  // namespace yuanyue::sim
