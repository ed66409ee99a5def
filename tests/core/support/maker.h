// Valid values of every described row, key and command, made from the tables of their fields: a
// type that joins a domain is made, tried and sown without being named.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/row.h"
#include "tests/core/support/random.h"

namespace yuanyue::worlds {

enum class Amount : std::uint8_t {
  least,  // what may be missing is missing, all else as short, small and early as it may be
  some,   // anything
  each,   // all that may be there is there, and little of it
  most,   // all that may be there is there, as long, large and late as its bytes allow
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  // Ids are taken from here, so that rows speak of each other; without any, each is a new one.
  void use_ids(std::vector<Uuid> ids) { ids_ = std::move(ids); }

  AnyRow row(const RowTypeBase& type, Amount amount);
  AnyKey key(const RowTypeBase& type, Amount amount);
  AnyCommand command(const CommandTypeBase& type, Amount amount);
  // Into a default-constructed value of the table's struct.
  void fill(const wire::StructTable& table, void* value, Amount amount);

  Random& random() { return random_; }

 private:
  // One of these, unless it is one already.
  template <class SaidKind>
  void fill_kind(std::span<const typename SaidKind::Kind* const> kinds, SaidKind& value) {
    if (!value) value = SaidKind(*kinds[static_cast<std::size_t>(random_.below(kinds.size()))]);
  }
  void fill_struct(const wire::StructTable& table, void* value);
  void fill_value(const wire::Codec& codec, void* value);
  void fill_leaf(const wire::Codec& codec, void* value);
  void fill_list(const wire::Codec& codec, void* value);
  std::int64_t number(std::int64_t min, std::int64_t max);
  std::string text(std::int64_t min_bytes, std::int64_t max_bytes);
  Uuid uuid();
  SlugText slug();
  bool leaves_out();

  Random random_;
  std::vector<Uuid> ids_;
  Amount amount_ = Amount::some;
  std::int64_t room_ = 0;  // bytes of JSON that may still be written
};

// One of each type that the program knows. Commands without those of the inside only.
std::vector<AnyRow> one_row_each(Maker& maker, Amount amount);
std::vector<AnyCommand> one_command_each(Maker& maker, Amount amount);

}  // namespace yuanyue::worlds
