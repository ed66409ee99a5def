// Everything that the park keeps of an enterprise or a person goes, for good (个人信息保护法): rows
// of every domain here, and with the commit what the store has of them. What is open ends first.
// The ledger says that it happened, by the id.
#pragma once

#include "core/kernel/command.h"
#include "core/kernel/fact.h"
#include "core/people/ids.h"

namespace yuanyue {

// With its accounts.
struct EraseEnterprise {
  static const CommandType<EraseEnterprise> type;
  EnterpriseId enterprise;
  bool operator==(const EraseEnterprise&) const = default;
};

// An account; what its enterprise has booked stays the enterprise's.
struct EraseUser {
  static const CommandType<EraseUser> type;
  UserId user;
  bool operator==(const EraseUser&) const = default;
};

// It is about to go, its accounts have gone: what it has open ends now, told to others only.
struct EnterpriseLeaves {
  static const FactType<EnterpriseLeaves> type;
  EnterpriseId enterprise;
  bool operator==(const EnterpriseLeaves&) const = default;
};

}  // namespace yuanyue
