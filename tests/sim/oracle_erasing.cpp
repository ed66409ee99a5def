// Who was erased stays gone, wholly, and nobody else loses anything by it.
#include <algorithm>

#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/domains/codec.h"
#include "core/people/kinds.h"
#include "core/people/user.h"
#include "tests/sim/oracle.h"

namespace yuanyue::sim {
namespace {

std::string erased_name(const EnterpriseId& id) { return "enterprise:" + to_string(id); }
std::string erased_name(const UserId& id) { return "user:" + to_string(id); }

// From docs/rules.md rather than from core/people/grants.
std::vector<std::string> note_owners(const LedgerEntry& entry) {
  std::vector<std::string> owners;
  if (entry.enterprise) owners.push_back(erased_name(entry.enterprise));
  const auto* account = entry.kind.get_if<AccountEvent>();
  if (account != nullptr) owners.push_back(erased_name(account->user));
  if (account == nullptr && entry.enterprise && entry.actor)
    owners.push_back(erased_name(entry.actor));
  return owners;
}

}  // namespace

bool Oracle::is_erased(const UserId& user) const { return erased_.contains(erased_name(user)); }
bool Oracle::is_erased(const EnterpriseId& enterprise) const {
  return erased_.contains(erased_name(enterprise));
}

// What a batch has decided may be taken back, and decided again.
void Oracle::note_decided(const Outcome& outcome) {
  for (const LedgerEntry& entry : outcome.ledger) {
    if (entry.kind == events::enterprise_erased)
      asked_to_erase_.insert(erased_name(entry.enterprise));
    if (entry.kind == events::user_erased)
      asked_to_erase_.insert(erased_name(entry.kind.get_if<AccountEvent>()->user));
    if (!entry.note.empty()) notes_.insert_or_assign(entry.id, entry.note);
  }
  for (const RowChange& change : outcome.changes()) {
    if (change.before()) continue;
    if (const auto* row = change.after_if<Booking>())
      made_for_[key_of(change.row())] = row->enterprise;
    if (const auto* row = change.after_if<WaitlistEntry>())
      made_for_[key_of(change.row())] = row->enterprise;
  }
}

void Oracle::note_erased(Server& server) {
  for (const std::string& owner : asked_to_erase_) {
    if (erased_.contains(owner)) continue;
    const auto erased = server.store().is_erased(owner);
    if (!erased || !*erased) continue;
    erased_.insert(owner);
    counts_.add(Fault::owner_erased);
  }
  if (server.store().head().sweep_owed) counts_.add(Fault::erased_not_swept);
}

void Oracle::check_erasings(Server& server) {
  for (const std::string& owner : erased_) {
    const auto erased = server.store().is_erased(owner);
    if (!erased || !*erased) violation("an erasing is forgotten: " + owner);
  }
  note_erased(server);  // whose answer died with the process
}

void Oracle::see_erasings_undone(Server& server) {
  for (const std::string& owner : std::exchange(erased_, {})) {
    const auto erased = server.store().is_erased(owner);
    if (erased && *erased) erased_.insert(owner);
  }
}

void Oracle::check_note(const LedgerEntry& entry) {
  const auto owners = note_owners(entry);
  const bool is_gone = std::ranges::any_of(
      owners, [&](const std::string& owner) { return erased_.contains(owner); });
  const auto note = notes_.find(entry.id);
  if (is_gone && !entry.note.empty()) violation("a note of who was erased is left: " + entry.note);
  if (!is_gone && note != notes_.end() && entry.note != note->second) {
    violation("a note is lost or changed: " + wire::encode(entry));
  }
}

void Oracle::check_erased(Server& server) {
  const auto check = [&](const std::string& text) {
    for (const std::string& owner : erased_) {
      const std::string id = owner.substr(owner.find(':') + 1);
      // Of a person others' rows may say the id, which names nobody any more.
      const std::string own = owner.starts_with("user:") ? "\"id\":\"" + id : id;
      if (text.find(own) == std::string::npos) continue;
      std::string found = "something of ";
      found.append(owner).append(" is left: ").append(text);
      violation(found);
    }
  };
  const auto reader = server.store().reader();
  const auto rows =
      reader->each_row([&](const StoreHead&, const StoredRow& row) { check(row.json); });
  const auto archived = reader->each_archived_row([&](const StoredRow& row) { check(row.json); });
  if (!rows || !archived) violation("rows cannot be read");
  if (!erased_.empty() && server.store().head().sweep_owed) {
    violation("traces of who was erased are never swept");
  }
}

}  // namespace yuanyue::sim
