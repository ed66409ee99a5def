// Kinds: what an entry of the ledger, a notice, a refusal or a way forward is, described by one
// constant of the domain that says it: its name on the wire, its detail (a small struct of the
// domain, or no_detail), and what else its family asks. The kernel knows no kind but its own.
//
// The constants are `extern const` in namespaces events, notices, refusals and ways, and on a list
// of their domain (domain.h). A kind is one constant: two are equal when they are the same.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/kernel/row.h"
#include "core/kernel/value.h"

namespace yuanyue {

// A kind that says everything by its name.
struct NoDetail {
  bool operator==(const NoDetail&) const = default;
};
inline constexpr NoDetail no_detail;

// Its address is the detail's type.
template <class Detail>
inline constexpr char detail_mark = 0;

// Its table, copies and comparisons are the detail's.
struct KindBase : ValueType {
  const char* detail = nullptr;
  void (*move)(void* place, void* from) = nullptr;
};
template <IsValue Detail>
consteval KindBase kind_of(std::string_view name, wire::StructTable fields) {
  return {value_type<Detail>(name, fields), &detail_mark<Detail>, [](void* place, void* from) {
            ::new (place) Detail(std::move(*static_cast<Detail*>(from)));
          }};
}

// --- the families ------------------------------------------------------------------------------

// In whose timelines an entry of the ledger stands.
struct Subject {
  std::string_view kind;  // "booking"
  Uuid id;
  bool operator==(const Subject&) const = default;
};
using Subjects = Few<Subject, 4>;
template <class Detail>
Subjects no_subjects(const Detail& /*detail*/) {
  return {};
}

template <class Detail>
struct EventAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_details_fields, wire::TableOf<Detail>> fields;
  Required<struct in_whose_timelines_does_it_stand, Subjects (*)(const Detail&)> subjects;
};
struct EventKindBase : KindBase {
  static constexpr std::size_t most_detail_bytes = 128;
  Subjects (*subjects)(const EventKindBase& kind, const void* detail) = nullptr;
};
template <class Detail>
struct EventKind : EventKindBase {
  EventAnswers<Detail> answers;
  consteval EventKind(const EventAnswers<Detail>& given)
      : EventKindBase{kind_of<Detail>(given.name.answer, given.fields.answer)}, answers(given) {
    subjects = [](const EventKindBase& kind, const void* its_detail) {
      return static_cast<const EventKind&>(kind).answers.subjects.answer(
          *static_cast<const Detail*>(its_detail));
    };
  }
};

template <class Detail>
bool never_settled(const State& /*state*/, const Detail& /*detail*/) {
  return false;
}
template <class Detail>
struct NoticeAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_details_fields, wire::TableOf<Detail>> fields;
  // What it asks for is over.
  Required<struct when_is_it_settled, bool (*)(const State&, const Detail&)> settled;
};
struct NoticeKindBase : KindBase {
  static constexpr std::size_t most_detail_bytes = 128;
  bool (*settled)(const NoticeKindBase& kind, const State& state, const void* detail) = nullptr;
};
template <class Detail>
struct NoticeKind : NoticeKindBase {
  NoticeAnswers<Detail> answers;
  consteval NoticeKind(const NoticeAnswers<Detail>& given)
      : NoticeKindBase{kind_of<Detail>(given.name.answer, given.fields.answer)}, answers(given) {
    settled = [](const NoticeKindBase& kind, const State& state, const void* its_detail) {
      return static_cast<const NoticeKind&>(kind).answers.settled.answer(
          state, *static_cast<const Detail*>(its_detail));
    };
  }
};

template <class Detail>
struct RefusalAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_details_fields, wire::TableOf<Detail>> fields;
};
struct RefusalKindBase : KindBase {
  static constexpr std::size_t most_detail_bytes = 256;
};
template <class Detail>
struct RefusalKind : RefusalKindBase {
  consteval RefusalKind(const RefusalAnswers<Detail>& given)
      : RefusalKindBase{kind_of<Detail>(given.name.answer, given.fields.answer)} {}
};

template <class Detail>
struct WayAnswers {
  Required<struct what_is_its_name, std::string_view> name;
  Required<struct what_are_its_details_fields, wire::TableOf<Detail>> fields;
};
struct WayKindBase : KindBase {
  static constexpr std::size_t most_detail_bytes = 96;
};
template <class Detail>
struct WayKind : WayKindBase {
  consteval WayKind(const WayAnswers<Detail>& given)
      : WayKindBase{kind_of<Detail>(given.name.answer, given.fields.answer)} {}
};

// --- a kind with its detail ----------------------------------------------------------------------

// In place, without a heap; or none.
template <class KindType, template <class> class KindOf>
class Said {
 public:
  using Kind = KindType;
  Said() = default;
  template <class Detail>
  Said(const KindOf<Detail>& kind, std::type_identity_t<Detail> detail) : kind_(&kind) {
    static_assert(sizeof(Detail) <= Kind::most_detail_bytes, "details stay small");
    static_assert(alignof(Detail) <= 8);
    ::new (place()) Detail(std::move(detail));
  }
  // With an empty detail.
  explicit Said(const Kind& kind) : kind_(&kind) { kind.make(place()); }
  Said(const Said& other) : kind_(other.kind_) {
    if (kind_ != nullptr) kind_->copy(place(), other.get());
  }
  Said(Said&& other) noexcept : kind_(other.kind_) {
    if (kind_ != nullptr) kind_->move(place(), other.place());
  }
  Said& operator=(const Said& other) {
    if (this != &other) *this = Said(other);
    return *this;
  }
  Said& operator=(Said&& other) noexcept {
    if (this == &other) return *this;
    std::destroy_at(this);
    return *std::construct_at(this, std::move(other));
  }
  ~Said() {
    if (kind_ != nullptr) kind_->destroy(place());
  }

  explicit operator bool() const { return kind_ != nullptr; }
  const Kind& kind() const {
    require(kind_ != nullptr);
    return *kind_;
  }
  std::string_view name() const { return kind().name; }
  const void* get() const { return detail_.data(); }
  void* get() { return detail_.data(); }
  template <class Detail>
  const Detail* get_if() const {
    return kind_ != nullptr && kind_->detail == &detail_mark<Detail>
               ? std::launder(reinterpret_cast<const Detail*>(detail_.data()))
               : nullptr;
  }
  template <class Detail>
  Detail* get_if() {
    return const_cast<Detail*>(std::as_const(*this).template get_if<Detail>());
  }
  friend bool operator==(const Said& a, const Said& b) {
    return a.kind_ == b.kind_ && (a.kind_ == nullptr || a.kind_->equal(a.get(), b.get()));
  }
  friend bool operator==(const Said& said, const Kind& kind) { return said.kind_ == &kind; }

 private:
  void* place() { return detail_.data(); }

  const Kind* kind_ = nullptr;
  alignas(8) std::array<std::byte, Kind::most_detail_bytes> detail_;
};
using Event = Said<EventKindBase, EventKind>;
using NoticeOf = Said<NoticeKindBase, NoticeKind>;
using RefusalOf = Said<RefusalKindBase, RefusalKind>;
using Way = Said<WayKindBase, WayKind>;

template <auto&... kind>
inline constexpr const EventKindBase* event_kinds[] = {&kind...};
template <auto&... kind>
inline constexpr const NoticeKindBase* notice_kinds[] = {&kind...};
template <auto&... kind>
inline constexpr const RefusalKindBase* refusal_kinds[] = {&kind...};
template <auto&... kind>
inline constexpr const WayKindBase* way_kinds[] = {&kind...};

}  // namespace yuanyue
