// Whether a site has words for everything that its core may say, once, and its pages are connected.
#pragma once

#include <algorithm>

#include "core/kernel/domain.h"
#include "web/app/feature.h"

namespace yuanyue::web::app {

// Commands, rows and kinds are known when the page runs: asked once, when it starts. Each has one
// entry of one feature.
bool has_words_for_types(const Site& site, const Domains& domains);

consteval bool has_page(const Site& site, const Page& wanted) {
  const std::span<const Feature* const> features = site.features;
  return std::ranges::any_of(features, [&](const Feature* feature) {
    return std::ranges::find(feature->pages, &wanted) != feature->pages.end();
  });
}

// Every page marks an entry of the navigation, no two have one address, and whatever is led to is
// a page of the site.
consteval bool is_connected(const Site& site) {
  const std::span<const Feature* const> features = site.features;
  const std::span<const NavigationEntry* const> navigation = site.navigation;
  const std::span<const NavigationEntry* const> records = site.records;
  for (const auto entries : {navigation, records}) {
    for (const NavigationEntry* entry : entries) {
      if (!has_page(site, entry->page)) return false;
    }
  }
  for (const Page* page : {&site.home, &site.sign_in, &site.password, &site.account, &site.inbox,
                           &site.outbox, &site.not_found}) {
    if (!has_page(site, *page)) return false;
  }
  for (const Feature* feature : features) {
    for (const Page* page : feature->pages) {
      const std::string_view marked = page->navigation, path = page->path;
      if (std::ranges::none_of(navigation, [&](const NavigationEntry* entry) {
            return std::string_view(entry->key) == marked;
          })) {
        return false;
      }
      std::size_t same = 0;
      for (const Feature* other : features) {
        for (const Page* one : other->pages) same += std::string_view(one->path) == path ? 1 : 0;
      }
      if (same != 1) return false;
    }
  }
  return true;
}

}  // namespace yuanyue::web::app
