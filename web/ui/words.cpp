#include <array>

#include "web/bridge/platform.h"
#include "web/ui/core.h"

namespace yuanyue::web::ui {
namespace {

Words current_words;

constexpr std::array all_word_keys{
    WordKey{"ui.skip_to_content", &Words::skip_to_content},
    WordKey{"ui.navigation", &Words::navigation},
    WordKey{"ui.messages_region", &Words::messages_region},
    WordKey{"ui.also", &Words::also},
    WordKey{"ui.is", &Words::is},
    WordKey{"ui.close", &Words::close},
    WordKey{"ui.dismiss", &Words::dismiss},
    WordKey{"ui.previous_month", &Words::previous_month},
    WordKey{"ui.next_month", &Words::next_month},
    WordKey{"ui.weekday_1", &Words::weekday_1},
    WordKey{"ui.weekday_2", &Words::weekday_2},
    WordKey{"ui.weekday_3", &Words::weekday_3},
    WordKey{"ui.weekday_4", &Words::weekday_4},
    WordKey{"ui.weekday_5", &Words::weekday_5},
    WordKey{"ui.weekday_6", &Words::weekday_6},
    WordKey{"ui.weekday_7", &Words::weekday_7},
    WordKey{"ui.today", &Words::today},
    WordKey{"ui.provisional", &Words::provisional},
    WordKey{"ui.provisional_legend", &Words::provisional_legend},
    WordKey{"ui.required", &Words::required},
    WordKey{"ui.error_prefix", &Words::error_prefix},
    WordKey{"ui.choose", &Words::choose},
    WordKey{"ui.loading", &Words::loading},
    WordKey{"ui.show_password", &Words::show_password},
    WordKey{"ui.hide_password", &Words::hide_password},
    WordKey{"ui.clear_search", &Words::clear_search},
    WordKey{"ui.step_of", &Words::step_of},
    WordKey{"ui.step_done", &Words::step_done},
    WordKey{"ui.step_current", &Words::step_current},
    WordKey{"ui.counted_day", &Words::counted_day},
    WordKey{"ui.days_hours", &Words::days_hours},
    WordKey{"ui.expired", &Words::expired},
    WordKey{"ui.badge_count", &Words::badge_count},
    WordKey{"ui.theme_light", &Words::theme_light},
    WordKey{"ui.theme_dark", &Words::theme_dark},
    WordKey{"ui.theme_high_contrast", &Words::theme_high_contrast},
    WordKey{"ui.theme_automatic", &Words::theme_automatic},
    WordKey{"ui.info", &Words::info},
    WordKey{"ui.success", &Words::success},
    WordKey{"ui.warning", &Words::warning},
    WordKey{"ui.danger", &Words::danger},
};

}  // namespace

WordKeys word_keys() { return {all_word_keys.data(), all_word_keys.data() + all_word_keys.size()}; }

void set_words(Words words) {
  current_words = std::move(words);
  platform::request_frame();
}

const Words& words() { return current_words; }

}  // namespace yuanyue::web::ui
