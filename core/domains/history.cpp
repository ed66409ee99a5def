#include "core/domains/history.h"

#include <algorithm>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/messages/notification.h"

namespace yuanyue {
namespace {

struct HistoryKind {
  const RowTypeBase* type;
  ServiceId (*service)(const RowRef& row);
};

constexpr HistoryKind kinds[] = {
    {&Booking::type, [](const RowRef& row) { return row.as<Booking>().block.service; }},
    {&Notification::type,
     [](const RowRef& row) {
       const auto& block = row.as<Notification>().block;
       return block ? block->service : ServiceId();
     }},
    {&Offer::type, [](const RowRef& row) { return row.as<Offer>().block.service; }},
    {&WaitlistEntry::type, [](const RowRef& row) { return row.as<WaitlistEntry>().service; }},
};

std::string subject(std::string_view kind, const Uuid& id) {
  return std::string(kind) + ":" + to_string(id);
}

}  // namespace

const RowTypeBase* history_kind(std::string_view name) {
  const auto found =
      std::ranges::find_if(kinds, [&](const HistoryKind& kind) { return kind.type->name == name; });
  return found == std::end(kinds) ? nullptr : found->type;
}

std::vector<std::string_view> history_kinds() {
  std::vector<std::string_view> names;
  for (const HistoryKind& kind : kinds) names.push_back(kind.type->name);
  return names;
}

ServiceId service_of(const RowRef& row) {
  const auto found = std::ranges::find_if(
      kinds, [&](const HistoryKind& kind) { return kind.type == &row.type(); });
  return found == std::end(kinds) ? ServiceId() : found->service(row);
}

std::string subject_of(const BookingId& booking) { return subject("booking", booking); }
std::string subject_of(const WaitlistEntryId& entry) { return subject("entry", entry); }
std::string subject_of(const CommandId& command) { return subject("command", command); }

std::vector<std::string> timelines_of(const LedgerEntry& entry) {
  std::vector<std::string> subjects;
  if (entry.booking) subjects.push_back(subject_of(entry.booking));
  if (entry.entry) subjects.push_back(subject_of(entry.entry));
  return subjects;
}

}  // namespace yuanyue
