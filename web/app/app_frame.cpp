// What stands around every view: navigation, the connection, dialogs of refusals, titles.
#include <span>
#include <string>
#include <vector>

#include "web/app/app.h"
#include "web/app/explain.h"
#include "web/app/sync_words.h"
#include "web/app/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::string_view offline_toast = "connection:offline";
constexpr std::string_view update_toast = "update";

std::string_view setting_of(ui::ThemeName theme) {
  switch (theme) {
    case ui::ThemeName::automatic:
      return "automatic";
    case ui::ThemeName::light:
      return "light";
    case ui::ThemeName::dark:
      return "dark";
    case ui::ThemeName::high_contrast:
      return "high_contrast";
  }
  return "automatic";
}

// Lives while the navigation is declared; it takes views.
struct NavigationTexts {
  std::string label, href;
};

std::vector<NavigationTexts> navigation_texts(const App& app) {
  std::vector<NavigationTexts> texts;
  const std::span<const NavigationEntry* const> entries = app.site().navigation;
  texts.reserve(entries.size());
  for (const NavigationEntry* entry : entries) {
    texts.push_back({app.t(entry->label), href(entry->page)});
  }
  return texts;
}

std::vector<ui::NavigationItem> navigation_items(const App& app,
                                                 const std::vector<NavigationTexts>& texts) {
  std::vector<ui::NavigationItem> items;
  const std::span<const NavigationEntry* const> entries = app.site().navigation;
  items.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    items.push_back({entries[i]->key, texts[i].label, texts[i].href, entries[i]->icon,
                     static_cast<std::uint32_t>(entries[i]->waiting(app))});
  }
  return items;
}

void refusal_dialog(App& app, const RefusedCommand& refusal, bool& open) {
  ui::dialog({.title = refusal_title(app, refusal.rejection), .key = "server-refusal"}, open, [&] {
    ui::paragraph(refused_sentence(app, refusal.command));
    if (explain(app, refusal, {.key = "server-refusal-why", .with_title = false})) open = false;
    ui::actions([&] {
      if (ui::button({.label = app.t("refusal.understood"), .key = "understood"})) open = false;
    });
  });
}

}  // namespace

void App::frame() {
  now_ = sync_->server_time(device_now());
  ui::set_now_ms(now_.ms);
  follow_route();
  redirect();
  if (!texts_.loaded()) {
    ui::page({}, [] { ui::skeleton({.shape = ui::SkeletonShape::card}); });
    return;
  }
  watch_leaving();
  watch_connection();
  if (const std::string route = notices_.taken(); route == update_toast) {
    want_reload();
  } else if (!route.empty()) {
    platform::navigate(route);
  }
  draw_frame();
  update_title();
}

// Says once that the connection is gone; the chip goes on saying it.
void App::watch_connection() {
  if (platform::online() != online_) {
    online_ = platform::online();
    if (online_ && !session_->proven()) session_->check();
    hint_online();
    after_sync();
  }
  tell_storage();
  const sync::Connection connection = sync_->status().connection;
  if (connection == seen_connection_) return;
  seen_connection_ = connection;
  if (connection == sync::Connection::offline) {
    told_offline_ = true;
    tell({.key = std::string(offline_toast), .tone = ui::Tone::warning, .text = [this] {
            return t("connection.offline_toast");
          }});
    return;
  }
  if (connection != sync::Connection::online) return;
  history_.try_again();
  if (told_offline_) {
    told_offline_ = false;
    tell({.key = std::string(offline_toast),
          .text = [this] { return t("connection.online_toast"); }});
  }
}

