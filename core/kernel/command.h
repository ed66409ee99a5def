// What a command type is, and who sends one. A command is an imperative with all it needs: ids are
// made by who sends it, the instant and the actor come in its envelope.
//
// A command on something that its sender saw carries what was seen of it, as far as that may have
// changed meanwhile and matters for the decision; seen otherwise it is answered with `stale`.
#pragma once

#include <cstdint>
#include <optional>

#include "core/kernel/ids.h"
#include "core/kernel/row.h"

namespace yuanyue {

struct Rejection;
using Refusal = std::optional<Rejection>;

// Who asks. The console is an administrator at the server's own command line.
enum class ActorKind : std::uint8_t { user, console, system };
struct Actor {
  ActorKind kind = ActorKind::user;
  UserId user;
  bool operator==(const Actor&) const = default;
};

// Who holds a permission: members in the scope of their enterprise, the others everywhere.
enum class Holder : std::uint8_t {
  member,
  administrator,  // and the console
  console,
  system,
};
struct Permission {
  std::string_view name;
  Holder holder;
  consteval Permission(std::string_view its_name, Holder its_holder)
      : name(its_name), holder(its_holder) {}
};
// A permission in a scope, never a role. The scope is a row: a park, hall, department, enterprise;
// an empty key is everything.
struct Need {
  const Permission* permission = nullptr;
  // None: what the command names does not exist.
  std::optional<AnyKey> scope{};
};

enum class Origin : std::uint8_t { outside, inside_only };

// `decide` writes its changes through the transaction, or says why not. A refusal may leave changes
// behind; the engine takes them back. What `needs` has found exists.
template <class Command>
struct CommandAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_fields, wire::TableOf<Command>> fields;
  Required<struct who_may_send_it, Origin> origin;
  Required<struct what_permission_needs_it, Need (*)(const State&, const Actor&, const Command&)>
      needs;
  Required<struct what_does_it_do, Refusal (*)(Transaction&, const Command&)> decide;
};
struct CommandTypeBase : ValueType {
  Origin origin = Origin::outside;
  Need (*needs)(const State& state, const Actor& actor, const void* command) = nullptr;
  Refusal (*decide)(Transaction& transaction, const void* command) = nullptr;
};
template <class Command>
struct CommandType : CommandTypeBase {
  CommandAnswers<Command> answers;
  consteval CommandType(const CommandAnswers<Command>& given)
      : CommandTypeBase{value_type<Command>(given.name.answer, given.fields.answer)},
        answers(given) {
    origin = given.origin.answer;
    needs = [](const State& state, const Actor& actor, const void* command) {
      return Command::type.answers.needs.answer(state, actor,
                                                *static_cast<const Command*>(command));
    };
    decide = [](Transaction& transaction, const void* command) {
      return Command::type.answers.decide.answer(transaction,
                                                 *static_cast<const Command*>(command));
    };
  }
};
template <class Command>
concept IsCommand = IsValue<Command> && requires {
  { Command::type } -> std::same_as<const CommandType<Command>&>;
};
using AnyCommand = Any<CommandTypeBase>;

struct Envelope {
  CommandId id;
  Actor actor;
  Instant now;  // the server's clock; in the browser the predicted server clock
  AnyCommand command;
};

}  // namespace yuanyue
