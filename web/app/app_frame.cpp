// What stands around every view: navigation, the connection, dialogs of refusals, titles.
#include <array>
#include <string>

#include "web/app/app.h"
#include "web/app/describe.h"
#include "web/app/explain.h"
#include "web/app/gallery.h"
#include "web/app/views.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::string_view offline_toast = "connection:offline";

std::string_view navigation_key(Page page) {
  switch (page) {
    case Page::book:
    case Page::book_service:
      return "book";
    case Page::waitlist:
    case Page::waitlist_entry:
    case Page::offer:
      return "waitlist";
    case Page::inbox:
      return "inbox";
    case Page::account:
    case Page::password:
      return "account";
    default:
      return "home";
  }
}

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

struct ConnectionChip {
  std::string text;
  ui::Tone tone = ui::Tone::success;
  ui::Icon icon = ui::Icon::check;
};

ConnectionChip connection_chip(const App& app) {
  const sync::SyncStatus& status = app.sync().status();
  const std::string pending = number(static_cast<std::int64_t>(status.pending));
  const bool waiting = status.pending > 0;
  switch (status.connection) {
    case sync::Connection::online:
      if (!waiting) return {app.t("connection.online")};
      return {app.t("connection.pending", {{"count", pending}}), ui::Tone::info, ui::Icon::sync};
    case sync::Connection::offline:
      if (!waiting) return {app.t("connection.offline"), ui::Tone::warning, ui::Icon::offline};
      return {app.t("connection.offline_pending", {{"count", pending}}), ui::Tone::warning,
              ui::Icon::offline};
    default:
      return {app.t("connection.connecting"), ui::Tone::info, ui::Icon::sync};
  }
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
  watch_connection();
  if (const std::string route = notices_.taken(); !route.empty()) platform::navigate(route);
  if (route_.page == Page::gallery) {
    gallery([this](std::string_view key) { return t(key); });
  } else {
    draw_frame();
  }
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
  } else if (connection == sync::Connection::online && told_offline_) {
    told_offline_ = false;
    tell({.key = std::string(offline_toast),
          .text = [this] { return t("connection.online_toast"); }});
  }
}

void App::draw_frame() {
  const bool signed_in =
      session_->status() == Session::Status::signed_in && !session_->must_change_password();
  const std::string home = t("nav.home"), book = t("nav.book"), waitlist = t("nav.waitlist"),
                    inbox = t("nav.inbox"), account = t("nav.account");
  const auto unread = signed_in ? static_cast<std::uint32_t>(unread_count(*this)) : 0;
  const auto offers = signed_in ? static_cast<std::uint32_t>(open_offers(*this).size()) : 0;
  const std::string home_href = href(Page::home), book_href = href(Page::book),
                    waitlist_href = href(Page::waitlist), inbox_href = href(Page::inbox),
                    account_href = href(Page::account);
  const std::array items{
      ui::NavigationItem{"home", home, home_href, ui::Icon::home},
      ui::NavigationItem{"book", book, book_href, ui::Icon::plus},
      ui::NavigationItem{"waitlist", waitlist, waitlist_href, ui::Icon::queue, offers},
      ui::NavigationItem{"inbox", inbox, inbox_href, ui::Icon::bell, unread},
      ui::NavigationItem{"account", account, account_href, ui::Icon::user},
  };
  const ConnectionChip chip = connection_chip(*this);
  const std::string title = t("app.name");
  const std::string other_language = t("app.other_language");
  ui::AppFrameOptions options{.title = title, .language_label = other_language};
  options.navigation = signed_in;
  std::string user_name;
  if (signed_in) {
    options.items = items;
    options.current = navigation_key(route_.page);
    options.status = chip.text;
    options.status_tone = chip.tone;
    options.status_icon = chip.icon;
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
  if (result.status_pressed) refresh();
  draw_refusal();
  draw_update_needed();
}

void App::draw_page() {
  if (session_->status() == Session::Status::checking) return draw_connecting();
  ui::scope(route_text_, [this] { draw_view(); });
}

void App::draw_view() {
  switch (route_.page) {
    case Page::sign_in:
      return sign_in_view(*this);
    case Page::password:
      return password_view(*this);
    case Page::home:
      return home_view(*this);
    case Page::booking:
      return booking_view(*this);
    case Page::reschedule:
      return reschedule_view(*this);
    case Page::book:
      return book_view(*this);
    case Page::book_service:
      return book_service_view(*this);
    case Page::waitlist:
      return waitlist_view(*this);
    case Page::waitlist_entry:
      return waitlist_entry_view(*this);
    case Page::offer:
      return offer_view(*this);
    case Page::inbox:
      return inbox_view(*this);
    case Page::account:
      return account_view(*this);
    case Page::gallery:
    case Page::not_found:
      return not_found_view(*this);
  }
}

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
  const Refusal refusal = refusals_.front();
  bool open = true;
  ui::dialog({.title = refusal_title(*this, refusal.rejection), .key = "server-refusal"}, open,
             [&] {
               ui::paragraph(refused_sentence(*this, refusal.command));
               if (explain(*this, refusal, {.key = "server-refusal-why", .with_title = false}))
                 open = false;
               ui::actions([&] {
                 if (ui::button({.label = t("refusal.understood"), .key = "understood"}))
                   open = false;
               });
             });
  if (!open) refusals_.pop_front();
}

void App::draw_update_needed() {
  if (sync_->status().connection != sync::Connection::update_needed) return;
  bool open = true;
  ui::dialog(
      {.title = t("connection.update_title"), .key = "update-needed", .closable = false}, open,
      [this] {
        ui::paragraph(t("connection.update_text"));
        ui::actions([this] {
          if (ui::button({.label = t("connection.reload"), .kind = ui::ButtonKind::primary})) {
            platform::reload_page();
          }
        });
      });
}

void App::update_title() {
  if (title_.empty()) title_ = t("title." + std::string(name_of(route_.page)));
  if (title_ == shown_title_) return;
  const bool first = shown_title_.empty();
  shown_title_ = title_;
  platform::set_title(t("app.window_title", {{"page", title_}}));
  if (!first) semantics::announce(title_);
}

}  // namespace yuanyue::web::app
