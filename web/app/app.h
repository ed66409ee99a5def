// The application: what every view is given. One instance, made by web/pages with the features of
// its page; main thread only.
//
// How a view is written (web/features, named in its feature's pages.h):
//   void inbox_view(App& app) {
//     ui::page({.title = app.t("title.inbox")}, [&] {
//       if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
//       …app.state() for rows, core/<domain> for what is allowed, app.submit(AnyCommand) to act…
//     });
//   }
// - Every frame declares the whole view from app.state(), which contains predictions: after a
//   submit() the rows have changed already. What only the view knows (typed text, an open dialog)
//   is in a struct of its own: auto& mine = app.view_state<MyState>(), which lives as long as the
//   route's page and argument stay.
// - submit() gives back a Rejection that the core gave at once: keep it in the view state as a
//   RefusedCommand and draw it with explain() (explain.h). Refusals that the server gives later are
//   shown by the frame, over any view.
// - Rows found in the state may go away with any submit(): take what you need before, or look
//   again.
// - What changes with time alone (a deadline that passes): app.redraw_at(instant).
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/state.h"
#include "core/sync/history.h"
#include "core/sync/sync_client.h"
#include "web/app/browser_tabs.h"
#include "web/app/conflicts.h"
#include "web/app/feature.h"
#include "web/app/format.h"
#include "web/app/http_transport.h"
#include "web/app/notices.h"
#include "web/app/replica_storage.h"
#include "web/app/route.h"
#include "web/app/session.h"
#include "web/app/tab_follower.h"
#include "web/app/tab_leader.h"
#include "web/app/texts.h"

namespace yuanyue::web::app {

struct Submitted {
  CommandId id;
  // Set: nothing was sent. Unset: done as far as this page can know, and on its way to the server.
  std::optional<Rejection> rejection;
  explicit operator bool() const { return !rejection; }
};

class App {
 public:
  explicit App(const Site& site);
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  void start();  // loads the words, asks for the session
  void frame();  // draws: to be called inside ui::frame()

  const Site& site() const { return site_; }

  // --- words ---
  std::string t(std::string_view key, TextValues values = {}) const {
    return texts_.t(key, values);
  }
  const Texts& texts() const { return texts_; }
  std::string_view t(const Text& text) const;  // of the catalog, in the language in use
  Format format() const { return {texts_, now()}; }
  void set_language(Language language);

  // --- what there is ---
  const State& state() const { return sync_->state(); }
  const sync::SyncClient& sync() const { return *sync_; }
  // Shows `look` the state as it would be after this command; not at all if it would be refused.
  void suppose(const AnyCommand& command, const std::function<void(const State&)>& look) const;
  // What survives the page, and why not when it does not.
  const ReplicaStorage& storage() const { return storage_; }
  Session& session() { return *session_; }
  const Session& session() const { return *session_; }
  // The server's clock as far as it is known. The same during one frame.
  Instant now() const { return now_; }
  // What has left the state; views say what of it they want (earlier.h).
  sync::History& history() { return history_; }
  const sync::History& history() const { return history_; }
  // The first pull has not come yet: show a skeleton.
  bool loading() const { return !sync_->status().has_replica; }
  // The signed-in member's; none for administrators.
  EnterpriseId enterprise() const;

  // --- acting ---
  Submitted submit(AnyCommand command);
  template <class IdType>
  IdType new_id() {
    return IdType(new_uuid());
  }
  Uuid new_uuid();
  // What the server refused after it had been shown as done.
  const Conflicts& conflicts() const { return conflicts_; }
  void dismiss_conflict(const CommandId& id) { conflicts_.dismiss(id); }
  // Whether what waits for the server outlives this page: all of it is written.
  bool keeps_changes() const;
  // Some of what waits is on its way into the storage.
  bool is_saving() const;
  // What is wrong with the storage of this browser, in a sentence; empty: nothing.
  std::string storage_text() const;
  // The user leaves this browser; nothing of theirs stays in it (app_leaving.cpp).
  void leave();
  // Nobody is signed in; what waits for the one who was is given up.
  void forget_kept();
  // Loads the newest version of the page; asks first if that would lose something.
  void want_reload();
  // Shows a refusal in a dialog over the present view (explain.h draws it).
  void show_refusal(RefusedCommand refusal) { refusals_.push_back(std::move(refusal)); }
  // A toast that says what was done; without a connection also that it is not certain yet.
  void say_done(std::string_view key, std::function<std::string()> text);
  // A toast; with a route also a button "look" that leads there.
  void tell(Notice notice);
  void refresh();  // asks the server for news now
  void redraw_at(Instant server_time);

  // --- where we are ---
  const Route& route() const { return route_; }
  void go(const Page& page, std::string_view argument = {});
  // Nobody can be shown anything now (app_leaving.cpp).
  bool is_leaving() const { return leaving_.active; }
  // Where a sign-in or password change leads back to; "/" by default.
  void return_from_sign_in();
  // Why the last session ended, if not by the user.
  const std::optional<sync::SignOutReason>& sign_out_reason() const { return sign_out_reason_; }
  // The browser's title and what is announced after a change of route; by default the page's own.
  void set_title(std::string title) { title_ = std::move(title); }

