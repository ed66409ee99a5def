#include "web/features/people/sign_out.h"

#include <algorithm>
#include <string>

#include "web/app/words.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t named_max = 5;
// So long the storage may take to say what waits in it.
constexpr std::int64_t opening_max_ms = 3'000;

// Commands without a result, by what they do.
void name_what_is_lost(const App& app) {
  const auto& pending = app.sync().pending();
  const std::size_t count = app.sync().status().pending;
  std::size_t named = 0;
  ui::list({.name = app.t("outbox.waiting")}, [&] {
    for (const sync::Replica::Pending& each : pending) {
      if (each.result || named == named_max) continue;
      ++named;
      ui::item(to_string(each.entry.id),
               [&] { ui::paragraph(command_text(app, each.entry.command), {.strong = true}); });
    }
  });
  if (count > named) {
    ui::caption(app.t("account.sign_out_more",
                      {{"count", number(static_cast<std::int64_t>(count - named))}}));
  }
}

// The next one at the device is not told what they were.
enum class Named : std::uint8_t { yes, no };

// True when it is confirmed.
bool ask(App& app, bool& open, std::string_view title, std::string_view confirm, Named named) {
  const std::string count = number(static_cast<std::int64_t>(app.sync().status().pending));
  bool confirmed = false;
  ui::dialog({.title = app.t(title), .key = "sign-out-confirm"}, open, [&] {
    ui::paragraph(app.t(named == Named::yes ? "account.sign_out_text" : "sign_in.forget_text",
                        {{"count", count}}));
    if (named == Named::yes) name_what_is_lost(app);
    ui::actions([&] {
      if (ui::button({.label = app.t(confirm), .kind = ui::ButtonKind::danger, .key = "confirm"})) {
        confirmed = true;
        open = false;
      }
      if (ui::button({.label = app.t("account.stay"), .key = "stay"})) open = false;
    });
  });
  return confirmed;
}

}  // namespace

void sign_out_button(App& app, SignOutState& mine, ui::ButtonKind kind) {
  if (ui::button({.label = app.t("account.sign_out"),
                  .kind = kind,
                  .icon = ui::Icon::logout,
                  .busy = mine.wanted,
                  .key = "sign-out"})) {
    mine.wanted = true;
    mine.wanted_at = device_now();
  }
  const bool opening = app.storage().mode() == ReplicaStorage::Mode::opening &&
                       device_now() - mine.wanted_at < opening_max_ms;
  if (mine.wanted && !opening) {
    mine.wanted = false;
    if (app.sync().status().pending == 0) return app.leave();
    mine.open = true;
  }
  if (mine.wanted) platform::request_frame_in(100);
  if (ask(app, mine.open, "account.sign_out_title", "account.sign_out", Named::yes)) {
    app.leave();
  }
}

void left_behind(App& app, SignOutState& mine) {
  if (!platform::setting(platform::wipe_mark).empty()) {
    ui::banner({.title = app.t("leaving.not_wiped"),
                .text = app.t("storage.not_wiped"),
                .tone = ui::Tone::danger,
                .key = "not-wiped",
                .alert = true});
  }
  if (app.session().is_leaving()) {
    ui::banner({.title = app.t("leaving.not_told"),
                .text = app.t("leaving.not_told_text"),
                .tone = ui::Tone::warning,
                .key = "not-told",
                .alert = true});
  }
  const std::size_t pending = app.sync().status().pending;
  if (pending > 0) {
    const std::string count = number(static_cast<std::int64_t>(pending)),
                      until = app.format().moment(app.sync().kept_until());
    ui::banner(
        {.title = app.t("sign_in.kept_title", {{"count", count}}),
         .text = app.t("sign_in.kept_text", {{"moment", until}}),
         .tone = ui::Tone::info,
         .key = "kept"},
        [&] {
          mine.open |= ui::button(
              {.label = app.t("sign_in.forget"), .kind = ui::ButtonKind::quiet, .key = "forget"});
        });
  }
  if (ask(app, mine.open, "sign_in.forget_title", "sign_in.forget", Named::no)) {
    app.forget_kept();
  }
}

}  // namespace yuanyue::web::app
