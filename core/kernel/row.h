// What a row type is. A row's header has the struct, its number and key_of(); its .cpp has the
// description with every answer.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string>
#include <type_traits>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/kernel/value.h"

namespace yuanyue {

class State;
class Transaction;
class Indexing;
template <class Row>
class RowType;

// Where State keeps something: a constant of the type, so that finding it costs one load. A domain
// has sixteen in a row; the first State refuses two of the same.
struct PartNumber {
  std::uint8_t value;
  consteval PartNumber(int domain, int part)
      : value(static_cast<std::uint8_t>(domain * 16 + part)) {
    if (domain < 0 || domain > 15 || part < 0 || part > 15)
      domains_and_parts_are_numbered_0_to_15();
  }
};
inline constexpr std::size_t most_parts = 256;

// The row that a key names. Ids name theirs; a key of several fields says `using Row = …`.
template <class Key>
struct RowOfKey;
template <class Key>
  requires requires { typename Key::Row; }
struct RowOfKey<Key> {
  using Row = typename Key::Row;
};
template <class Named>
struct RowOfKey<Id<Named>> {
  using Row = Named;
};
template <class Named>
struct RowOfKey<Slug<Named>> {
  using Row = Named;
};
template <class Key>
inline constexpr bool is_own_id = false;
template <class Named>
inline constexpr bool is_own_id<Id<Named>> = true;
template <class Key>
using RowOf = typename RowOfKey<Key>::Row;
template <class Row>
using KeyOf = std::remove_cvref_t<decltype(key_of(std::declval<const Row&>()))>;

inline constexpr std::size_t most_key_bytes = 32;
inline constexpr std::size_t most_row_bytes = 1024;
inline std::uint64_t hash_of(const Uuid& id) { return IdHash{}(id); }
inline std::uint64_t hash_of(const SlugText& slug) { return IdHash{}(slug); }
template <class Key>
concept IsKey = std::is_trivially_copyable_v<Key> && sizeof(Key) <= most_key_bytes &&
                std::three_way_comparable<Key> && requires(const Key& key) {
                  { hash_of(key) } -> std::same_as<std::uint64_t>;
                  typename RowOf<Key>;
                };

template <class Row>
concept IsRow = IsValue<Row> && requires(const Row& row) {
  { Row::number } -> std::same_as<const PartNumber&>;
  { Row::type } -> std::same_as<const RowType<Row>&>;
  requires IsKey<KeyOf<Row>>;
  requires std::same_as<RowOf<KeyOf<Row>>, Row>;
};

struct RowTypeBase;

// Any row's key.
class AnyKey {
 public:
  AnyKey() = default;
  template <IsKey Key>
  AnyKey(const Key& key) : type_(&RowOf<Key>::type) {
    ::new (static_cast<void*>(bytes_.data())) Key(key);
  }
  // The empty key of a row type.
  explicit AnyKey(const RowTypeBase& type);

  explicit operator bool() const { return type_ != nullptr; }
  const RowTypeBase& type() const { return *type_; }
  const void* get() const { return bytes_.data(); }
  void* get() { return bytes_.data(); }
  template <IsKey Key>
  const Key* get_if() const {
    return type_ == &RowOf<Key>::type ? std::launder(reinterpret_cast<const Key*>(bytes_.data()))
                                      : nullptr;
  }
  // In the order of the parts' numbers, then of the keys.
  std::strong_ordering operator<=>(const AnyKey& other) const;
  bool operator==(const AnyKey& other) const { return (*this <=> other) == 0; }

