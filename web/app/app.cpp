#include "web/app/app.h"

#include <algorithm>
#include <utility>

#include "core/kernel/authorize.h"
#include "core/messages/inbox.h"
#include "core/people/acting_enterprise.h"
#include "web/app/complete.h"
#include "web/app/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::int64_t text_timeout_ms = 20'000;
constexpr std::int64_t text_retry_max_ms = 10'000;
constexpr std::int64_t timer_max_ms = ms_per_day;
constexpr std::size_t told_singly_max = 2;
constexpr std::int64_t awaited_ms = 15'000;  // longer than that nobody waits for an answer

Uuid random_uuid() {
  Uuid id;
  while (!id) platform::random_bytes(&id, sizeof id);
  return id;
}

ui::ThemeName theme_of(std::string_view name) {
  if (name == "light") return ui::ThemeName::light;
  if (name == "dark") return ui::ThemeName::dark;
  if (name == "high_contrast") return ui::ThemeName::high_contrast;
  return ui::ThemeName::automatic;
}

}  // namespace

Instant device_now() { return {platform::device_now_ms()}; }

App::App(const Site& site)
    : site_(site),
      http_([this](sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
        request_answered(ticket, answer);
      }),
      transport_(tabs_, http_, leader_listener()),
      storage_(storage_listener()),
      history_http_([this](sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
        history_answered(ticket, answer);
      }),
      conflicts_(site) {
  require(has_words_for_types(site, known_domains()));
  route_.page = &site.home;
  sync_ =
      std::make_unique<sync::SyncClient>(storage_, transport_, new_uuid(), sync::StoredReplica{});
  tab_leader_ = std::make_unique<TabLeader>(tabs_, *sync_);
  session_ = std::make_unique<Session>(Session::Listener{
      .opened = [this](const wire::SessionResponse& session, Instant sent_at,
                       Instant received_at) { session_opened(session, sent_at, received_at); },
      .checked = [this] { session_checked(); },
  });
}

void App::start() {
  ui::set_theme(theme_of(platform::setting("theme")));
  const std::string chosen = platform::setting("language");
  load_texts(language_of(chosen.empty() ? platform::preferences().language : chosen));
  listen_to_browser();
  resume_leaving();
  session_->check();
}

// --- words
// ------------------------------------------------------------------------------------------

void App::load_texts(Language language) {
  wanted_language_ = language;
  const std::string path = platform::asset_path("i18n/" + std::string(tag_of(language)) + ".json");
  platform::http_get(path, text_timeout_ms,
                     [this, language](const platform::HttpResponse& response) {
                       texts_loaded(language, response);
                     });
}

void App::texts_loaded(Language language, const platform::HttpResponse& response) {
  if (language != wanted_language_) return;  // changed again meanwhile
  if (response.status != 200 || !texts_.load(language, response.body)) {
    const std::int64_t wait_ms = 500LL << std::min(text_load_failures_++, 5);
    platform::set_timer(std::min(wait_ms, text_retry_max_ms), [this, language] {
      if (language == wanted_language_) load_texts(language);
    });
    return;
  }
  text_load_failures_ = 0;
  ui::Words words;
  for (const ui::WordKey& word : ui::word_keys()) words.*word.member = t(word.key);
  ui::set_words(std::move(words));
  platform::set_language(tag_of(language));
  notices_.reword();
  shown_title_.clear();
  platform::request_frame();
}

void App::set_language(Language language) {
  platform::set_setting("language", tag_of(language));
  load_texts(language);
}

std::string_view App::t(const Text& text) const {
  return texts_.language() == Language::english && !text.en.empty() ? text.en : text.zh;
}

// --- session
// ----------------------------------------------------------------------------------------

void App::session_opened(const wire::SessionResponse& session, Instant sent_at,
                         Instant received_at) {
  if (const UserId before = user_here(); before && before != session.user.id) {
    // The page begins anew when nothing of theirs is left.
    tell_left(before);
    return forget_all(Afterwards::new_page);
  }
  last_user_ = session.user.id;
  sign_out_reason_.reset();
  sync_->note_server_clock(session.server_now, sent_at, received_at);
  history_.try_again();
  hint_online();
  if (!session.must_change_password) sync_->sign_in(session.user.id, received_at);
  // The leading tab may have put off what came before.
  if (storage_.mode() == ReplicaStorage::Mode::elsewhere) storage_.following();
  after_sync();
  platform::request_frame();
}