void App::draw_frame() {
  const bool signed_in = session_->status() == Session::Status::signed_in &&
                         !session_->must_change_password() && !is_leaving();
  const SyncWords chip = sync_words(*this);
  const std::string title = t("app.name");
  const std::string other_language = t("app.other_language");
  ui::AppFrameOptions options{.title = title, .language_label = other_language};
  options.navigation = signed_in;
  std::string user_name;
  const std::string account_href = href(site_.account);
  std::vector<NavigationTexts> texts;
  std::vector<ui::NavigationItem> items;
  if (signed_in) {
    texts = navigation_texts(*this);
    items = navigation_items(*this, texts);
    options.items = items;
    options.current = route_.page->navigation;
    options.status = chip.chip;
    options.status_tone = chip.tone;
    options.status_icon = chip.chip_icon;
    user_name =
        session_->enterprise() ? session_->enterprise()->name : session_->user().display_name;
    options.user_name = user_name;
    options.user_href = account_href;
  }
  const ui::AppFrameResult result = ui::app_frame(options, [this] { draw_page(); });
  if (result.language_pressed) {
    set_language(texts_.language() == Language::chinese ? Language::english : Language::chinese);
  }
  if (result.theme_pressed) platform::set_setting("theme", setting_of(ui::theme_choice()));
  if (result.status_pressed) go(site_.outbox);
  draw_refusal();
  draw_refused_just_now();
  tell_update();
}

void App::draw_page() {
  if (is_leaving()) return draw_leaving();
  if (session_->status() == Session::Status::checking) return draw_connecting();
  ui::scope(route_text_, [this] { draw_view(); });
}

void App::draw_view() { route_.page->view(*this); }

void App::draw_connecting() {
  ui::page({.width_max = 440}, [this] {
    if (!session_->unreachable()) return ui::skeleton({.shape = ui::SkeletonShape::card});
    ui::empty_state({.icon = ui::Icon::offline,
                     .title = t("connection.unreachable_title"),
                     .text = t("connection.unreachable_text")},
                    [this] {
                      if (ui::button({.label = t("connection.try_again")})) session_->check();
                    });
  });
}

void App::draw_refusal() {
  if (refusals_.empty()) return;
  const RefusedCommand refusal = refusals_.front();
  bool open = true;
  refusal_dialog(*this, refusal, open);
  if (!open) refusals_.pop_front();
}

// Answered while its user waits in front of the screen: over the present view.
void App::draw_refused_just_now() {
  const Conflict* found = conflicts_.find(refused_just_now_);
  if (!refusals_.empty() || found == nullptr) return;
  const Conflict conflict = *found;
  const RefusedCommand refusal{conflict.command, conflict.rejection};
  bool open = true;
  refusal_dialog(*this, refusal, open);
  if (open) return;
  refused_just_now_ = {};
  conflicts_.dismiss(conflict.id);
}

// --- a new version of the page ------------------------------------------------------------------

bool App::keeps_changes() const {
  const sync::SyncStatus& status = sync_->status();
  return !status.storage_failed && status.unsaved == 0;
}

bool App::is_saving() const {
  const sync::SyncStatus& status = sync_->status();
  return !status.storage_failed && status.unsaved > 0;
}

void App::want_reload() {
  if (sync_->status().pending == 0 || keeps_changes()) return platform::reload_page();
  reload_wanted_ = true;
}

// Said once, until it is taken or closed; the page on synchronisation goes on saying it.
void App::tell_update() {
  const bool ready =
      platform::update_ready() || sync_->status().connection == sync::Connection::update_needed;
  if (ready && !told_update_) {
    told_update_ = true;
    notices_.tell({.key = std::string(update_toast),
                   .tone = ui::Tone::info,
                   .text = [this] { return t("update.ready"); },
                   .action = [this] { return t("update.reload"); },
                   .route = std::string(update_toast),
                   .stays = true});
  }
  ask_reload();
}

void App::ask_reload() {
  const std::string count = number(static_cast<std::int64_t>(sync_->status().pending));
  const ui::Confirmation answer =
      ui::confirm_dialog({.title = t("update.loses_title"),
                          .text = t("update.loses_text", {{"count", count}}),
                          .confirm_label = t("update.reload_anyway"),
                          .cancel_label = t("update.later"),
                          .key = "reload"},
                         reload_wanted_);
  if (answer == ui::Confirmation::confirmed) platform::reload_page();
}

void App::update_title() {
  if (title_.empty()) title_ = t(route_.page->title);
  if (title_ == shown_title_) return;
  const bool first = shown_title_.empty();
  shown_title_ = title_;
  platform::set_title(t("app.window_title", {{"page", title_}}));
  if (!first) semantics::announce(title_);
}

}  // namespace yuanyue::web::app
