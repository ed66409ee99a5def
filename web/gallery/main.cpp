// The gallery's page: never shipped, built for tests and pictures only.
#include <string>
#include <utility>

#include "web/app/texts.h"
#include "web/bridge/platform.h"
#include "web/gallery/gallery.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

constexpr std::int64_t text_timeout_ms = 20'000;

app::Texts texts;

void load_texts() {
  const app::Language language = app::language_of(platform::setting("language"));
  const std::string path =
      platform::asset_path("i18n/" + std::string(app::tag_of(language)) + ".json");
  platform::http_get(path, text_timeout_ms, [language](const platform::HttpResponse& response) {
    if (response.status != 200 || !texts.load(language, response.body)) return;
    ui::Words words;
    for (const ui::WordKey& word : ui::word_keys()) words.*word.member = texts.t(word.key);
    ui::set_words(std::move(words));
    platform::set_language(app::tag_of(language));
    platform::set_title(texts.t("app.window_title", {{"page", texts.t("title.gallery")}}));
    platform::request_frame();
  });
}

void frame() {
  ui::set_now_ms(platform::device_now_ms());
  if (texts.loaded()) {
    show_gallery([](std::string_view key) { return texts.t(key); });
  } else {
    ui::page({}, [] { ui::skeleton({.shape = ui::SkeletonShape::card}); });
  }
}

}  // namespace
}  // namespace yuanyue::web::gallery

int main() {
  yuanyue::web::gallery::load_texts();
  yuanyue::web::platform::run(
      [] { yuanyue::web::ui::frame([] { yuanyue::web::gallery::frame(); }); });
  return 0;
}
