// The way out of a browser that others use too: signing out here or in another tab, somebody else
// who signs in, a page that ended in between. Three marks in the settings outlive the page: what is
// to be wiped (platform::wipe_mark), the session that is to end (session.cpp), and who left last,
// for tabs that slept meanwhile.
#include <string>

#include "web/app/app.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

// As platform::wipe_mark, but it stays.
constexpr std::string_view left_setting = "left";
// So long nothing else is shown; then the sign-in says what is not done yet.
constexpr std::int64_t wipe_max_ms = 10'000;
constexpr std::int64_t answer_max_ms = 5'000;
constexpr double look_again_ms = 250;

}  // namespace

// What a page before this one did not get done.
void App::resume_leaving() {
  seen_left_ = platform::setting(left_setting);
  leaving_.active = !platform::setting(platform::wipe_mark).empty();
  leaving_.since = device_now();
}

void App::leave() {
  const UserId user = session_->user().id;
  session_->sign_out();
  tell_left(user);
  forget_all(Afterwards::new_page);
}

void App::forget_kept() {
  tell_left(sync_->user());
  forget_all(Afterwards::same_page);
}

// Whose the place was until now: to the other tabs, and to a page that is opened later.
void App::tell_left(const UserId& user) {
  seen_left_ = to_string(user) + " " + to_string(new_uuid());
  platform::set_setting(platform::wipe_mark, seen_left_);
  platform::set_setting(left_setting, seen_left_);
  tabs_.send("", to_text(TabSignedOut{user}));
}

// Nothing of the user is shown from now on, and nothing is to stay in the browser. A new page has
// nothing in its memory, in its fields and behind its drawing either.
void App::forget_all(Afterwards afterwards) {
  leaving_ = {.active = true, .afterwards = afterwards, .since = device_now()};
  sync_->sign_out();
  tab_leader_->stop();
  conflicts_.forget();
  forget_user();
  last_user_ = {};
  sign_out_reason_.reset();
  if (session_->status() == Session::Status::signed_out) {
    platform::replace_route(route_to(site_.sign_in));
  }
  after_sync();
  platform::request_frame();
}

UserId App::user_here() const { return sync_->user() ? sync_->user() : last_user_; }

// In another tab. The leading one passes it on, and wipes what there is.
void App::signed_out_elsewhere(const UserId& user) {
  const bool is_leader = leads();
  const UserId here = user_here();
  if (!here) {
    if (is_leader) sync_->sign_out();
    return;
  }
  if (user != here) {
    // What is kept is another user's already.
    if (is_leader) platform::set_setting(platform::wipe_mark, {});
    return;
  }
  session_->ended();
  if (is_leader) tabs_.send("", to_text(TabSignedOut{user}));
  forget_all(Afterwards::new_page);
}

void App::settings_changed() {
  const std::string left = platform::setting(left_setting);
  if (left == seen_left_) return;
  seen_left_ = left;
  const auto user = parse_uuid(std::string_view(left).substr(0, left.find(' ')));
  signed_out_elsewhere(user ? UserId(*user) : UserId());
}

void App::watch_leaving() {
  if (!leaving_.active || leaving_.reloading) return;
  const bool wiped = platform::setting(platform::wipe_mark).empty() && !storage_.is_wiping();
  const bool told = !session_->is_leaving();
  if (wiped && told) {
    leaving_.active = leaving_.reloading = leaving_.afterwards == Afterwards::new_page;
    if (leaving_.reloading) return platform::reload_page_now();
    return platform::request_frame();
  }
  const std::int64_t waited_ms = device_now() - leaving_.since;
  const bool wipe_fails = storage_.mode() == ReplicaStorage::Mode::lost || waited_ms > wipe_max_ms;
  const bool is_untold = session_->is_leaving_late() || waited_ms > answer_max_ms;
  if ((wiped || wipe_fails) && (told || is_untold)) {
    leaving_.active = false;
    session_->check();  // goes on with what is left to do, or with whoever has signed in
    return platform::request_frame();
  }
  platform::request_frame_in(look_again_ms);
}

void App::draw_leaving() {
  ui::page({.title = t("leaving.title"), .lead = t("leaving.text"), .width_max = 440},
           [] { ui::skeleton({.shape = ui::SkeletonShape::card}); });
}

}  // namespace yuanyue::web::app
