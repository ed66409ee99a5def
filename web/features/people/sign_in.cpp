// Signing in, and the password that must be changed at the first time.
#include <string>

#include "web/app/app.h"
#include "web/features/people/pages.h"
#include "web/features/people/request_words.h"
#include "web/features/people/sign_out.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct SignInState {
  ui::FieldState name, password;
  bool was_busy = false;
  SignOutState before;  // of whoever was here
};

void tell_why_here(App& app) {
  if (app.sign_out_reason() == sync::SignOutReason::session_ended) {
    ui::banner({.title = app.t("sign_in.ended_title"),
                .text = app.t("sign_in.ended_text"),
                .tone = ui::Tone::info,
                .key = "ended"});
  }
}

// Moves the focus to the field that has to be looked at once the answer is there.
void take_answer(App& app, SignInState& mine) {
  const RequestState& request = app.session().sign_in_state();
  const bool answered = mine.was_busy && !request.busy;
  mine.was_busy = request.busy;
  if (!answered || !request.failure) return;
  if (request.failure->code == wire::ErrorCode::wrong_credentials) {
    mine.password.fail(app.t("sign_in.wrong_credentials"));
  }
}

void submit(App& app, SignInState& mine) {
  if (mine.name.text.empty()) mine.name.fail(app.t("sign_in.name_missing"));
  if (mine.password.text.empty()) mine.password.fail(app.t("sign_in.password_missing"));
  if (mine.name.text.empty() || mine.password.text.empty()) {
    mine.password.focus_wanted = !mine.name.text.empty();
    return;
  }
  app.session().sign_in(mine.name.text, mine.password.text);
  mine.was_busy = true;
}

void form(App& app, SignInState& mine) {
  bool wanted = false;
  wanted |= ui::text_field({.label = app.t("sign_in.name"),
                            .help = app.t("sign_in.name_help"),
                            .autocomplete = "username",
                            .max_length = 64,
                            .required = true,
                            .autofocus = true,
                            .width_max = 0,
                            .key = "name"},
                           mine.name)
                .submitted;
  wanted |= ui::password_field({.label = app.t("sign_in.password"),
                                .autocomplete = "current-password",
                                .max_length = 128,
                                .required = true,
                                .width_max = 0,
                                .key = "password"},
                               mine.password)
                .submitted;
  const RequestState& request = app.session().sign_in_state();
  if (request.failure && request.failure->code != wire::ErrorCode::wrong_credentials) {
    request_failure(app, *request.failure);
  }
  wanted |= ui::button({.label = app.t("sign_in.submit"),
                        .kind = ui::ButtonKind::primary,
                        .busy = request.busy,
                        .full_width = true,
                        .key = "submit"});
  if (wanted && !request.busy) submit(app, mine);
}

}  // namespace

void sign_in_view(App& app) {
  auto& mine = app.view_state<SignInState>();
  ui::page({.title = app.t("sign_in.title"), .lead = app.t("sign_in.lead"), .width_max = 440}, [&] {
    take_answer(app, mine);
    tell_why_here(app);
    left_behind(app, mine.before);
    ui::card({.key = "form", .name = app.t("sign_in.title")}, [&] { form(app, mine); });
    ui::caption(app.t("sign_in.forgotten"));
  });
}

}  // namespace yuanyue::web::app
