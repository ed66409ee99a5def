// Confirmed rows, the commands on their way, and the prediction of what they do. Knows nothing of
// requests and storage; the sync client tells it what came.
//
// The state holds the confirmed rows with all predictions executed on top, in order. Whatever
// changes the rows underneath first takes the predictions back, newest first, and then executes
// again those that the rows do not contain yet.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"
#include "core/protocol/protocol.h"
#include "core/sync/sync_storage.h"

namespace yuanyue::sync {

// The server accepted a command.
struct CommandConfirmed {
  CommandId id;
  AnyCommand command;
};
// The server refused a command; its prediction, if there was one, is taken back.
struct CommandRefused {
  CommandId id;
  AnyCommand command;
  Rejection rejection;
};
// Accepted, but something else came of it than was shown (an entry got an offer at once, …).
struct CommandCorrected {
  CommandId id;
  AnyCommand command;
  std::vector<AnyKey> rows;  // the sender's own rows that came out differently
};
using CommandEvent = std::variant<CommandConfirmed, CommandRefused, CommandCorrected>;

class Replica {
 public:
  // How often the confirmed rows were replaced as a whole, and how many of the user's own have left
  // one by one. Only changes mean something.
  struct Losses {
    std::uint64_t resets = 0, rows = 0;
    bool operator==(const Losses&) const = default;
  };

  // A command between its submission and the moment when its result and its rows are both known.
  struct Pending {
    OutboxEntry entry;
    StorageTicket saving = 0;             // 0: written
    std::optional<Outcome> prediction{};  // as executed on the state
    std::optional<wire::CommandResult> result{};
    bool again = false;               // was accepted before, and forgotten by the server since
    bool asked_for = false;           // a pull was sent after the result came
    bool covered = false;             // the confirmed rows contain what it did
    std::vector<AnyKey> corrected{};  // found when it was covered
  };

  const State& state() const { return state_; }
  // The state as it would be after this command; `look` is not called for what would be refused.
  void suppose(const AnyCommand& command, Instant server_now,
               const std::function<void(const State&)>& look);
  const std::deque<Pending>& pending() const { return pending_; }
  std::deque<Pending>& pending() { return pending_; }
  std::size_t count_unsettled() const;
  std::size_t count_unsaved() const;         // of them those that the storage has not written
  bool is_known(const CommandId& id) const;  // on its way

  const std::vector<LedgerEntry>& timeline(const Uuid& id) const;
  bool is_pending(const Uuid& id) const { return touched_.contains(id); }
  const Losses& losses() const { return losses_; }

  void set_actor(const Actor& actor) { actor_ = actor; }
  void clear();
  // Confirmed rows and ledger go; the commands stay, without their predictions.
  void forget_rows();
  // What a storage held; predictions follow with predict_again.
  void load(const StoredReplica& stored);
  // The same, where work has been done already. The stored commands go before those that are here;
  // one that is known to both stays once. Returns the next free number, that of the first that was
  // here.
  enum class StoredRows : std::uint8_t { take, leave };
  std::uint64_t join(const StoredReplica& stored, StoredRows rows);
  // Confirmed rows and ledger, as a storage keeps them.
  void copy_confirmed(std::vector<AnyRow>& rows, std::vector<LedgerEntry>& ledger,
                      Instant server_now);

  // Ledger entries that are older than finished rows are kept go: a replica does not grow with
  // history. Whether that was a good part of what a storage holds, so that it should be written
  // anew. Requires: no predictions.
  bool forget_old_entries(Instant server_now);

  // Executes; the rejection when refused, and then nothing has changed.
  Result<Outcome> try_predict(const CommandId& id, const AnyCommand& command, Instant server_now);
  void add(Pending pending);

  // Takes all predictions back and executes again what is to be shown.
  void predict_again(Instant server_now);

  // A result from a push. True if it was waited for; then predict_again shows it.
  bool take_result(const wire::CommandResult& result);
  // A pull is sent: its answer contains the rows of everything settled by now, whatever its
  // last_seq says (a restored server may have forgotten the number).
  void pull_started();
  // A complete pull.
  void take_pull(const wire::PullResponse& response, Instant server_now);
  // Accepted commands that the server has forgotten, oldest first: they are on their way again.
  // Those whose rows have not been asked for since their result are left out; nothing can be said
  // of them.
  void take_forgotten(std::vector<OutboxEntry> forgotten, Instant server_now);
  // Whether the result came after the last pull was sent.
  bool is_ahead_of_pulls(const CommandId& id) const;
  // Removes a command that will never be sent.
  void drop(const CommandId& id, Instant server_now);
  // Removes commands whose result and rows are known, as events in the order of submission.
  std::vector<CommandEvent> take_settled();
  // For a new client id: numbers what has no result from 1 on. Returns the next free number.
  std::uint64_t renumber();

 private:
  struct Timeline {
    std::vector<LedgerEntry> entries;
    std::size_t confirmed = 0;  // the rest is predicted
  };

  void put_confirmed(const StoredReplica& stored);
  void take_back();
  void execute_pending(Instant server_now);
  void show(const Pending& pending);
  enum class Standing : std::uint8_t { confirmed, predicted };
  void add_to_timelines(const LedgerEntry& entry, Standing standing);
  void add_confirmed(const LedgerEntry& entry);
  void find_corrections();
  bool differs(const RowRef& predicted) const;

  Actor actor_;
  State state_;
  Losses losses_;
  std::deque<Pending> pending_;
  std::unordered_map<Uuid, Timeline, IdHash> timelines_;
  std::vector<Uuid> predicted_timelines_;  // those with predicted entries
  struct KnownEntry {
    std::size_t number = 0;  // which one it was
    Instant at;
  };
  std::unordered_map<Uuid, KnownEntry, IdHash> known_ledger_;
  std::size_t next_entry_ = 0;
  Instant next_forgetting_{INT64_MIN};
  std::unordered_set<Uuid, IdHash> touched_;  // own rows that rest on predictions
};

}  // namespace yuanyue::sync
