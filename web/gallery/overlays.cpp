#include <string>

#include "web/gallery/parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

using namespace ui;

struct Overlays {
  bool dialog = false, long_dialog = false, sheet = false, confirm = false;
  std::string note;
  std::string outcome;
};
Overlays overlays;

void toasts(const GalleryText& t) {
  row([&] {
    if (button({.label = t("gallery.toast_success")})) {
      toast({.text = t("gallery.toast_text"), .action_label = t("gallery.undo"), .key = "undo"});
    }
    if (button({.label = t("gallery.toast_danger")})) {
      toast({.text = t("gallery.long_name"), .tone = Tone::danger});
    }
  });
  if (toast_action("undo")) overlays.outcome = t("gallery.undone");
}

void dialogs(const GalleryText& t) {
  dialog({.title = t("gallery.dialog_title")}, overlays.dialog, [&] {
    paragraph(t("gallery.long_paragraph"));
    text_field({.label = t("gallery.reason")}, overlays.note);
    actions([&] {
      if (button({.label = t("gallery.submit"), .kind = ButtonKind::primary}))
        overlays.dialog = false;
    });
  });
  dialog({.title = t("gallery.long_dialog_title")}, overlays.long_dialog, [&] {
    for (int i = 0; i < 20; ++i) paragraph(t("gallery.long_paragraph"));
    if (button({.label = t("gallery.close"), .key = "end"})) overlays.long_dialog = false;
  });
  sheet({.title = t("gallery.sheet_title")}, overlays.sheet, [&] {
    paragraph(t("gallery.short_paragraph"));
    button({.label = t("gallery.primary"), .kind = ButtonKind::primary, .full_width = true});
  });
  const Confirmation answer = confirm_dialog({.title = t("gallery.confirm_title"),
                                              .text = t("gallery.confirm_text"),
                                              .confirm_label = t("gallery.confirm_yes"),
                                              .cancel_label = t("gallery.confirm_no")},
                                             overlays.confirm);
  if (answer == Confirmation::confirmed) overlays.outcome = t("gallery.confirmed");
  if (answer == Confirmation::cancelled) overlays.outcome = t("gallery.kept");
}

}  // namespace

void gallery_overlays(const GalleryText& t) {
  section({.title = t("gallery.overlays")}, [&] {
    card([&] {
      row([&] {
        if (button({.label = t("gallery.open_dialog")})) overlays.dialog = true;
        if (button({.label = t("gallery.open_long_dialog")})) overlays.long_dialog = true;
        if (button({.label = t("gallery.open_sheet")})) overlays.sheet = true;
        if (button({.label = t("gallery.open_confirm"), .kind = ButtonKind::danger}))
          overlays.confirm = true;
      });
      toasts(t);
      if (!overlays.outcome.empty()) {
        paragraph(overlays.outcome,
                  {.icon = Icon::success, .key = "outcome", .live = semantics::Live::polite});
      }
    });
  });
  dialogs(t);
}

}  // namespace yuanyue::web::gallery
