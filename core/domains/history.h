// What can be asked of finished work: kinds of rows in the archive and the service that each is
// about, by the rows' own answers, and the subjects whose timeline a ledger entry belongs to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/appointments/ids.h"
#include "core/catalog/ids.h"
#include "core/kernel/ids.h"
#include "core/kernel/ledger.h"
#include "core/kernel/row.h"

namespace yuanyue {

// A kind of row whose history users ask for, by its name. Null: there is none of this name.
const RowTypeBase* history_kind(std::string_view name);
// The kinds by name.
std::vector<std::string_view> history_kinds();

// The service that a row is about; none: about none, or of no kind above.
ServiceId service_of(const RowRef& row);

// "booking:<uuid>", "entry:<uuid>", "command:<uuid>", "erased:user:<uuid>". The store finds entries
// by them.
std::string subject_of(const BookingId& booking);
std::string subject_of(const WaitlistEntryId& entry);
std::string subject_of(const CommandId& command);
std::string subject_of_erasing(const Owner& owner);
// In whose timelines an entry stands.
std::vector<std::string> timelines_of(const LedgerEntry& entry);

}  // namespace yuanyue
