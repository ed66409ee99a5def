// Dialogs, sheets and confirmations.
#include "web/ui/overlay.h"

#include "web/ui/content.h"
#include "web/ui/element.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

struct Frame {
  Role role = Role::dialog;
  bool from_below = false;
};

void style_dialog(Element& box, bool from_below) {
  box.background = theme().raised;
  box.border = theme().border;
  box.border_width = theme().border_width;
  box.radius = from_below ? 16 : card_radius;
  box.padding = pad(narrow() ? 16.0F : 24.0F);
  box.gap = 16;
}

void dialog_head(const DialogOptions& options, bool& closed) {
  const Open line(Flow::row);
  line->align = Align::start;
  line->gap = 12;
  {
    const Open title(Flow::column);
    title->grow = 1;
    title->padding.top = 4;
    heading(2, options.title);
  }
  if (!options.closable) return;
  closed = button({.label = words().close,
                   .kind = ButtonKind::quiet,
                   .icon = Icon::cross,
                   .icon_only = true,
                   .small = true,
                   .key = "close"});
}

bool modal(const DialogOptions& options, const Frame& frame, bool& open, Content content) {
  if (!open) return false;
  const std::string_view key = options.key.empty() ? options.title : options.key;
  const NodeId id = make_id(key);
  const Scope inside(key);
  const OpenRoot box({.layer = Layer::dialog,
                      .fixed = true,
                      .width_wanted = frame.from_below ? view_width() : options.width,
                      .bottom_sheet = frame.from_below,
                      .order = 3});
  style_dialog(*box, frame.from_below);
  semantics::Node& node = attach_container(*box, id, frame.role, options.title);
  node.modal = true;
  node.autofocus = true;
  bool dismissed = options.closable && semantics::dismissed(id);
  bool closed = false;
  dialog_head(options, closed);
  const Part part;
  content();
  dismissed |= closed;
  if (dismissed) open = false;
  return dismissed;
}

}  // namespace

bool dialog(const DialogOptions& options, bool& open, Content content) {
  return modal(options, {.role = Role::dialog}, open, content);
}

bool sheet(const DialogOptions& options, bool& open, Content content) {
  return modal(options, {.role = Role::dialog, .from_below = narrow()}, open, content);
}

Confirmation confirm_dialog(const ConfirmOptions& options, bool& open) {
  if (!open) return Confirmation::none;
  Confirmation answer = Confirmation::none;
  bool shown = true;
  const DialogOptions frame{.title = options.title, .key = options.key, .width = 460};
  modal(frame, {.role = Role::alertdialog}, shown, [&] {
    if (!options.text.empty()) paragraph(options.text);
    actions([&] {
      if (button({.label = options.confirm_label,
                  .kind = options.kind,
                  .busy = options.busy,
                  .key = "confirm"})) {
        answer = Confirmation::confirmed;
      }
      if (button({.label = options.cancel_label, .key = "cancel"}))
        answer = Confirmation::cancelled;
    });
  });
  if (!shown && answer == Confirmation::none) answer = Confirmation::cancelled;
  if (answer != Confirmation::none) open = false;
  return answer;
}

}  // namespace yuanyue::web::ui
