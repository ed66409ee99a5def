#include <array>
#include <string>

#include "web/gallery/parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

using namespace ui;

struct Forms {
  std::string name, password, disabled, search, reason, service, part = "morning";
  FieldState failing{.text = {}, .error = {}};
  bool failing_shown = false;
  bool accept = false, remember = true, notify = true, always = false;
};
Forms forms;

void form_fields(const GalleryText& t) {
  text_field({.label = t("gallery.user_name"),
              .help = t("gallery.user_name_help"),
              .placeholder = t("gallery.user_name_placeholder"),
              .autocomplete = "username",
              .required = true},
             forms.name);
  password_field(
      {.label = t("gallery.password"), .autocomplete = "current-password", .required = true},
      forms.password);
  if (!forms.failing_shown) forms.failing.error = t("gallery.field_error");
  forms.failing_shown = true;
  text_field({.label = t("gallery.credit_code"), .max_length = 18}, forms.failing);
  forms.disabled = t("gallery.long_name");
  text_field({.label = t("gallery.enterprise"), .disabled = true}, forms.disabled);
  text_area({.label = t("gallery.reason"), .help = t("gallery.reason_help"), .max_length = 200},
            forms.reason);
  search_field({.label = t("gallery.search"), .placeholder = t("gallery.search_placeholder")},
               forms.search);
  actions([&] {
    if (button({.label = t("gallery.submit"), .kind = ButtonKind::primary})) {
      forms.failing.fail(std::string(t("gallery.field_error")));
    }
    button({.label = t("gallery.cancel")});
  });
}

void text_fields(const GalleryText& t) {
  section({.title = t("gallery.fields")},
          [&] { card([&] { form({.name = t("gallery.fields")}, [&] { form_fields(t); }); }); });
}

void choices(const GalleryText& t) {
  section({.title = t("gallery.choices")}, [&] {
    card([&] {
      const std::array services{
          Choice{.key = "qualification", .label = t("gallery.service_qualification")},
          Choice{.key = "registration", .label = t("gallery.service_registration")},
          Choice{.key = "tax", .label = t("gallery.service_tax")}};
      select({.label = t("gallery.service"), .required = true}, services, forms.service);
      select({.label = t("gallery.service_error"), .error = t("gallery.choose_error")}, services,
             forms.service);
      const std::array parts{
          Choice{
              .key = "morning", .label = t("gallery.morning"), .help = t("gallery.morning_help")},
          Choice{.key = "afternoon",
                 .label = t("gallery.afternoon"),
                 .help = t("gallery.afternoon_help")},
          Choice{.key = "evening", .label = t("gallery.evening"), .disabled = true}};
      radio_group({.label = t("gallery.part_of_day")}, parts, forms.part);
      radio_group({.label = t("gallery.part_inline"), .inline_choices = true}, parts, forms.part);
      checkbox({.label = t("gallery.accept"), .error = t("gallery.accept_error")}, forms.accept);
      checkbox({.label = t("gallery.remember"), .help = t("gallery.remember_help")},
               forms.remember);
      toggle_switch({.label = t("gallery.notify"), .help = t("gallery.notify_help")}, forms.notify);
      toggle_switch({.label = t("gallery.always_accept")}, forms.always);
      toggle_switch({.label = t("gallery.unavailable"), .disabled = true}, forms.always);
    });
  });
}

}  // namespace

void gallery_forms(const GalleryText& t) {
  split(
      {.first_weight = 1, .second_weight = 1, .first_width_min = 320, .second_width_min = 320},
      [&] { text_fields(t); }, [&] { choices(t); });
}

}  // namespace yuanyue::web::gallery
