#include "tests/sim/oracle.h"

#include <algorithm>
#include <utility>

#include "backend/store/ledger_chain.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/join_waitlist.h"
#include "core/domains/codec.h"
#include "core/kernel/row.h"
#include "core/people/user.h"
#include "core/protocol/history.h"
#include "core/protocol/state_hash.h"
#include "core/sync/journal.h"
#include "tests/backend/support/failing_memory.h"
#include "tests/core/support/archive_rules.h"
#include "tests/core/support/every_type.h"

namespace yuanyue::sim {
namespace {

bool lowers_capacity(const AnyCommand& command) {
  return command.is<SaveCatalog>() || command.is<OverrideBlock>() ||
         command.is<RemoveBlockOverride>() || command.is<ImportCalendarYear>();
}

// Some commands may change nothing that is worth a fact.
bool leaves_facts(const AnyCommand& command) { return !command.is<MarkNotificationsRead>(); }

template <class Row, class... Public>
constexpr bool is_one_of = (std::is_same_v<Row, Public> || ...);

// Whose a row is; of none: everybody's. A new type must be named here.
template <class Row>
EnterpriseId owner_of(const Row& row) {
  if constexpr (std::is_same_v<Row, Enterprise>) {
    return row.id;
  } else if constexpr (is_one_of<Row, Booking, WaitlistEntry, WaitingPlace, Offer, Notification>) {
    return row.enterprise;
  } else {
    static_assert(
        is_one_of<Row, OfficialYear, Park, Hall, Department, Service, BlockOverride, Block, User>);
    return {};
  }
}

}  // namespace

std::vector<AnyRow> read_rows(Server& server, std::string& problem) {
  std::vector<AnyRow> rows;
  const auto loaded =
      load_rows(*server.store().reader(), [&](AnyRow row) { rows.push_back(std::move(row)); });
  if (!loaded) problem = loaded.error();
  return rows;
}

bool may_see(const User& user, const AnyRow& row) {
  if (user.disabled) return false;
  const bool is_administrator = user.role == Role::administrator;
  if (const auto* account = row.get_if<User>()) {
    return is_administrator || account->id == user.id;
  }
  EnterpriseId owner;
  worlds::EveryRow::visit(row, [&](const auto& each) { owner = owner_of(each); });
  return !owner || is_administrator || owner == user.enterprise;
}

void Oracle::violation(std::string sentence) {
  if (violations_.size() < 10) violations_.push_back(std::move(sentence));
}

std::size_t Oracle::accepted_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(said_, [](const auto& each) { return each.second.result.accepted; }));
}

// --- users -------------------------------------------------------------------------------------

void Oracle::submitted(const CommandId& id, const AnyCommand& command, const Device& device,
                       Instant now) {
  Given given;
  given.device = device.number;
  given.at = now;
  given.command = command;
  given.user = device.user;
  given_.emplace(id, std::move(given));
}

void Oracle::told(const sync::SyncEvent& event) {
  const auto note = [&](const CommandId& id, bool accepted) {
    const auto given = given_.find(id);
    if (given == given_.end()) return violation("a user is told of a command nobody gave");
    bool& flag = accepted ? given->second.accepted_told : given->second.refused_told;
    flag = true;
    const auto said = said_.find(id);
    if (said == said_.end()) {
      if (!given->second.lost_by_restore)
        violation("told before the server said it: " + to_string(id));
    } else if (said->second.result.accepted != accepted && !given->second.lost_by_restore) {
      violation("told otherwise than the server said: " + to_string(id));
    }
  };
  if (const auto* confirmed = std::get_if<sync::CommandConfirmed>(&event)) {
    note(confirmed->id, true);
  } else if (const auto* refused = std::get_if<sync::CommandRefused>(&event)) {
    counts_.add(Fault::command_refused);
    note(refused->id, false);
  } else if (const auto* corrected = std::get_if<sync::CommandCorrected>(&event)) {
    counts_.add(Fault::replica_corrected);
    note(corrected->id, true);
  }
}

void Oracle::page_closed(const Device& device, bool storage_was_disturbed) {
  for (auto& [id, given] : given_) {
    if (given.device != device.number || device.storage.keeps(id)) continue;
    if (!device.storage.has_ever_kept(id) || storage_was_disturbed) {
      (given.accepted_told ? given.device_forgot : given.may_be_lost) = true;
    }
  }
}

