#include "core/domains/history.h"

#include "core/kernel/domain.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

std::string subject(std::string_view kind, const Uuid& id) {
  return std::string(kind) + ":" + to_string(id);
}

}  // namespace

const RowTypeBase* history_kind(std::string_view name) {
  const RowTypeBase* type = known_domains().row(name);
  return type != nullptr && type->is_in_history ? type : nullptr;
}

std::vector<std::string_view> history_kinds() {
  std::vector<std::string_view> names;
  for (const RowTypeBase* type : known_domains().rows()) {
    if (type->is_in_history) names.push_back(type->name);
  }
  return names;
}

ServiceId service_of(const RowRef& row) {
  const RowTypeBase& type = row.type();
  return type.is_in_history ? ServiceId(type.about(row.get())) : ServiceId();
}

std::string subject_of(const BookingId& booking) { return subject("booking", booking); }
std::string subject_of(const WaitlistEntryId& entry) { return subject("entry", entry); }
std::string subject_of(const CommandId& command) { return subject("command", command); }

std::string subject_of_erasing(const Owner& owner) { return "erased:" + to_string(owner); }

std::vector<std::string> timelines_of(const LedgerEntry& entry) {
  std::vector<std::string> subjects;
  const EventKindBase& kind = entry.kind.kind();
  for (const Subject& about : kind.subjects(kind, entry.kind.get())) {
    subjects.push_back(subject(about.kind, about.id));
  }
  if (const Owner erased = erased_by(entry)) subjects.push_back(subject_of_erasing(erased));
  return subjects;
}

}  // namespace yuanyue
