// A new booking, first step: which service.
#include <algorithm>
#include <cctype>
#include <vector>

#include "core/appointments/blocks.h"
#include "web/app/app.h"
#include "web/features/appointments/booking_parts.h"
#include "web/features/appointments/pages.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct ServiceCard {
  ServiceId id;
  std::string name, summary, facts, soonest;
  std::string searched;  // lower case, both languages
  bool paused = false;
};

struct Services {
  std::string wanted;  // the search
  std::string department = "all";

  std::vector<ServiceCard> cards;  // of the state at `version`
  std::uint64_t version = 0;
  Language language = Language::chinese;
  Date day;
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  return lower;
}

void add_text(std::string& searched, const Text& text) {
  searched += lower_case(text.zh) + '\n' + lower_case(text.en) + '\n';
}

// The next block that this enterprise can take, or why there is none.
std::string soonest_text(const App& app, const Service& service) {
  if (!service.active) return app.t("book.paused");
  if (own_limit(app, service)) {
    return app.t("book.soonest_limit", {{"limit", number(service.policy.max_open)}});
  }
  const BlockKey today{service.id, date_of(app.now()), TimeOfDay{}};
  const auto soonest =
      nearest_free_blocks(app.state(), service, today, app.enterprise(), {}, app.now(), 1);
  if (soonest.empty()) return app.t("book.soonest_none");
  const BlockFacts& block = soonest.front();
  return app.t("book.soonest", {{"block", app.format().block(block.key, block.end)}});
}

ServiceCard describe(const App& app, const Service& service) {
  const State& state = app.state();
  ServiceCard card{.id = service.id};
  card.paused = !service.active;
  card.name = app.t(service.name);
  card.summary = app.t(service.summary);
  const Department* department = state.find(service.department);
  const std::string limit = time_limit_text(app, service);
  card.facts = department == nullptr
                   ? limit
                   : app.t("book.service_facts",
                           {{"department", app.t(department->name)}, {"limit", limit}});
  card.soonest = soonest_text(app, service);
  add_text(card.searched, service.name);
  add_text(card.searched, service.summary);
  if (department != nullptr) add_text(card.searched, department->name);
  return card;
}

void refresh(App& app, Services& mine) {
  const Date today = date_of(app.now());
  if (mine.version == app.sync().version() && mine.day == today &&
      mine.language == app.texts().language()) {
    return;
  }
  mine.version = app.sync().version();
  mine.day = today;
  mine.language = app.texts().language();
  mine.cards.clear();
  app.state().for_each<Service>([&](const Service& service) {
    const bool complete = app.state().find(service.hall) != nullptr;
    if (complete) mine.cards.push_back(describe(app, service));
  });
  // Who looks for one that is switched off learns so; it stands last.
  std::ranges::sort(mine.cards, {},
                    [](const ServiceCard& card) { return std::pair(card.paused, card.id); });
}

bool is_wanted(const App& app, const Services& mine, const ServiceCard& card) {
  const Service* service = app.state().find(card.id);
  if (service == nullptr) return false;
  if (mine.department != "all" && service->department.view() != mine.department) return false;
  return card.searched.find(lower_case(mine.wanted)) != std::string::npos;
}

void filters(App& app, Services& mine) {
  std::vector<ui::Choice> departments{
      {.key = "all", .label = ui::hold(app.t("book.all_departments"))}};
  app.state().for_each<Department>([&](const Department& department) {
    const bool used = std::ranges::any_of(mine.cards, [&](const ServiceCard& card) {
      const Service* service = app.state().find(card.id);
      return service != nullptr && service->department == department.id;
    });
    if (used) {
      departments.push_back({.key = department.id.view(), .label = app.t(department.name)});
    }
  });
  std::ranges::sort(departments.begin() + 1, departments.end(), {}, &ui::Choice::key);
  ui::row({.gap = 12, .align = ui::Align::end}, [&] {
    ui::grow([&] {
      ui::search_field({.label = app.t("book.search"),
                        .placeholder = app.t("book.search"),
                        .width_max = 0,
                        .key = "search"},
                       mine.wanted);
    });
    if (departments.size() > 2) {
      ui::column({.width_max = 240}, [&] {
        ui::select({.label = app.t("book.department"), .width_max = 240, .key = "department"},
                   departments, mine.department);
      });
    }
  });
}

void service_cards(App& app, const Services& mine) {
  bool any = false;
  ui::grid({.column_width_min = 320, .columns_max = 2, .gap = 16, .key = "services"}, [&] {
    for (const ServiceCard& card : mine.cards) {
      if (!is_wanted(app, mine, card)) continue;
      any = true;
      ui::link_card(
          {.href = href(book_service_page, card.id.view()),
           .name = card.paused ? app.t("book.paused_title", {{"service", card.name}}) : card.name,
           .key = card.id.view(),
           .padding = 20},
          [&] {
            ui::column({.gap = 6}, [&] {
              ui::paragraph(card.name, {.size = ui::TextSize::large, .strong = true});
              if (!card.summary.empty()) ui::paragraph(card.summary, {.secondary = true});
              ui::caption(card.facts);
              ui::paragraph(card.soonest,
                            {.size = ui::TextSize::small,
                             .icon = card.paused ? ui::Icon::info : ui::Icon::calendar});
            });
          });
    }
  });
  if (!any) {
    ui::empty_state(
        {.icon = ui::Icon::search,
         .title = mine.cards.empty() ? app.t("book.no_services") : app.t("book.nothing_found"),
         .text = mine.cards.empty() ? app.t("book.no_services_text")
                                    : app.t("book.nothing_found_text")});
  }
}

}  // namespace

void book_view(App& app) {
  ui::page({.title = app.t("book.title"), .lead = app.t("book.lead")}, [&] {
    if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::list});
    Services& mine = app.view_state<Services>();
    refresh(app, mine);
    filters(app, mine);
    service_cards(app, mine);
  });
}

}  // namespace yuanyue::web::app
