#include "tests/core/support/judge.h"

#include <algorithm>
#include <utility>

#include "core/appointments/open_work.h"
#include "core/appointments/override_block.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/kernel/run_due.h"
#include "core/messages/mark_notifications_read.h"
#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/core/support/judge_book.h"
#include "tests/core/support/judge_trial.h"
#include "tests/core/support/judge_verdict.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

std::string code_of(const RefusalName& code) { return std::string(code.name()); }

// What falls due by itself and has not been done by now.
bool is_something_due(const Picture& park, Instant now) {
  const auto offer_is_over = [&](const OfferId& id) {
    return park.find<Offer>(id)->expires_at <= now;
  };
  const auto entry_is_due = [&](const WaitlistEntryId& id) {
    const auto* entry = park.find<WaitlistEntry>(id);
    return entry->promote_at <= now || entry->closes_at <= now;
  };
  const auto block_is_due = [&](const auto& each) {
    const Block& block = each.second;
    // A reserve that nobody waits for needs no release: the clock alone makes it public.
    const bool is_awaited = !book::places_in(park, block.key).empty();
    return (is_awaited && block.reserve_release_at <= now) ||
           to_instant(block.key.date, block.end) <= now;
  };
  return std::ranges::any_of(park.open_offers(), offer_is_over) ||
         std::ranges::any_of(park.open_entries(), entry_is_due) ||
         std::ranges::any_of(park.all<Block>(), block_is_due);
}

// Did the answer keep to the verdict? Empty: yes.
std::string difference(const Verdict& verdict, const Result<Outcome>& result) {
  if (result) {
    if (verdict.broken.empty()) return {};
    std::string sentence = "too generous: accepted against";
    for (const RefusalName code : verdict.broken) sentence += " " + code_of(code);
    return sentence;
  }
  const RefusalName code = result.error().code;
  if (verdict.broken.contains(code) || verdict.is_open) return {};
  if (verdict.broken.empty()) return "too strict: refused with " + code_of(code) + " for nothing";
  return "refused with " + code_of(code) + ", which does not hold";
}

template <class Record>
bool take_equal(std::vector<Record>& records, const Record& wanted) {
  const auto found = std::ranges::find(records, wanted);
  if (found == records.end()) return false;
  records.erase(found);
  return true;
}

std::string text_of(const LedgerEntry& entry) { return wire::encode(entry); }
std::string text_of(const Notification& row) { return wire::encode(AnyRow(row)); }

// Each record without its id, which only has to be its own.
template <class Record>
void compare(std::vector<Record> expected, std::vector<Record> written, const char* what,
             std::vector<std::string>& wrong) {
  for (Record& record : written) {
    record.id = {};
    if (!take_equal(expected, record)) {
      wrong.push_back(std::string(what) + " says what did not happen so: " + text_of(record));
    }
  }
  for (const Record& record : expected) {
    wrong.push_back(std::string(what) + " lacks: " + text_of(record));
  }
}

}  // namespace

Trial::Trial(Picture& park, const Envelope& envelope)
    : park_(park),
      envelope_(envelope),
      now_(envelope.now),
      own_(book::enterprise_of(park, envelope.actor)) {}

bool Trial::is_administration() const {
  return command<ImportCalendarYear>() != nullptr || command<SaveCatalog>() != nullptr ||
         command<OverrideBlock>() != nullptr || command<RemoveBlockOverride>() != nullptr ||
         command<SaveEnterprise>() != nullptr || command<SaveUser>() != nullptr ||
         command<EraseEnterprise>() != nullptr || command<EraseUser>() != nullptr;
}

bool Trial::leaves(const EnterpriseId& enterprise) const {
  const auto* erase = command<EraseEnterprise>();
  return erase != nullptr && erase->enterprise == enterprise;
}

bool Trial::expect(bool holds, std::string_view what) {
  if (!holds) wrong_.emplace_back(what);
  return holds;
}

LedgerEntry& Trial::fact(const EventKindBase& kind, const EnterpriseId& enterprise) {
  LedgerEntry& entry = facts_.emplace_back();
  entry.at = now_;
  entry.actor = envelope_.actor.user;
  entry.command = envelope_.id;
  entry.kind = Event(kind);
  entry.enterprise = enterprise;
  return entry;
}

LedgerEntry& Trial::entry_fact(const EventKindBase& kind, const WaitlistEntry& entry) {
  LedgerEntry& made = fact(kind, entry.enterprise);
  detail_of(made).entry = entry.id;
  detail_of(made).booking = entry.swap_booking;
  return made;
}

LedgerEntry& Trial::offer_fact(const EventKindBase& kind, const Offer& offer) {
  LedgerEntry& made = fact(kind, offer.enterprise);
  detail_of(made).offer = offer.id;
  detail_of(made).entry = offer.entry;
  detail_of(made).booking = offer.swap_booking;
  detail_of(made).block = offer.block;
  return made;
}

Notification& Trial::message(const NoticeKindBase& kind, const EnterpriseId& enterprise) {
  Notification& told = messages_.emplace_back();
  told.kind = NoticeOf(kind);
  told.enterprise = enterprise;
  told.at = now_;
  return told;
}

void Trial::run(const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    judge(change);
    park_.apply(change);
  }
  judge_touched();
  judge_places();
  judge_withdrawn();
  judge_administration();
  expect(!served_, "an entry is fulfilled without a seat");
  const bool asks_for_itself =
      !is_timer() && !is_administration() && command<MarkNotificationsRead>() == nullptr;
  expect(did_it_ || !asks_for_itself, "accepted, but not done");
  compare(std::move(facts_), outcome.ledger, "the ledger", wrong_);
  compare(std::move(messages_), std::move(written_messages_), "a message", wrong_);
}

std::vector<std::string> Judge::see(const Envelope& envelope, const Result<Outcome>& result) {
  std::vector<std::string> wrong;
  const bool is_timer = envelope.command.is<RunDue>();
  const bool is_due = is_something_due(picture_, envelope.now);
  const bool does_something = result && !result->changes().empty();
  const bool archives = does_something && result->changes().front().archived;
  if (is_due && !is_timer) wrong.emplace_back("something due was not done");
  if (is_due && is_timer && !does_something) wrong.emplace_back("a timer does nothing");
  if (is_due && archives) wrong.emplace_back("a row is archived while a timer waits");
  if (!is_due && is_timer && does_something && !archives)
    wrong.emplace_back("a timer runs before its time");
  std::string said = difference(verdict_on(picture_, envelope), result);
  if (!said.empty()) wrong.push_back(std::move(said));
  if (result) {
    Trial trial(picture_, envelope);
    trial.run(*result);
    for (std::string& sentence : trial.take_sentences()) wrong.push_back(std::move(sentence));
  }
  if (!wrong.empty()) {
    wrong.push_back("  by " + wire::encode(envelope.command) + " at " + to_string(envelope.now));
  }
  return wrong;
}

}  // namespace yuanyue::worlds
