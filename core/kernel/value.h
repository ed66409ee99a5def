// Values whose type is known only when the program runs: rows, commands, facts. What such a type
// says about itself stands in one constant object, its description: T::type, declared in the struct
// and defined in the .cpp beside it.
#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/kernel/require.h"
#include "core/wire/field_table.h"

namespace yuanyue {

// A question that has no default: a description that leaves it out does not compile, and the
// compiler names the question. Who has nothing to say writes so: no_elements, no_due<Row>, …
template <class Question, class Answer>
struct Required {
  Answer answer;
  template <std::convertible_to<Answer> Given>
  consteval Required(const Given& given) : answer(given) {}  // not explicit: `.name = "booking"`
};
// An empty list, said aloud.
struct NoElements {
  template <class Element>
  constexpr operator std::span<Element>() const {
    return {};
  }
};
inline constexpr NoElements no_elements;

// Calling one of these, which are never defined, while a description is checked is what stops the
// compiler; it prints the name. (core has no exceptions to throw.)
void a_value_has_a_name();
void domains_and_parts_are_numbered_0_to_15();

// How any value is made, written and unmade.
struct ValueType {
  std::string_view name;  // on the wire
  wire::StructTable table;
  std::size_t size = 0;
  std::size_t align = 0;
  void (*make)(void* place) = nullptr;
  void (*copy)(void* place, const void* from) = nullptr;
  void (*destroy)(void* value) = nullptr;
  bool (*equal)(const void* a, const void* b) = nullptr;
};

template <class Value>
concept IsValue =
    std::default_initializable<Value> && std::copyable<Value> && std::equality_comparable<Value>;

template <IsValue Value>
consteval ValueType value_type(std::string_view name, wire::StructTable table) {
  static_assert(alignof(Value) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  if (name.empty()) a_value_has_a_name();
  return {.name = name,
          .table = table,
          .size = sizeof(Value),
          .align = alignof(Value),
          .make = [](void* place) { ::new (place) Value{}; },
          .copy = [](void* place,
                     const void* from) { ::new (place) Value(*static_cast<const Value*>(from)); },
          .destroy = [](void* value) { static_cast<Value*>(value)->~Value(); },
          .equal =
              [](const void* a, const void* b) {
                return *static_cast<const Value*>(a) == *static_cast<const Value*>(b);
              }};
}

template <class Value, class Type>
concept IsDescribedBy = std::derived_from<std::remove_cvref_t<decltype(Value::type)>, Type>;

// Somebody else's value with its description, for as long as that stays; or none.
template <std::derived_from<ValueType> Type>
class Ref {
 public:
  Ref() = default;
  Ref(const Type* type, const void* value) : type_(type), value_(value) {}
  template <IsDescribedBy<Type> Value>
  Ref(const Value& value) : type_(&Value::type), value_(&value) {}

  explicit operator bool() const { return value_ != nullptr; }
  const Type& type() const { return *type_; }
  const void* get() const { return value_; }
  template <class Value>
  const Value* get_if() const {
    return value_ != nullptr && type_ == &Value::type ? static_cast<const Value*>(value_) : nullptr;
  }
  template <class Value>
  bool is() const {
    return get_if<Value>() != nullptr;
  }
  // Requires that it is one.
  template <class Value>
  const Value& as() const {
    require(is<Value>());
    return *static_cast<const Value*>(value_);
  }
  friend bool operator==(const Ref& a, const Ref& b) {
    if (a.value_ == nullptr || b.value_ == nullptr) return a.value_ == b.value_;
    return a.type_ == b.type_ && a.type_->equal(a.value_, b.value_);
  }

 private:
  const Type* type_ = nullptr;
  const void* value_ = nullptr;
};

// One value on the heap with its description; or none.
template <std::derived_from<ValueType> Type>
class Any {
 public:
  Any() = default;
  explicit Any(const Type& type) : type_(&type), value_(::operator new(type.size)) {
    type.make(value_);
  }
  explicit Any(const Ref<Type>& other) {
    if (!other) return;
    type_ = &other.type();
    value_ = ::operator new(type_->size);
    type_->copy(value_, other.get());
  }
  template <IsDescribedBy<Type> Value>
  Any(Value value) : type_(&Value::type), value_(::operator new(sizeof(Value))) {
    ::new (value_) Value(std::move(value));
  }
  Any(const Any& other) : Any(other.ref()) {}
  Any(Any&& other) noexcept
      : type_(std::exchange(other.type_, nullptr)), value_(std::exchange(other.value_, nullptr)) {}
  Any& operator=(Any other) noexcept {
    std::swap(type_, other.type_);
    std::swap(value_, other.value_);
    return *this;
  }
  ~Any() {
    if (value_ == nullptr) return;
    type_->destroy(value_);
    ::operator delete(value_);
  }

  explicit operator bool() const { return value_ != nullptr; }
  Ref<Type> ref() const { return {type_, value_}; }
  operator Ref<Type>() const { return ref(); }
  const Type& type() const { return *type_; }
  const void* get() const { return value_; }
  void* get() { return value_; }
  template <class Value>
  const Value* get_if() const {
    return ref().template get_if<Value>();
  }
  template <class Value>
  Value* get_if() {
    return const_cast<Value*>(ref().template get_if<Value>());
  }
  template <class Value>
  bool is() const {
    return ref().template is<Value>();
  }
  // Requires that it is one.
  template <class Value>
  const Value& as() const {
    return ref().template as<Value>();
  }
  template <class Value>
  Value& as() {
    return const_cast<Value&>(ref().template as<Value>());
  }
  friend bool operator==(const Any& a, const Any& b) { return a.ref() == b.ref(); }

 private:
  const Type* type_ = nullptr;
  void* value_ = nullptr;
};

}  // namespace yuanyue
