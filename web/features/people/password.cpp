// Changing the password: forced at the first sign-in, or wanted.
#include <string>

#include "web/app/app.h"
#include "web/features/people/pages.h"
#include "web/features/people/request_words.h"
#include "web/features/people/sign_out.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct PasswordState {
  ui::FieldState current, wanted, repeated;
  bool was_busy = false;
  int changed_before = -1;
  SignOutState sign_out;
};

void take_answer(App& app, PasswordState& mine) {
  const RequestState& request = app.session().password_state();
  const bool answered = mine.was_busy && !request.busy;
  mine.was_busy = request.busy;
  if (!answered || !request.failure) return;
  if (request.failure->code == wire::ErrorCode::wrong_credentials) {
    mine.current.fail(app.t("password.current_wrong"));
  }
  if (request.failure->code == wire::ErrorCode::weak_password) {
    mine.wanted.fail(app.t("password.weak"));
  }
}

bool shown_at_field(const RequestFailure& failure) {
  return failure.code == wire::ErrorCode::wrong_credentials ||
         failure.code == wire::ErrorCode::weak_password;
}

void submit(App& app, PasswordState& mine) {
  // The first mistake gets the focus.
  if (mine.current.text.empty()) return mine.current.fail(app.t("password.current_missing"));
  if (mine.wanted.text.empty()) return mine.wanted.fail(app.t("password.wanted_missing"));
  if (mine.wanted.text == mine.current.text) return mine.wanted.fail(app.t("password.same"));
  if (mine.wanted.text != mine.repeated.text) {
    return mine.repeated.fail(app.t("password.differs"));
  }
  app.session().change_password(mine.current.text, mine.wanted.text);
  mine.was_busy = true;
}

void form(App& app, PasswordState& mine) {
  bool wanted = false;
  const auto field = [&](std::string_view key, const std::string& label, const std::string& help,
                         std::string_view autocomplete, bool focus, ui::FieldState& state) {
    wanted |= ui::password_field({.label = label,
                                  .help = help,
                                  .autocomplete = autocomplete,
                                  .max_length = 128,
                                  .required = true,
                                  .autofocus = focus,
                                  .width_max = 0,
                                  .key = key},
                                 state)
                  .submitted;
  };
  field("current", app.t("password.current"), {}, "current-password", true, mine.current);
  field("wanted", app.t("password.wanted"), app.t("password.wanted_help"), "new-password", false,
        mine.wanted);
  field("repeated", app.t("password.repeated"), {}, "new-password", false, mine.repeated);
  const RequestState& request = app.session().password_state();
  if (request.failure && !shown_at_field(*request.failure)) request_failure(app, *request.failure);
  ui::actions([&] {
    wanted |= ui::button({.label = app.t("password.submit"),
                          .kind = ui::ButtonKind::primary,
                          .busy = request.busy,
                          .key = "submit"});
    if (app.session().must_change_password()) {
      sign_out_button(app, mine.sign_out, ui::ButtonKind::quiet);
    }
  });
  if (wanted && !request.busy) submit(app, mine);
}

}  // namespace

void password_view(App& app) {
  auto& mine = app.view_state<PasswordState>();
  const int changed = app.session().passwords_changed();
  if (mine.changed_before < 0) mine.changed_before = changed;
  if (changed > mine.changed_before) {
    mine = {};
    app.tell({.key = "password-changed", .text = [&app] { return app.t("password.changed"); }});
    app.return_from_sign_in();
  }
  const bool forced = app.session().must_change_password();
  const std::string back = forced ? std::string() : app.t("title.account");
  ui::page({.title = app.t(forced ? "password.first_title" : "password.title"),
            .lead = forced ? app.t("password.first_lead") : std::string(),
            .back_label = back,
            .back_href = href(account_page),
            .width_max = 440},
           [&] {
             take_answer(app, mine);
             ui::card({.key = "form", .name = app.t("password.title")}, [&] { form(app, mine); });
           });
}

}  // namespace yuanyue::web::app
