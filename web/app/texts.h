// The words of the page in the language in use, by flat keys such as "home.next": all files of
// assets/i18n, made one file a language by scripts/lib/bundle.mjs.
//
// Inside a text {name} is replaced by a value, {name|one|many} by "one" if the value of `name` is
// "1" and else by "many", so that languages with plurals can say "1 day" and "2 days".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace yuanyue::web::app {

enum class Language : std::uint8_t { chinese, english };
std::string_view tag_of(Language language);  // BCP 47 and the file's name: "zh-CN", "en"
Language language_of(std::string_view tag);  // chinese, the default, unless it says English

// A value for a placeholder. Views into the caller's strings; temporaries live long enough in a
// call.
struct TextValue {
  std::string_view name;
  std::string_view value;
};
using TextValues = std::initializer_list<TextValue>;

class Texts {
 public:
  // False, and nothing changes, if `json` is not an object of strings.
  bool load(Language language, std::string_view json);
  bool loaded() const { return !texts_.empty(); }
  Language language() const { return language_; }

  // The key itself where there is no such text, so that a mistake shows.
  std::string t(std::string_view key, TextValues values = {}) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  Language language_ = Language::chinese;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
};

}  // namespace yuanyue::web::app
