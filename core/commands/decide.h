// One overload a command: writes its changes through the transaction, or says why not. A refusal
// may leave changes behind; the engine takes them back.
#pragma once

#include <optional>

#include "core/commands/command.h"
#include "core/engine/outcome.h"
#include "core/engine/transaction.h"

namespace yuanyue {

using Refusal = std::optional<Rejection>;

Refusal decide(Transaction& transaction, const BookAppointment& command);
Refusal decide(Transaction& transaction, const RescheduleBooking& command);
Refusal decide(Transaction& transaction, const UndoReschedule& command);
Refusal decide(Transaction& transaction, const CancelBooking& command);
Refusal decide(Transaction& transaction, const JoinWaitlist& command);
Refusal decide(Transaction& transaction, const ChangeWaitlistEntry& command);
Refusal decide(Transaction& transaction, const LeaveWaitlist& command);
Refusal decide(Transaction& transaction, const AcceptOffer& command);
Refusal decide(Transaction& transaction, const DeclineOffer& command);
Refusal decide(Transaction& transaction, const MarkNotificationsRead& command);
Refusal decide(Transaction& transaction, const ImportCalendarYear& command);
Refusal decide(Transaction& transaction, const SaveCatalog& command);
Refusal decide(Transaction& transaction, const OverrideBlock& command);
Refusal decide(Transaction& transaction, const RemoveBlockOverride& command);
Refusal decide(Transaction& transaction, const SaveEnterprise& command);
Refusal decide(Transaction& transaction, const SaveUser& command);
Refusal decide(Transaction& transaction, const RunDue& command);

}  // namespace yuanyue
