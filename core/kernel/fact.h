// What a domain says has happened. It and the domains above it may react in the same transaction.
#pragma once

#include "core/kernel/value.h"

namespace yuanyue {

struct FactTypeBase : ValueType {};
template <class Fact>
struct FactType : FactTypeBase {
  consteval explicit FactType(std::string_view its_name)
      : FactTypeBase{value_type<Fact>(its_name, wire::StructTable())} {}
};
template <class Fact>
concept IsFact = IsValue<Fact> && requires {
  { Fact::type } -> std::same_as<const FactType<Fact>&>;
};
using AnyFact = Any<FactTypeBase>;

}  // namespace yuanyue