  // Of the present place (page and argument). Survives signing in again.
  template <class Own>
  Own& view_state();

 private:
  using ViewState = std::unique_ptr<void, void (*)(void*)>;
  struct ViewStates {
    Route place;
    std::unordered_map<const void*, ViewState> by_type;
  };

  void load_texts(Language language);
  void texts_loaded(Language language, const platform::HttpResponse& response);
  void session_opened(const wire::SessionResponse& session, Instant sent_at, Instant received_at);
  void session_checked();
  void forget_user();
  // What this browser keeps (app_replica.cpp).
  ReplicaStorage::Listener storage_listener();
  TabFollower::Listener leader_listener();
  void listen_to_browser();
  void request_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer);
  bool leads() const;
  void history_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer);
  void watch_losses();
  void wait_for_leader();
  void follow();
  void take_tab_message(std::string_view from, std::string_view text);
  void signed_out_elsewhere(const UserId& user);
  enum class Afterwards : std::uint8_t { same_page, new_page };
  UserId user_here() const;  // whose rows this page has or had; none: nobody's
  void resume_leaving();
  void tell_left(const UserId& user);
  void forget_all(Afterwards afterwards);
  void settings_changed();
  void watch_leaving();
  void draw_leaving();
  void replica_loaded(const sync::StoredReplica& stored);
  void remember_user();
  void tell_storage();
  std::string_view storage_sentence() const;  // its key
  void hint_online();
  void after_sync();
  void take_event(const sync::SyncEvent& event);
  void tell_corrected(const sync::CommandCorrected& corrected);
  void tell_new_notifications();
  void arm_timer();
  void watch_connection();
  bool follow_route();
  void redirect();
  void draw_frame();
  void draw_page();
  void draw_view();
  void draw_connecting();
  void draw_refusal();
  void draw_refused_just_now();
  void tell_update();
  void ask_reload();
  void update_title();

  const Site& site_;
  Texts texts_;
  Language wanted_language_ = Language::chinese;
  int text_load_failures_ = 0;
  BrowserTabs tabs_;
  HttpTransport http_;
  TabFollower transport_;  // to the server, or to the leading tab
  ReplicaStorage storage_;
  std::unique_ptr<sync::SyncClient> sync_;
  std::unique_ptr<TabLeader> tab_leader_;
  bool leader_online_ = true;  // the leading tab is, when another one leads
  // Each tab asks by itself: it changes nothing, and the session is that of all.
  HttpTransport history_http_;
  sync::History history_{history_http_};
  sync::Replica::Losses seen_losses_;
  std::unique_ptr<Session> session_;
  std::uint64_t seen_version_ = 0;
  sync::Connection seen_connection_ = sync::Connection::connecting;
  std::uint32_t timer_ = 0;
  Instant timer_at_ = never;
  bool online_ = true;
  bool told_offline_ = false;
  std::string told_storage_;  // the key of its sentence
  Instant now_;

  Route route_;
  std::string route_text_;
  std::string return_to_;  // where a sign-in leads
  UserId last_user_;
  std::optional<sync::SignOutReason> sign_out_reason_;
  std::string title_, shown_title_;
  std::vector<ViewStates> view_states_;
  std::deque<RefusedCommand> refusals_;
  Conflicts conflicts_;
  // Given on this page while there was a connection, and when: who waits in front of the screen is
  // answered there.
  std::unordered_map<CommandId, Instant, IdHash> asked_online_;
  CommandId refused_just_now_;
  bool told_update_ = false;
  bool reload_wanted_ = false;
  // Notifications that need no toast any more; unset before the first pull.
  std::optional<std::unordered_set<Uuid, IdHash>> told_notifications_;
  Notices notices_;
  // What is left to do before the place is free for the next one; meanwhile nothing else is shown.
  struct Leaving {
    bool active = false;
    bool reloading = false;
    Afterwards afterwards = Afterwards::same_page;
    Instant since;
  };
  Leaving leaving_;
  std::string seen_left_;  // the last sign-out of any tab that this page knows of
};

// The device's clock.
Instant device_now();

template <class Own>
Own& App::view_state() {
  static char tag = 0;  // its address names the type; not const, or equal ones may be merged
  ViewStates* states = nullptr;
  for (ViewStates& candidate : view_states_) {
    if (candidate.place.same_place(route_)) states = &candidate;
  }
  if (states == nullptr) states = &view_states_.emplace_back(ViewStates{route_, {}});
  auto found = states->by_type.find(&tag);
  if (found == states->by_type.end()) {
    found = states->by_type
                .emplace(&tag, ViewState(new Own{}, [](void* it) { delete static_cast<Own*>(it); }))
                .first;
  }
  return *static_cast<Own*>(found->second.get());
}

}  // namespace yuanyue::web::app
