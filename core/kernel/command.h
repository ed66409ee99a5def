// What a command's header needs. Each command has one overload of decide(): it writes its changes
// through the transaction, or says why not. A refusal may leave changes behind; the engine takes
// them back.
#pragma once

#include <optional>

namespace yuanyue {

class Transaction;
struct Rejection;
using Refusal = std::optional<Rejection>;

}  // namespace yuanyue