void Oracle::wiped(const Device& device) {
  for (auto& [id, given] : given_) {
    if (given.device == device.number) given.may_be_lost = true;
  }
}

void Oracle::signed_out(const Device& device, Instant now) {
  // The device's clock may be off by some hours.
  const Instant old = now - sync::journal_kept_ms + ms_per_day;
  const auto is_unsettled = [&](const Given& given) {
    return given.device == device.number && !given.accepted_told && !given.refused_told &&
           !given.may_be_lost;
  };
  // All of it stays as long as something of it is young.
  for (const auto& [id, given] : given_) {
    if (is_unsettled(given) && given.at > old) return;
  }
  for (auto& [id, given] : given_) given.may_be_lost |= is_unsettled(given);
}

const User* Oracle::rights_at(const UserId& user, std::int64_t epoch, std::int64_t revision) const {
  const auto found = rights_.find(user);
  if (found == rights_.end()) return nullptr;
  const User* rights = nullptr;
  for (const Rights& each : found->second) {
    if (each.epoch == epoch && each.revision <= revision) rights = &each.user;
  }
  return rights;
}

void Oracle::pulled(const Device& device, const std::string& body) {
  if (body.find("\"reset\":true") != std::string::npos) counts_.add(Fault::replica_reset);
  static constexpr std::string_view before = "{\"cookie\":\"";
  const std::string_view rest = std::string_view(body).substr(before.size());
  const auto cookie = wire::parse_cookie(rest.substr(0, rest.find('"')));
  if (!body.starts_with(before) || !cookie) return violation("a pull's answer has no cookie");
  const User* user = rights_at(device.user, static_cast<std::int64_t>(cookie->epoch),
                               static_cast<std::int64_t>(cookie->revision));
  if (user == nullptr || device.page == nullptr) return;
  const State& state = device.page->client.state();
  const auto check = [&](const auto& row) {
    if (!may_see(*user, AnyRow(row))) {
      violation("device " + std::to_string(device.number) +
                " holds a row that its user may not see: " + wire::encode(AnyRow(row)));
    }
  };
  state.for_each<User>(check);
  state.for_each<Enterprise>(check);
  state.for_each<Booking>(check);
  state.for_each<WaitlistEntry>(check);
  state.for_each<Offer>(check);
  state.for_each<Notification>(check);
}

void Oracle::state_is(const State& state) {
  const EnoughMemory memory;
  judge_.begin(state);
}

void Oracle::decided(const Envelope& envelope, const Result<Outcome>& result) {
  const EnoughMemory memory;
  for (std::string& sentence : judge_.see(envelope, result)) violation(std::move(sentence));
  if (!result) return;
  for (const RowChange& change : result->changes()) {
    if (change.archived) counts_.add(Fault::row_archived);
  }
  note_decided(*result);
}

// --- the server --------------------------------------------------------------------------------

void Oracle::answered(const Answer& answer) {
  if (answer.answer.status != 200) return;
  if (answer.request.kind == Request::Kind::pull) {
    if (answer.answer.body.find("\"results\":[]") != std::string::npos) return;
    const auto response = wire::decode_pull_response(answer.answer.body);
    if (!response) return violation("a pull's answer cannot be read");
    for (const wire::CommandResult& result : response->results) said(result, answer.request.user);
    return;
  }
  const auto request = wire::decode_push_request(answer.request.body);
  const auto response = wire::decode_push_response(answer.answer.body);
  if (!request || !response || request->commands.size() != response->results.size()) {
    return violation("a push's answer cannot be read or is incomplete");
  }
  for (std::size_t i = 0; i < response->results.size(); ++i) {
    const wire::CommandResult& result = response->results[i];
    if (result.id != request->commands[i].id || result.seq != request->commands[i].seq) {
      violation("an answer for another command");
    }
    said(result, answer.request.user);
    received(request->commands[i].command);
  }
}

void Oracle::said(wire::CommandResult result, const UserId& user) {
  result.seq = 0;  // may differ: sent again under a new client
  const auto [known, is_first] = said_.try_emplace(result.id, Said{result, user});
  if (!is_first && wire::encode(known->second.result) != wire::encode(result)) {
    violation("two answers to one command: " + wire::encode(known->second.result) + " and " +
              wire::encode(result));
  }
  said_since_start_.insert(result.id);
  const auto given = given_.find(result.id);
  if (is_first && given != given_.end() && given->second.lost_by_restore) {
    counts_.add(Fault::command_sent_again);
  }
}

