#include "web/gallery/gallery.h"

#include <array>
#include <vector>

#include "web/gallery/parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

using namespace ui;

std::string shown_tab = "basics";

void text_styles(const GalleryText& t) {
  section({.title = t("gallery.text"), .lead = t("gallery.text_lead")}, [&] {
    card([&] {
      heading(1, t("gallery.heading_1"));
      heading(2, t("gallery.heading_2"));
      heading(3, t("gallery.heading_3"));
      heading(4, t("gallery.heading_4"));
      paragraph(t("gallery.long_paragraph"));
      paragraph(t("gallery.long_paragraph"), {.secondary = true, .width_max = 480});
      paragraph(t("gallery.long_name"), {.strong = true});
      paragraph(t("gallery.warning_sentence"), {.tone = Tone::warning, .icon = Icon::warning});
      caption(t("gallery.caption"));
      row([&] {
        link({.label = t("gallery.link"), .href = "#/"});
        link({.label = t("gallery.small_link"),
              .href = "#/",
              .icon = Icon::document,
              .small = true});
      });
    });
  });
}

void badges(const GalleryText& t) {
  section({.title = t("gallery.badges")}, [&] {
    row([&] {
      badge({.label = t("gallery.badge_neutral")});
      badge({.label = t("gallery.badge_info"), .tone = Tone::info, .icon = Icon::clock});
      badge({.label = t("gallery.badge_success"), .tone = Tone::success});
      badge({.label = t("gallery.badge_warning"), .tone = Tone::warning});
      badge({.label = t("gallery.badge_danger"), .tone = Tone::danger});
    });
  });
}

void buttons(const GalleryText& t) {
  section({.title = t("gallery.buttons")}, [&] {
    for (const bool small : {false, true}) {
      scope(small ? "small" : "normal", [&] {
        row([&] {
          button({.label = t("gallery.primary"),
                  .kind = ButtonKind::primary,
                  .icon = Icon::swap,
                  .small = small});
          button({.label = t("gallery.secondary"), .small = small});
          button({.label = t("gallery.quiet"), .kind = ButtonKind::quiet, .small = small});
          button({.label = t("gallery.danger"), .kind = ButtonKind::danger, .small = small});
          button({.label = t("gallery.print"),
                  .icon = Icon::printer,
                  .icon_only = true,
                  .small = small});
        });
      });
    }
    row([&] {
      scope("disabled", [&] {
        button({.label = t("gallery.primary"),
                .kind = ButtonKind::primary,
                .disabled = true,
                .disabled_reason = t("gallery.disabled_reason")});
        button({.label = t("gallery.secondary"), .disabled = true});
        button({.label = t("gallery.quiet"), .kind = ButtonKind::quiet, .disabled = true});
      });
    });
    row([&] {
      scope("busy", [&] {
        button({.label = t("gallery.primary"), .kind = ButtonKind::primary, .busy = true});
        button({.label = t("gallery.secondary"), .icon = Icon::sync, .busy = true});
      });
    });
    column({.width_max = 320}, [&] {
      button({.label = t("gallery.full_width"), .kind = ButtonKind::primary, .full_width = true});
    });
  });
}

void icons(const GalleryText& t) {
  section({.title = t("gallery.icons")}, [&] {
    row({.gap = 16, .line_gap = 16}, [&] {
      for (int i = static_cast<int>(Icon::arrow_right); i <= static_cast<int>(Icon::warning); ++i) {
        icon({.icon = static_cast<Icon>(i), .size = 24});
      }
      for (const Tone tone : {Tone::info, Tone::success, Tone::warning, Tone::danger}) {
        icon({.icon = tone_icon(tone), .size = 24, .tone = tone});
      }
    });
  });
}

void surfaces(const GalleryText& t) {
  section({.title = t("gallery.cards"),
           .action_label = t("gallery.link"),
           .action_href = "#/",
           .key = "cards"},
          [&] {
            grid({.column_width_min = 260, .columns_max = 3}, [&] {
              card({.title = t("gallery.card_plain")},
                   [&] { paragraph(t("gallery.short_paragraph")); });
              card({.title = t("gallery.card_warning"), .tone = Tone::warning},
                   [&] { paragraph(t("gallery.long_name")); });
              card({.title = t("gallery.card_flat"), .flat = true},
                   [&] { paragraph(t("gallery.short_paragraph")); });
            });
            link_card({.href = "#/", .name = t("gallery.link_card")}, [&] {
              row([&] {
                icon({.icon = Icon::building});
                grow([&] {
                  paragraph(t("gallery.link_card"), {.strong = true});
                  caption(t("gallery.long_name"));
                });
                icon({.icon = Icon::chevron_right});
              });
            });
          });
}

void contents(const GalleryText& t) {
  const std::array tab_items{Tab{"basics", t("gallery.basics")}, Tab{"forms", t("gallery.forms")},
                             Tab{"dates", t("gallery.dates")}, Tab{"data", t("gallery.data"), 4},
                             Tab{"overlays", t("gallery.overlays")}};
  tabs(t("gallery.title"), tab_items, shown_tab, [&] {
    if (shown_tab == "basics") {
      text_styles(t);
      badges(t);
      buttons(t);
      icons(t);
      surfaces(t);
    } else if (shown_tab == "forms") {
      gallery_forms(t);
    } else if (shown_tab == "dates") {
      gallery_dates(t);
    } else if (shown_tab == "data") {
      gallery_data(t);
    } else {
      gallery_overlays(t);
    }
  });
}

}  // namespace

void show_gallery(Translate translate) {
  const GalleryText t(translate);
  const std::array items{
      NavigationItem{
          .key = "home", .label = t("gallery.nav_home"), .href = "#/", .icon = Icon::home},
      NavigationItem{.key = "bookings",
                     .label = t("gallery.nav_bookings"),
                     .href = "#/?bookings",
                     .icon = Icon::calendar},
      NavigationItem{.key = "waitlist",
                     .label = t("gallery.nav_waitlist"),
                     .href = "#/?waitlist",
                     .icon = Icon::queue},
      NavigationItem{.key = "messages",
                     .label = t("gallery.nav_messages"),
                     .href = "#/?messages",
                     .icon = Icon::bell,
                     .badge_count = 3},
      NavigationItem{.key = "account",
                     .label = t("gallery.nav_account"),
                     .href = "#/?account",
                     .icon = Icon::user}};
  const AppFrameOptions options{.title = t("gallery.product"),
                                .subtitle = t("gallery.park"),
                                .items = items,
                                .current = "home",
                                .status = t("gallery.online"),
                                .status_tone = Tone::success,
                                .user_name = t("gallery.user"),
                                .user_href = "#/?account",
                                .language_label = t("gallery.other_language")};
  app_frame(options, [&] {
    page({.title = t("gallery.title"), .lead = t("gallery.lead")}, [&] { contents(t); });
  });
}

}  // namespace yuanyue::web::gallery
