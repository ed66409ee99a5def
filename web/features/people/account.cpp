// The enterprise, the user, how the page looks, and the way out.
#include <array>
#include <span>
#include <string>
#include <vector>

#include "web/app/app.h"
#include "web/features/people/pages.h"
#include "web/features/people/sign_out.h"
#include "web/features/sync/pages.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct ThemeChoice {
  ui::ThemeName theme;
  std::string_view key;
};
constexpr std::array theme_choices{
    ThemeChoice{ui::ThemeName::automatic, "automatic"},
    ThemeChoice{ui::ThemeName::light, "light"},
    ThemeChoice{ui::ThemeName::dark, "dark"},
    ThemeChoice{ui::ThemeName::high_contrast, "high_contrast"},
};

std::string tags_text(const App& app, const Enterprise& enterprise) {
  std::string text;
  if (enterprise.key_project) text = app.t("tier.key_project");
  if (enterprise.high_tech) {
    if (!text.empty()) text += app.t("position.separator");
    text += app.t("tier.high_tech");
  }
  return text.empty() ? app.t("account.no_tags") : text;
}

void enterprise_card(App& app) {
  const auto& enterprise = app.session().enterprise();
  if (!enterprise) return;
  const std::string name_label = app.t("account.enterprise_name"),
                    code_label = app.t("account.credit_code"), tags_label = app.t("account.tags"),
                    contact_label = app.t("account.contact"), tags = tags_text(app, *enterprise);
  std::vector<ui::KeyValue> rows{
      {name_label, enterprise->name}, {code_label, enterprise->credit_code}, {tags_label, tags}};
  if (!enterprise->contact.empty()) rows.push_back({contact_label, enterprise->contact});
  ui::card({.title = app.t("account.enterprise"), .key = "enterprise"}, [&] {
    ui::key_values({.name = app.t("account.enterprise")}, rows);
    ui::caption(app.t("account.enterprise_help"));
  });
}

void user_card(App& app) {
  const User& user = app.session().user();
  const std::string name_label = app.t("account.user_name"),
                    display_label = app.t("account.display_name");
  const std::array rows{ui::KeyValue{display_label, user.display_name},
                        ui::KeyValue{name_label, user.name}};
  ui::card({.title = app.t("account.user"), .key = "user"}, [&] {
    ui::key_values({.name = app.t("account.user")}, rows);
    ui::actions([&] {
      ui::button({.label = app.t("password.title"),
                  .icon = ui::Icon::lock,
                  .key = "password",
                  .href = href(password_page)});
    });
  });
}

void language_choice(App& app) {
  const std::string chinese = app.t("account.language_chinese"),
                    english = app.t("account.language_english");
  const std::array choices{ui::Choice{"zh-CN", chinese}, ui::Choice{"en", english}};
  std::string chosen(tag_of(app.texts().language()));
  if (ui::radio_group(
          {.label = app.t("account.language"), .inline_choices = true, .key = "language"}, choices,
          chosen)) {
    app.set_language(language_of(chosen));
  }
}

void theme_choice(App& app) {
  std::array<std::string, theme_choices.size()> labels;
  std::vector<ui::Choice> choices;
  std::string chosen;
  for (std::size_t i = 0; i < theme_choices.size(); ++i) {
    labels[i] = app.t("theme." + std::string(theme_choices[i].key));
    choices.push_back({theme_choices[i].key, labels[i]});
    if (theme_choices[i].theme == ui::theme_choice()) chosen = theme_choices[i].key;
  }
  if (!ui::radio_group({.label = app.t("account.theme"), .inline_choices = true, .key = "theme"},
                       choices, chosen)) {
    return;
  }
  for (const ThemeChoice& choice : theme_choices) {
    if (choice.key == chosen) ui::set_theme(choice.theme);
  }
  platform::set_setting("theme", chosen);
}

void sync_card(App& app) {
  const sync::SyncStatus& status = app.sync().status();
  ui::card({.title = app.t("account.sync"), .key = "sync"}, [&] {
    const std::string pending = number(static_cast<std::int64_t>(status.pending));
    ui::paragraph(status.pending == 0 ? app.t("account.nothing_pending")
                                      : app.t("account.pending", {{"count", pending}}));
    if (status.last_synced_at) {
      const Instant at = app.sync().server_time(*status.last_synced_at);
      ui::caption(app.t("account.last_synced", {{"moment", app.format().moment(at)}}));
    }
    ui::actions([&] {
      if (ui::button(
              {.label = app.t("account.sync_now"), .icon = ui::Icon::refresh, .key = "refresh"})) {
        app.refresh();
      }
      ui::button({.label = app.t("account.sync_details"),
                  .kind = ui::ButtonKind::quiet,
                  .key = "outbox",
                  .href = href(outbox_page)});
    });
  });
}

void records_card(App& app) {
  const std::span<const NavigationEntry* const> records = app.site().records;
  if (records.empty() || !app.enterprise()) return;
  ui::card({.title = app.t("account.records"), .key = "records"}, [&] {
    ui::caption(app.t("account.records_help"));
    ui::actions([&] {
      for (const NavigationEntry* entry : records) {
        ui::button({.label = app.t(entry->label),
                    .icon = entry->icon,
                    .key = entry->key,
                    .href = href(entry->page)});
      }
    });
  });
}

}  // namespace

void account_view(App& app) {
  auto& mine = app.view_state<SignOutState>();
  ui::page({.title = app.t("title.account"), .width_max = 720}, [&] {
    enterprise_card(app);
    user_card(app);
    records_card(app);
    ui::card({.title = app.t("account.appearance"), .key = "appearance"}, [&] {
      language_choice(app);
      theme_choice(app);
    });
    sync_card(app);
    sign_out_button(app, mine);
  });
}

}  // namespace yuanyue::web::app
