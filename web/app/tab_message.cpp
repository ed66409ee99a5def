#include "web/app/tab_message.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <vector>

namespace yuanyue::web::app {
namespace {

using Words = std::vector<std::string_view>;

struct NamedKind {
  std::string_view name;
  TabQuestion::Kind kind;
};
constexpr NamedKind kinds[] = {{"keep", TabQuestion::Kind::keep},
                               {"push", TabQuestion::Kind::push},
                               {"pull", TabQuestion::Kind::pull},
                               {"now", TabQuestion::Kind::now},
                               {"abort", TabQuestion::Kind::abort}};

std::string line(std::initializer_list<std::string_view> words, std::string_view body = {}) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  text += '\n';
  text += body;
  return text;
}

std::string_view flag(bool value) { return value ? "1" : "0"; }

struct Writer {
  std::string operator()(const TabQuestion& question) const {
    const auto* named = std::ranges::find(kinds, question.kind, &NamedKind::kind);
    return line({named->name, to_string(question.user), std::to_string(question.ticket)},
                question.body);
  }
  std::string operator()(const TabWho&) const { return line({"who"}); }
  std::string operator()(const TabAnswer& answer) const {
    return line({"answer", std::to_string(answer.ticket), std::to_string(answer.status),
                 std::to_string(answer.retry_after_ms)},
                answer.body);
  }
  std::string operator()(const TabKept& kept) const {
    return line({"kept", std::to_string(kept.ticket), flag(kept.kept)});
  }
  std::string operator()(const TabOnline& online) const {
    return line({"online", flag(online.online)});
  }
  std::string operator()(const TabUser& user) const { return line({"user", to_string(user.user)}); }
  std::string operator()(const TabCheck&) const { return line({"check"}); }
  std::string operator()(const TabOutbox& outbox) const {
    return line({"outbox", to_string(outbox.user)}, outbox.lines);
  }
  std::string operator()(const TabSignedOut& left) const {
    return line({"signed_out", to_string(left.user)});
  }
};

template <class Number>
std::optional<Number> number_of(std::string_view word) {
  Number number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool is_whole = end == word.data() + word.size();
  if (word.empty() || error != std::errc() || !is_whole || number < 0) return std::nullopt;
  return number;
}

std::optional<bool> flag_of(std::string_view word) {
  if (word == "1") return true;
  return word == "0" ? std::optional(false) : std::nullopt;
}

std::optional<UserId> user_of(std::string_view word) {
  if (word == to_string(UserId())) return UserId();
  const auto id = parse_uuid(word);
  return id ? std::optional(UserId(*id)) : std::nullopt;
}

std::optional<TabMessage> question_of(TabQuestion::Kind kind, const Words& words,
                                      std::string_view body) {
  if (words.size() != 3) return std::nullopt;
  const auto user = user_of(words[1]);
  const auto ticket = number_of<std::uint64_t>(words[2]);
  if (!user || !ticket) return std::nullopt;
  return TabQuestion{kind, *user, *ticket, std::string(body)};
}

std::optional<TabMessage> answer_of(const Words& words, std::string_view body) {
  if (words.size() != 4) return std::nullopt;
  const auto ticket = number_of<std::uint64_t>(words[1]);
  const auto status = number_of<int>(words[2]);
  const auto retry_after_ms = number_of<std::int64_t>(words[3]);
  if (!ticket || !status || !retry_after_ms) return std::nullopt;
  return TabAnswer{*ticket, *status, *retry_after_ms, std::string(body)};
}

std::optional<TabMessage> kept_of(const Words& words) {
  if (words.size() != 3) return std::nullopt;
  const auto ticket = number_of<std::uint64_t>(words[1]);
  const auto kept = flag_of(words[2]);
  if (!ticket || !kept) return std::nullopt;
  return TabKept{*ticket, *kept};
}

std::optional<TabMessage> about_user(const Words& words, std::string_view body) {
  const auto user = user_of(words[1]);
  if (!user) return std::nullopt;
  if (words[0] == "user") return TabUser{*user};
  if (words[0] == "outbox") return TabOutbox{*user, std::string(body)};
  if (words[0] == "signed_out") return TabSignedOut{*user};
  return std::nullopt;
}

Words words_of(std::string_view first_line) {
  Words words;
  while (!first_line.empty()) {
    const std::size_t end = std::min(first_line.find(' '), first_line.size());
    words.push_back(first_line.substr(0, end));
    first_line.remove_prefix(std::min(end + 1, first_line.size()));
  }
  return words;
}

}  // namespace

std::string to_text(const TabMessage& message) { return std::visit(Writer{}, message); }

std::optional<TabMessage> parse_tab_message(std::string_view text) {
  const std::size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  const Words words = words_of(text.substr(0, line_end));
  const std::string_view body = text.substr(line_end + 1);
  if (words.empty()) return std::nullopt;
  const auto* named = std::ranges::find(kinds, words[0], &NamedKind::name);
  if (named != std::end(kinds)) return question_of(named->kind, words, body);
  if (words[0] == "answer") return answer_of(words, body);
  if (words[0] == "kept") return kept_of(words);
  if (words.size() == 1) {
    if (words[0] == "who") return TabWho{};
    return words[0] == "check" ? std::optional<TabMessage>(TabCheck{}) : std::nullopt;
  }
  if (words.size() != 2) return std::nullopt;
  if (words[0] != "online") return about_user(words, body);
  const auto online = flag_of(words[1]);
  return online ? std::optional<TabMessage>(TabOnline{*online}) : std::nullopt;
}

}  // namespace yuanyue::web::app