 private:
  const RowTypeBase* type_ = nullptr;
  alignas(8) std::array<std::byte, most_key_bytes> bytes_{};
};

// A few of something, without a heap.
template <class Element, std::size_t most>
class Few {
 public:
  Few() = default;
  Few(std::initializer_list<Element> elements) {
    for (const Element& element : elements) push_back(element);
  }
  void push_back(const Element& element) {
    require(size_ < most);
    elements_[size_++] = element;
  }
  const Element* begin() const { return elements_.data(); }
  const Element* end() const { return elements_.data() + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool operator==(const Few& other) const {
    return std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  std::array<Element, most> elements_{};
  std::size_t size_ = 0;
};

// --- what a row answers ------------------------------------------------------------------------

// A set of replicas with the same right to see a row.
struct AudienceKind {
  std::string_view name;
};
struct Audience {
  const AudienceKind* kind = nullptr;
  Uuid id{};  // of whom; none for a kind that is one audience
  bool operator==(const Audience&) const = default;
};
inline constexpr AudienceKind everyone_kind{"everyone"};
inline constexpr Audience everyone{&everyone_kind};
using Audiences = Few<Audience, 4>;
std::string to_string(const Audience& audience);  // "everyone", "enterprise:<uuid>", …

// Whose details a row holds: a person's or an enterprise's, with whom they are erased.
struct OwnerKind {
  std::string_view name;
};
struct Owner {
  const OwnerKind* kind = nullptr;  // none: it holds nobody's
  Uuid id{};
  explicit operator bool() const { return kind != nullptr; }
  bool operator==(const Owner&) const = default;
};
std::string to_string(const Owner& owner);  // "enterprise:<uuid>", "user:<uuid>"; of nobody: empty

// Something that happens to a row when its time has come. On the same instant the smaller rank
// goes first.
struct DueType {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_goes_before_it, int> rank;
  Required<struct what_does_it_do, void (*)(Transaction& transaction, const AnyKey& row)> run;
};
struct DueAt {
  Instant at;
  const DueType* type = nullptr;
  bool operator==(const DueAt&) const = default;
};
using Dues = Few<DueAt, 3>;

// When its work is done and the time of its retention begins, after which it is archived; never: it
// is not done, or it stays (a catalog's row), or it is erased by a timer of its own (a block).
using Finished = Instant;

template <class Row>
struct Indexes {
  void (*add)(Indexing& indexing, const Row& row) = nullptr;
  void (*remove)(Indexing& indexing, const Row& row) = nullptr;
  // Null: removed and added again.
  void (*change)(Indexing& indexing, const Row& before, const Row& after) = nullptr;
};
template <class Row>
inline constexpr Indexes<Row> no_indexes;
template <class Row>
Dues no_due(const Row&) {
  return {};
}
template <class Row>
Finished never_finished(const Row&) {
  return never;
}

template <class Row>
Owner nobodys(const Row&) {
  return {};
}

// How users find a row when it is archived: by its kind, and by what it is about.
template <class Row>
struct HistoryOf {
  SlugText (*about)(const Row&) = nullptr;  // a service, or nothing; null: nobody asks for it
};
template <class Row>
inline constexpr HistoryOf<Row> no_history;

template <class Row>
struct RowAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_fields, wire::TableOf<Row>> fields;
  Required<struct what_are_its_keys_fields, wire::TableOf<KeyOf<Row>>> key_fields;
  Required<struct who_may_see_it, Audiences (*)(const State&, const Row&)> audiences;
  Required<struct when_is_it_due, Dues (*)(const Row&)> due;
  Required<struct when_is_it_finished, Finished (*)(const Row&)> finished;
  Required<struct what_indexes_has_it, Indexes<Row>> indexes;
  Required<struct whose_is_it, Owner (*)(const Row&)> owner;
  Required<struct what_is_it_in_the_history, HistoryOf<Row>> history;
};

struct PartType {
  std::uint8_t number = 0;
  void* (*make)() = nullptr;
  void (*destroy)(void* part) = nullptr;
};

// What the kernel knows of every row.
struct RowTypeBase : ValueType {
  PartType part;
  wire::StructTable key_table;
  // Its key is an id that somebody made for it: no other row may have it, even when it has gone.
  // What is named by what it is (a block of a day) may come again.
  bool has_own_id = false;
  // Moves the row in. `before` is room for the row that was there; true: there is one now.
  bool (*put)(State& state, void* row, void* before) = nullptr;
  bool (*erase)(State& state, const AnyKey& key, void* before) = nullptr;
  const void* (*find)(const State& state, const AnyKey& key) = nullptr;
  void (*for_each)(const State& state, void* context,
                   void (*visit)(void* context, const void* row)) = nullptr;
  AnyKey (*key)(const void* row) = nullptr;
  void (*make_key)(void* place) = nullptr;
  std::strong_ordering (*compare)(const void* key_a, const void* key_b) = nullptr;
  Audiences (*audiences)(const State& state, const void* row) = nullptr;
  Finished (*finished)(const void* row) = nullptr;
  Owner (*owner)(const void* row) = nullptr;
  bool is_in_history = false;
  SlugText (*about)(const void* row) = nullptr;  // of one in the history
};

// The description of a row type. Its members are defined in core/kernel/row_type.h, which only the
// .cpp that describes a row includes.
template <class Row>
class RowType : public RowTypeBase {
 public:
  consteval RowType(const RowAnswers<Row>& given);

  RowAnswers<Row> answers;

 private:
  static bool put_row(State& state, void* row, void* before);
  static bool erase_row(State& state, const AnyKey& any_key, void* before);
};

inline AnyKey::AnyKey(const RowTypeBase& type) : type_(&type) { type.make_key(bytes_.data()); }

inline std::strong_ordering AnyKey::operator<=>(const AnyKey& other) const {
  if (type_ != other.type_) {
    if (type_ == nullptr || other.type_ == nullptr)
      return (type_ != nullptr) <=> (other.type_ != nullptr);
    return type_->part.number <=> other.type_->part.number;
  }
  return type_ == nullptr ? std::strong_ordering::equal
                          : type_->compare(bytes_.data(), other.bytes_.data());
}

using AnyRow = Any<RowTypeBase>;
using RowRef = Ref<RowTypeBase>;

// Templates, so that nobody asks whether a row whose description is not complete yet is one.
template <std::same_as<RowTypeBase> Type>
AnyKey key_of(const Ref<Type>& row) {
  return row.type().key(row.get());
}
template <std::same_as<RowTypeBase> Type>
AnyKey key_of(const Any<Type>& row) {
  return row.type().key(row.get());
}
template <std::same_as<RowTypeBase> Type>
Owner owner_of(const Ref<Type>& row) {
  return row.type().owner(row.get());
}
inline Audiences audiences_of(const State& state, const RowRef& row) {
  return row.type().audiences(state, row.get());
}

}  // namespace yuanyue
