// What a domain brings, and the domains that a program knows.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/fact.h"
#include "core/kernel/kind.h"
#include "core/kernel/prefetch.h"
#include "core/kernel/row.h"

namespace yuanyue {

// A domain's answer to a fact of its own or of a domain below, in the same transaction. It cannot
// refuse: the command's sender could not understand why.
struct Reaction {
  const FactTypeBase* fact = nullptr;
  void (*run)(Transaction& transaction, const void* fact) = nullptr;
};
template <class Function>
struct FactOf;
template <IsFact Value>
struct FactOf<void (*)(Transaction&, const Value&)> {
  using Type = Value;
};
// reaction<note_the_move>: void note_the_move(Transaction&, const BookingMoved&)
template <auto function>
inline constexpr Reaction reaction{
    .fact = &FactOf<decltype(function)>::Type::type,
    .run = [](Transaction& transaction, const void* fact) {
      function(transaction, *static_cast<const typename FactOf<decltype(function)>::Type*>(fact));
    }};

template <class... Part>
consteval bool differ() {
  const std::uint8_t numbers[] = {Part::number.value...};
  for (std::size_t i = 0; i < sizeof...(Part); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (numbers[i] == numbers[j]) return false;
    }
  }
  return true;
}
template <IsRow... Row>
inline constexpr const RowTypeBase* row_types[] = {&Row::type...};
template <IsCommand... Command>
inline constexpr const CommandTypeBase* command_types[] = {&Command::type...};

struct Domain {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_domains_does_it_stand_on, std::span<const Domain* const>> stands_on;
  Required<struct what_rows_has_it, std::span<const RowTypeBase* const>> rows;
  Required<struct what_indexes_has_it, std::span<const PartType>> indexes;
  Required<struct what_commands_has_it, std::span<const CommandTypeBase* const>> commands;
  Required<struct what_events_has_it, std::span<const EventKindBase* const>> events;
  Required<struct what_notices_has_it, std::span<const NoticeKindBase* const>> notices;
  Required<struct what_refusals_has_it, std::span<const RefusalKindBase* const>> refusals;
  Required<struct what_ways_forward_has_it, std::span<const WayKindBase* const>> ways;
  Required<struct what_does_it_react_to, std::span<const Reaction>> reactions;
  Required<struct what_will_its_commands_read, Prefetch> prefetch;
};

// What an actor may do in a scope.
enum class Grant : std::uint8_t {
  given,
  elsewhere,  // in other scopes: what was named does not exist for this actor
  none,
};
// Who may do what: the one thing that the kernel asks of the domain of people.
using Grants = Grant (*)(const State& state, const Actor& actor, const Need& need);

// For how many milliseconds a row stays when it is finished, by the park's policy as it is now;
// asked of the domain of the catalog, often.
using Retention = std::int64_t (*)(const State& state);

// Made from a program's list in core/domains; read only, any thread. Stops the program when a
// domain is missing below another or a name is taken twice.
class Domains {
 public:
  Domains(std::span<const Domain* const> domains, Grants grants, Retention retention);
  // Null: there is no such type.
  const CommandTypeBase* command(std::string_view name) const;
  const RowTypeBase* row(std::string_view name) const;
  const EventKindBase* event(std::string_view name) const;
  const NoticeKindBase* notice(std::string_view name) const;
  const RefusalKindBase* refusal(std::string_view name) const;
  const WayKindBase* way(std::string_view name) const;
  // By name.
  std::span<const RowTypeBase* const> rows() const { return rows_; }
  std::span<const CommandTypeBase* const> commands() const { return commands_; }
  std::span<const EventKindBase* const> events() const { return events_; }
  std::span<const NoticeKindBase* const> notices() const { return notices_; }
  std::span<const RefusalKindBase* const> refusals() const { return refusals_; }
  std::span<const WayKindBase* const> ways() const { return ways_; }
  std::span<const Reaction> reactions_to(const FactTypeBase& fact) const;
  std::span<const PartType> parts() const { return parts_; }
  std::span<const Prefetch> prefetches() const { return prefetches_; }
  Grants grants() const { return grants_; }
  Retention retention() const { return retention_; }

 private:
  Grants grants_;
  Retention retention_;
  std::vector<PartType> parts_;
  std::vector<const RowTypeBase*> rows_;
  std::vector<const CommandTypeBase*> commands_;
  std::vector<const EventKindBase*> events_;
  std::vector<const NoticeKindBase*> notices_;
  std::vector<const RefusalKindBase*> refusals_;
  std::vector<const WayKindBase*> ways_;
  std::unordered_map<const FactTypeBase*, std::vector<Reaction>> reactions_;
  std::vector<Prefetch> prefetches_;
};

// The domains that this program knows. Defined by the list that it links: core/domains/server.cpp.
const Domains& known_domains();

}  // namespace yuanyue
