// What has happened, newest first.
#include "core/messages/inbox.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/earlier.h"
#include "web/app/sync_words.h"
#include "web/app/words.h"
#include "web/features/messages/pages.h"
#include "web/features/messages/unread.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

std::vector<const Notification*> newest_first(const App& app) {
  std::vector<const Notification*> rows;
  app.state().for_each<Notification>([&](const Notification& row) {
    if (row.enterprise == app.enterprise()) rows.push_back(&row);
  });
  std::ranges::sort(rows, [](const Notification* a, const Notification* b) {
    return a->at == b->at ? b->id < a->id : b->at < a->at;
  });
  return rows;
}

// True when it was opened or marked. What is archived asks for nothing any more.
bool message(App& app, const Notification& row) {
  const bool unread = app.state().find(row.id) != nullptr && is_unread(app.state(), row);
  const std::string text = notification_text(app, row);
  const std::string route = notification_route(app, row);
  bool read = false;
  ui::row({.align = ui::Align::start, .wrap = false}, [&] {
    ui::icon(
        {.icon = notification_icon(app, row), .tone = unread ? ui::Tone::info : ui::Tone::neutral});
    ui::grow([&] {
      ui::column({.gap = 4}, [&] {
        ui::paragraph(text, {.strong = unread});
        ui::row([&] {
          if (unread) ui::badge({.label = app.t("inbox.unread"), .tone = ui::Tone::info});
          ui::caption(app.t("inbox.when", {{"moment", app.format().moment(row.at)},
                                           {"ago", app.format().ago(row.at)}}));
          pending_badge(app, row.id);
        });
        ui::row([&] {
          if (!route.empty() && ui::link({.label = app.t("notice.look"),
                                          .href = "#" + route,
                                          .key = "open",
                                          .name = app.t("inbox.open", {{"text", text}})})) {
            read = unread;
          }
          if (unread && ui::button({.label = app.t("inbox.mark_read"),
                                    .kind = ui::ButtonKind::quiet,
                                    .small = true,
                                    .key = "mark",
                                    .name = app.t("inbox.mark_read_of", {{"text", text}})})) {
            read = true;
          }
        });
      });
    });
  });
  return read;
}

void messages(App& app, const std::vector<const Notification*>& rows) {
  std::vector<NotificationId> read;
  ui::card({.key = "messages", .padding = 16}, [&] {
    std::string key;
    ui::long_list(
        {.name = app.t("title.inbox"),
         .key = "list",
         .item_count = rows.size(),
         .item_height_guess = 110},
        [&](std::size_t item) -> std::string_view { return key = to_string(rows[item]->id); },
        [&](std::size_t item) {
          if (message(app, *rows[item])) read.push_back(rows[item]->id);
        });
  });
  mark_read(app, read);
}

// Those that are here, and what becomes of those that nobody has looked at.
void unread_line(App& app, const std::vector<const Notification*>& rows) {
  std::vector<NotificationId> unread;
  for (const Notification* row : rows) {
    if (is_unread(app.state(), *row)) unread.push_back(row->id);
  }
  const std::string count = number(static_cast<std::int64_t>(unread.size()));
  ui::row([&] {
    ui::paragraph(
        unread.empty() ? app.t("inbox.all_read") : app.t("inbox.unread_count", {{"count", count}}),
        {.secondary = true, .key = "count", .live = semantics::Live::polite});
    ui::spacer();
    if (!unread.empty() && ui::button({.label = app.t("inbox.mark_all"), .key = "all"})) {
      mark_read(app, unread);
    }
  });
}

}  // namespace

void inbox_view(App& app) {
  ui::page({.title = app.t("title.inbox"), .width_max = 720}, [&] {
    if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
    const sync::HistoryFilter filter{.kind = &Notification::type};
    std::vector<const Notification*> rows = newest_first(app);
    if (rows.empty()) {
      ui::empty_state({.icon = ui::Icon::bell,
                       .title = app.t("inbox.none_title"),
                       .text = app.t("inbox.none_text")});
    } else {
      unread_line(app, rows);
      rows = newest_first(app);  // a command may have been given meanwhile
    }
    const std::vector<const Notification*> earlier = earlier_rows<Notification>(app, filter);
    rows.insert(rows.end(), earlier.begin(), earlier.end());
    ui::column({.gap = 12, .key = "all"}, [&] {
      if (!rows.empty()) messages(app, rows);
      earlier_end(app, filter, rows.size());
    });
  });
}

}  // namespace yuanyue::web::app
