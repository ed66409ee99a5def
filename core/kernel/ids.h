// Ids of what the kernel itself keeps, of who acts, and for whom.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using CommandId = Id<struct CommandTag>;
using ClientId = Id<struct ClientTag>;  // of one replica: a browser's copy of the rows
using LedgerEntryId = Id<struct LedgerEntry>;
using UserId = Id<struct User>;
using EnterpriseId = Id<struct Enterprise>;

}  // namespace yuanyue
