#include <array>
#include <string>

#include "web/gallery/parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

using namespace ui;

constexpr std::size_t many_rows = 5000;
constexpr std::int64_t hour_ms = 3'600'000;
bool banner_shown = true;

void process(const GalleryText& t) {
  section({.title = t("gallery.process")}, [&] {
    const std::array steps{Step{t("gallery.step_service")},
                           Step{t("gallery.step_time"), t("gallery.step_detail")},
                           Step{t("gallery.step_confirm")}};
    stepper({.name = t("gallery.process"), .current = 1}, steps);
    card([&] {
      const std::array rows{
          KeyValue{t("gallery.enterprise"), t("gallery.long_name"), Icon::building},
          KeyValue{t("gallery.service"), t("gallery.service_qualification"), Icon::document},
          KeyValue{t("gallery.time"), t("gallery.time_value"), Icon::clock}};
      key_values({.name = t("gallery.facts")}, rows);
    });
    card({.title = t("gallery.history")}, [&] {
      const std::array entries{
          TimelineItem{t("gallery.time_1"), t("gallery.event_1"), t("gallery.event_1_text"),
                       Icon::swap, Tone::info},
          TimelineItem{t("gallery.time_2"), t("gallery.event_2"), {}, Icon::check, Tone::success},
          TimelineItem{t("gallery.time_3"), t("gallery.event_3")}};
      timeline(t("gallery.history"), entries);
    });
  });
}

void messages(const GalleryText& t) {
  section({.title = t("gallery.banners")}, [&] {
    banner({.title = t("gallery.banner_info"), .text = t("gallery.short_paragraph")});
    banner({.text = t("gallery.banner_success"), .tone = Tone::success});
    banner({.title = t("gallery.banner_warning"),
            .text = t("gallery.long_paragraph"),
            .tone = Tone::warning},
           [&] {
             row([&] {
               button({.label = t("gallery.primary"), .small = true});
               button({.label = t("gallery.quiet"), .kind = ButtonKind::quiet, .small = true});
             });
           });
    if (banner_shown && banner({.title = t("gallery.banner_danger"),
                                .text = t("gallery.short_paragraph"),
                                .tone = Tone::danger,
                                .dismiss_label = t("gallery.close")})) {
      banner_shown = false;
    }
  });
}

void waiting(const GalleryText& t) {
  section({.title = t("gallery.waiting")}, [&] {
    grid({.column_width_min = 300, .columns_max = 2}, [&] {
      card([&] {
        progress({.fraction = 0.375F, .label = t("gallery.progress"), .value_text = "3 / 8"});
        progress({.fraction = -1, .label = t("gallery.loading")});
        countdown({.until_ms = now_ms() / hour_ms * hour_ms + 2 * hour_ms,
                   .label = t("gallery.time_left"),
                   .absolute = t("gallery.until"),
                   .key = "hours"});
        countdown({.until_ms = now_ms() / hour_ms * hour_ms + 33 * hour_ms,
                   .label = t("gallery.time_left"),
                   .absolute = t("gallery.until"),
                   .key = "days"});
        countdown({.until_ms = now_ms() - 1, .absolute = t("gallery.until"), .key = "over"});
      });
      skeleton({.shape = SkeletonShape::card});
    });
    empty_state({.icon = Icon::queue, .title = t("gallery.empty"), .text = t("gallery.empty_text")},
                [&] { button({.label = t("gallery.primary"), .kind = ButtonKind::primary}); });
  });
}

void charts_and_tables(const GalleryText& t) {
  section({.title = t("gallery.charts")}, [&] {
    const std::array points{
        ChartPoint{t("gallery.monday"), 12}, ChartPoint{t("gallery.tuesday"), 7},
        ChartPoint{t("gallery.wednesday"), 18}, ChartPoint{t("gallery.friday"), 3}};
    grid({.column_width_min = 300, .columns_max = 2}, [&] {
      card({.title = t("gallery.bar_chart")},
           [&] { bar_chart({.name = t("gallery.bar_chart")}, points); });
      card({.title = t("gallery.line_chart")},
           [&] { line_chart({.name = t("gallery.line_chart")}, points); });
    });
  });
  section({.title = t("gallery.table")}, [&] {
    const std::array columns{TableColumn{t("gallery.code"), 1, 90},
                             TableColumn{t("gallery.enterprise"), 3, 200},
                             TableColumn{t("gallery.state"), 1, 110},
                             TableColumn{t("gallery.count"), 1, 70, Align::end}};
    table({.name = t("gallery.table"), .row_count = many_rows}, columns,
          [&](std::size_t row, std::size_t column) {
            switch (column) {
              case 0:
                paragraph("YY-" + std::to_string(1000 + row));
                break;
              case 1:
                paragraph(t(row % 3 == 0 ? "gallery.long_name" : "gallery.short_name"));
                break;
              case 2:
                badge({.label = t("gallery.badge_success"), .tone = Tone::success});
                break;
              default:
                paragraph(std::to_string(row + 1));
                break;
            }
          });
  });
}

}  // namespace

void gallery_data(const GalleryText& t) {
  messages(t);
  process(t);
  waiting(t);
  charts_and_tables(t);
}

}  // namespace yuanyue::web::gallery