// There is no session, or no answer.
void App::session_checked() {
  if (session_->proven()) {
    notices_.clear();  // they tell of this user's matters
    sync_->session_ended(device_now());
  } else {
    hint_online();
  }
  after_sync();
  platform::request_frame();
}

void App::forget_user() {
  view_states_.clear();
  refusals_.clear();
  asked_online_.clear();
  refused_just_now_ = {};
  return_to_.clear();
  told_notifications_.reset();
  notices_.clear();
}

EnterpriseId App::enterprise() const { return enterprise_of(state(), sync_->actor()); }

// --- acting
// -----------------------------------------------------------------------------------------

Uuid App::new_uuid() { return time_ordered(random_uuid(), device_now().ms); }

Submitted App::submit(AnyCommand command) {
  Submitted submitted{.id = new_id<CommandId>()};
  auto result = sync_->submit(std::move(command), submitted.id, device_now());
  if (!result) submitted.rejection = std::move(result).error();
  if (submitted && sync_->status().connection == sync::Connection::online) {
    asked_online_.emplace(submitted.id, device_now());
  }
  after_sync();
  return submitted;
}

void App::say_done(std::string_view key, std::function<std::string()> text) {
  if (sync_->status().connection == sync::Connection::online) {
    return tell({.key = std::string(key), .text = std::move(text)});
  }
  tell({.key = std::string(key), .tone = ui::Tone::warning, .text = [this, text = std::move(text)] {
          return t("connection.done_waits", {{"text", text()}});
        }});
}

void App::tell(Notice notice) {
  if (!notice.action) notice.action = [this] { return t("notice.look"); };
  notices_.tell(std::move(notice));
}

void App::suppose(const AnyCommand& command, const std::function<void(const State&)>& look) const {
  sync_->suppose(command, device_now(), look);
}

void App::refresh() {
  if (!session_->proven()) session_->check();
  sync_->refresh(device_now());
  after_sync();
}

void App::redraw_at(Instant server_time) {
  const std::int64_t wait_ms = server_time - now_;
  if (server_time == never || wait_ms <= 0 || wait_ms > timer_max_ms) return;
  platform::request_frame_in(static_cast<double>(wait_ms));
}

// --- what the sync client says
// ----------------------------------------------------------------------

void App::after_sync() {
  if (const UserId user = sync_->actor().user) conflicts_.belong_to(user);
  const std::vector<sync::SyncEvent> events = sync_->take_events();
  for (const sync::SyncEvent& event : events) take_event(event);
  watch_losses();
  if (session_->status() == Session::Status::checking && !loading()) remember_user();
  if (leads()) tab_leader_->sync_changed(events, device_now());
  if (seen_version_ != sync_->version()) {
    seen_version_ = sync_->version();
    tell_new_notifications();
    platform::changed();
  }
  arm_timer();
}

void App::take_event(const sync::SyncEvent& event) {
  if (const auto* refused = std::get_if<sync::CommandRefused>(&event)) {
    const Instant now = device_now();
    conflicts_.add({refused->id, sync_->server_time(now), refused->command, refused->rejection});
    const auto asked = asked_online_.find(refused->id);
    if (asked != asked_online_.end() && now - asked->second < awaited_ms) {
      refused_just_now_ = refused->id;
    } else if (route_.page != &site_.outbox) {
      tell({.key = "conflict",
            .tone = ui::Tone::warning,
            .text = [this] { return t("conflict.told"); },
            .route = route_to(site_.outbox)});
    }
    asked_online_.erase(refused->id);
  } else if (const auto* confirmed = std::get_if<sync::CommandConfirmed>(&event)) {
    asked_online_.erase(confirmed->id);
  } else if (const auto* corrected = std::get_if<sync::CommandCorrected>(&event)) {
    asked_online_.erase(corrected->id);
    tell_corrected(*corrected);
  } else if (const auto* signed_out = std::get_if<sync::SignedOut>(&event)) {
    switch (signed_out->reason) {
      case sync::SignOutReason::session_ended:
        // It may go on under another token: the password was changed in another tab.
        sign_out_reason_ = signed_out->reason;
        session_->doubt();
        break;
      case sync::SignOutReason::wrong_user:
        session_->check();
        break;
      case sync::SignOutReason::password_change_required:
        session_->require_password_change();
        break;
    }
  }
  platform::changed();
}