void Oracle::received(const AnyCommand& command) {
  may_lower_capacity_ |= lowers_capacity(command);
}

void Oracle::note_rights(Server& server) {
  const StoreHead head = server.store().head();
  for (const auto& [id, user] : server.users()) {
    auto& history = rights_[id];
    const bool is_new =
        history.empty() || history.back().epoch != head.epoch || history.back().user != user;
    if (is_new) history.push_back({head.epoch, head.revision, user});
  }
}

void Oracle::stepped(Server& server) {
  said_head_ = server.store().head();
  note_rights(server);
  note_erased(server);
  if (++steps_ % 4 == 0 || may_lower_capacity_) check_state(server);
}

void Oracle::check_state(Server& server) {
  server.look([&](const State& state) {
    const Instant now = server.now();
    if (next_due(state) <= now) return;  // a batch was taken back; it is run again
    for (const std::string& sentence : worlds::broken_invariants(state, now)) {
      violation("the server's state: " + sentence);
    }
    worlds::Excess excess = worlds::excess_of(state, now);
    for (const auto& [key, over] : excess) {
      const auto before = excess_.find(key);
      if (!may_lower_capacity_ && over > (before == excess_.end() ? 0 : before->second)) {
        violation("over capacity on " + to_string(key.date) + " " + to_string(key.start));
      }
    }
    excess_ = std::move(excess);
    may_lower_capacity_ = false;
  });
}

// Every answer that was given must still stand, as it was given.
void Oracle::check_kept(Server& server, bool everything) {
  std::vector<std::string> ids;
  if (everything) {
    for (const auto& [id, said] : said_) ids.push_back(to_string(id));
  } else {
    for (const CommandId& id : said_since_start_) ids.push_back(to_string(id));
  }
  said_since_start_.clear();
  const auto stored = server.store().results(ids);
  if (!stored) return violation("results cannot be read: " + stored.error().message);
  for (const std::string& id : ids) {
    const auto found = stored->find(id);
    if (is_erased(said_.at(CommandId(parse_uuid(id).value())).user)) continue;
    if (found == stored->end()) {
      violation("an acknowledged command is not in the store: " + id);
      continue;
    }
    auto result = wire::decode_command_result(found->second.json);
    if (!result) {
      violation("a stored result cannot be read");
      continue;
    }
    result->seq = 0;
    const Said& said = said_.at(CommandId(parse_uuid(id).value()));
    if (wire::encode(*result) != wire::encode(said.result) &&
        found->second.user == to_string(said.user)) {
      violation("an acknowledged result has changed: " + id);
    }
  }
}

void Oracle::check_ledger(Server& server) {
  const auto reader = server.store().reader();
  const auto check = verify_ledger(*reader);
  if (!check) return violation("the ledger cannot be read: " + check.error().message);
  if (check->first_bad != 0) violation("the ledger is broken: " + check->problem);
  std::set<LedgerEntryId> ids;
  std::set<CommandId> with_facts;
  CommandId last;
  const auto read = reader->each_ledger_entry([&](const StoredLedgerEntry& stored) {
    const auto entry = wire::decode_ledger_entry(stored.json);
    if (!entry) {
      violation("a ledger entry cannot be read");
      return false;
    }
    if (!ids.insert(entry->id).second) violation("a fact stands twice in the ledger");
    if (entry->command != last && !with_facts.insert(entry->command).second) {
      violation("a command took effect twice: " + to_string(entry->command));
    }
    last = entry->command;
    check_note(*entry);
    if (stored.number == said_head_.ledger_entries && stored.hash != said_head_.ledger_hash) {
      violation("the ledger is not the one that was acknowledged");
    }
    return true;
  });
  if (!read) violation("the ledger cannot be read: " + read.error().message);
  if (static_cast<std::int64_t>(ids.size()) < said_head_.ledger_entries) {
    violation("acknowledged facts are missing at the ledger's end");
  }
  for (const auto& [id, said] : said_) {
    const auto given = given_.find(id);
    if (given == given_.end() || !leaves_facts(given->second.command)) continue;
    const bool has_facts = with_facts.contains(id);
    if (said.result.accepted && !has_facts) violation("an accepted command is not in the ledger");
    if (!said.result.accepted && has_facts) violation("a refused command is in the ledger");
  }
}

