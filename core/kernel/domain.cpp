#include "core/kernel/domain.h"

#include <algorithm>

#include "core/kernel/refusals.h"
#include "core/kernel/run_due.h"

namespace yuanyue {
namespace {

template <class Type>
const Type* find_named(const std::vector<const Type*>& types, std::string_view name) {
  const auto it =
      std::ranges::lower_bound(types, name, {}, [](const Type* type) { return type->name; });
  return it == types.end() || (*it)->name != name ? nullptr : *it;
}

template <class Type>
void sort_named(std::vector<const Type*>& types) {
  const auto name = [](const Type* type) { return type->name; };
  std::ranges::sort(types, {}, name);
  require(std::ranges::adjacent_find(types, {}, name) == types.end());
}

template <class Element>
void append(std::vector<Element>& all, std::span<const Element> some) {
  all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

Domains::Domains(std::span<const Domain* const> domains, Grants authority, Retention kept)
    : grants_(authority), retention_(kept), commands_{&RunDue::type} {
  std::vector<const Domain*> known;
  for (const Domain* domain : domains) {
    for (const Domain* below : domain->stands_on.answer) {
      require(std::ranges::find(known, below) != known.end());
    }
    known.push_back(domain);
    append(rows_, domain->rows.answer);
    for (const RowTypeBase* row : domain->rows.answer) parts_.push_back(row->part);
    append(parts_, domain->indexes.answer);
    append(commands_, domain->commands.answer);
    append(events_, domain->events.answer);
    append(notices_, domain->notices.answer);
    append(refusals_, domain->refusals.answer);
    append(ways_, domain->ways.answer);
    for (const Reaction& reaction : domain->reactions.answer) {
      reactions_[reaction.fact].push_back(reaction);
    }
    if (domain->prefetch.answer != nullptr) prefetches_.push_back(domain->prefetch.answer);
  }
  sort_named(rows_);
  sort_named(commands_);
  append(refusals_, kernel_refusals);
  append(ways_, kernel_ways);
  sort_named(events_);
  sort_named(notices_);
  sort_named(refusals_);
  sort_named(ways_);
}

const CommandTypeBase* Domains::command(std::string_view name) const {
  return find_named(commands_, name);
}

const RowTypeBase* Domains::row(std::string_view name) const { return find_named(rows_, name); }

const EventKindBase* Domains::event(std::string_view name) const {
  return find_named(events_, name);
}

const NoticeKindBase* Domains::notice(std::string_view name) const {
  return find_named(notices_, name);
}

const RefusalKindBase* Domains::refusal(std::string_view name) const {
  return find_named(refusals_, name);
}

const WayKindBase* Domains::way(std::string_view name) const { return find_named(ways_, name); }

std::span<const Reaction> Domains::reactions_to(const FactTypeBase& fact) const {
  const auto found = reactions_.find(&fact);
  if (found == reactions_.end()) return {};
  return found->second;
}

}  // namespace yuanyue