// What came of a command is something else than was shown: says what it is now.
void App::tell_corrected(const sync::CommandCorrected& corrected) {
  for (const AnyKey& key : corrected.rows) {
    if (corrected_sentence(*this, key).empty()) continue;
    return tell({.key = "corrected:" + to_string(corrected.id),
                 .tone = ui::Tone::info,
                 .text = [this, key] { return corrected_sentence(*this, key); },
                 .route = route_of_row(*this, key)});
  }
}

void App::tell_new_notifications() {
  if (loading()) return;
  notices_.close_gone();
  const bool first = !told_notifications_;
  if (first) told_notifications_.emplace();
  std::vector<const Notification*> fresh;
  state().for_each<Notification>([&](const Notification& notification) {
    const bool is_new = told_notifications_->insert(notification.id).second;
    if (is_new && !first && is_unread(state(), notification)) fresh.push_back(&notification);
  });
  std::ranges::sort(fresh, {}, [](const Notification* row) { return row->at; });
  if (fresh.size() > told_singly_max) {  // back after a while: the inbox has them all
    return tell({.key = "notifications",
                 .tone = ui::Tone::info,
                 .text =
                     [this, count = number(static_cast<std::int64_t>(fresh.size()))] {
                       return t("notice.several", {{"count", count}});
                     },
                 .route = route_to(site_.inbox)});
  }
  for (const Notification* notification : fresh) {
    tell({.key = "notification:" + to_string(notification->id),
          .tone = ui::Tone::info,
          .text =
              [this, id = notification->id] {
                const Notification* row = state().find(id);
                if (row == nullptr || !is_unread(state(), *row)) return std::string();
                return notification_text(*this, *row);
              },
          .route = notification_route(*this, *notification)});
  }
}

void App::arm_timer() {
  const Instant at = sync_->next_wake();
  if (at == timer_at_) return;
  if (timer_ != 0) platform::cancel_timer(timer_);
  timer_ = 0;
  timer_at_ = at;
  if (at == never) return;
  const std::int64_t wait_ms = std::clamp<std::int64_t>(at - device_now(), 0, timer_max_ms);
  const auto tick = [this] {
    timer_ = 0;
    timer_at_ = never;
    sync_->tick(device_now());
    after_sync();
  };
  timer_ = platform::set_timer(wait_ms, tick, platform::Redraw::if_changed);
}

// --- where we are
// -----------------------------------------------------------------------------------

void App::go(const Page& page, std::string_view argument) {
  platform::navigate(route_to(page, argument));
}

void App::return_from_sign_in() {
  const std::string route = std::exchange(return_to_, {});
  platform::replace_route(route.empty() ? route_to(site_.home) : route);
}

// True when the place is another one than in the last frame.
bool App::follow_route() {
  if (platform::route() == route_text_) return false;
  const bool first = route_text_.empty();
  route_text_ = platform::route();
  Route next = parse_route(site_, route_text_);
  if (!first && next.same_place(route_)) {
    route_ = std::move(next);
    return false;
  }
  route_ = std::move(next);
  title_.clear();
  notices_.arrived(route_text_);
  // What was typed in a view outlives a sign-in that had to come between.
  if (route_.page->access == Access::signed_in && route_.page != &site_.password) {
    std::erase_if(view_states_,
                  [&](const ViewStates& states) { return !states.place.same_place(route_); });
  }
  return true;
}

// Leads to the sign-in and back again.
void App::redirect() {
  const bool signed_in = session_->status() == Session::Status::signed_in;
  if (session_->status() == Session::Status::checking) return;
  if (!signed_in && route_.page->access == Access::signed_in) {
    if (!is_leaving()) return_to_ = route_text_;
    platform::replace_route(route_to(site_.sign_in));
  } else if (signed_in && session_->must_change_password() && route_.page != &site_.password) {
    if (route_.page != &site_.sign_in) return_to_ = route_text_;
    platform::replace_route(route_to(site_.password));
  } else if (signed_in && route_.page == &site_.sign_in) {
    return_from_sign_in();
  }
  follow_route();
}

}  // namespace yuanyue::web::app
