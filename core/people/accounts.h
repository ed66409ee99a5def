// AccountIndex and enterprises by what people type: the index of this domain.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <tsl/robin_map.h>

#include "core/kernel/state.h"
#include "core/people/ids.h"

namespace yuanyue {

struct User;

// Looked up by string_view without a copy.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Key>
using TextIndex = tsl::robin_map<std::string, Key, TextHash, std::equal_to<>>;
template <class Key>
std::optional<Key> find_text(const TextIndex<Key>& index, std::string_view text) {
  const auto found = index.find(text);
  if (found == index.end()) return std::nullopt;
  return found->second;
}
// Does nothing when the text names another by now.
template <class Key>
void erase_text(TextIndex<Key>& index, const std::string& text, const Key& key) {
  const auto found = index.find(text);
  if (found != index.end() && found->second == key) index.erase(found);
}

struct AccountIndex {
  static constexpr PartNumber number{people::domain_number, 8};
  TextIndex<UserId> by_name;
  TextIndex<EnterpriseId> by_credit_code;
  tsl::robin_map<EnterpriseId, int, IdHash> that_can_sign_in;
};

std::optional<UserId> user_by_name(const State& state, std::string_view name);
std::optional<EnterpriseId> enterprise_by_credit_code(const State& state, std::string_view code);
// Whether an account of this enterprise can sign in. A browser knows only its own account.
bool can_sign_in(const State& state, const EnterpriseId& enterprise);
bool may_administer(const User& user);
// Whether nobody could administer the park without this user.
bool is_last_administrator(const State& state, const User& user);

}  // namespace yuanyue