void Oracle::started(Server& server) {
  const StoreHead head = server.store().head();
  if (said_head_.epoch != 0 && head.epoch != said_head_.epoch) violation("the epoch has changed");
  if (head.revision < said_head_.revision) violation("acknowledged commits are missing");
  check_erasings(server);
  check_kept(server, false);
  check_ledger(server);
  note_rights(server);
  said_head_ = head;
  may_lower_capacity_ = true;  // by a command whose answer died with the process
}

Oracle::Backup Oracle::backed_up(const std::string& file, Server& server) const {
  return {file, server.store().head(), said_};
}

void Oracle::restored(const Backup& backup, Server& server) {
  const StoreHead head = server.store().head();
  if (head.revision != backup.head.revision || head.ledger_hash != backup.head.ledger_hash) {
    violation("a restored store is not what was backed up");
  }
  if (head.epoch == said_head_.epoch) violation("a restored store has the old epoch");
  said_head_ = head;
  for (const auto& [id, said] : said_) {
    const auto found = given_.find(id);
    if (backup.said.contains(id) || found == given_.end()) continue;
    Given& given = found->second;
    given.lost_by_restore = true;
    // Whoever still knows must send it again, and be told if it no longer holds.
    if (said.result.accepted) given.accepted_told = false;
    given.may_be_lost |= given.device_forgot || !leaves_facts(given.command);
  }
  said_ = backup.said;
  said_since_start_.clear();
  excess_.clear();
  may_lower_capacity_ = true;
  see_erasings_undone(server);
  check_kept(server, true);
  check_ledger(server);
  note_rights(server);
}

// --- the end -----------------------------------------------------------------------------------

void Oracle::check_answers(Server& server) {
  std::vector<std::string> ids;
  ids.reserve(given_.size());
  for (const auto& [id, given] : given_) ids.push_back(to_string(id));
  const auto stored = server.store().results(ids);
  if (!stored) return violation("results cannot be read: " + stored.error().message);
  for (const auto& [id, given] : given_) {
    if (given.accepted_told || given.refused_told || given.may_be_lost) continue;
    if (is_erased(given.user)) continue;
    if (!stored->contains(to_string(id))) {
      violation("silence: the command " + to_string(id) + " of device " +
                std::to_string(given.device) + " is neither at the server nor told of");
    }
  }
}

void Oracle::check_replicas(Server& server, const std::vector<std::unique_ptr<Device>>& devices) {
  std::string problem;
  const std::vector<AnyRow> rows = read_rows(server, problem);
  if (!problem.empty()) return violation("rows cannot be read: " + problem);
  State all;
  for (const AnyRow& row : rows) all.put(row);
  server.look([&](const State& state) {
    if (wire::state_hash(state) != wire::state_hash(all)) {
      violation("the state in memory is not the one on the disk");
    }
  });
  for (const auto& device : devices) {
    const std::string name = "device " + std::to_string(device->number);
    if (device->page == nullptr) continue;
    const sync::SyncClient& client = device->page->client;
    const User* user = all.find(device->user);
    State visible;
    for (const AnyRow& row : rows) {
      if (user != nullptr && may_see(*user, row)) visible.put(row);
    }
    const std::uint64_t expected = wire::state_hash(visible);
    if (client.status().pending != 0) violation(name + " still has commands to send");
    if (client.status().connection != sync::Connection::online) violation(name + " is not online");
    if (wire::state_hash(client.state()) != expected) {
      violation(name + " does not show what its user may see");
    }
    if (client.status().storage_failed) violation(name + "'s storage has not recovered");
    if (device->storage.rows_hash() != expected) {
      violation(name + " does not keep what its user may see");
    }
    if (device->storage.unsettled() != 0) violation(name + " keeps commands that are settled");
  }
}

void Oracle::converged(Server& server, const std::vector<std::unique_ptr<Device>>& devices) {
  check_state(server);
  check_kept(server, true);
  check_ledger(server);
  check_answers(server);
  check_archive(server);
  check_replicas(server, devices);
  check_erased(server);
}

}  // namespace yuanyue::sim
