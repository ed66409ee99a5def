// Serves the built page: files of one folder, precompressed siblings, and nothing outside of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "backend/http/route.h"

namespace yuanyue {

class StaticFiles {
 public:
  // A folder that is not there yields not_found for everything.
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // `path` as decoded from the URL. Files below /static/ carry their content's hash in their name
  // and may be kept for ever; everything else is revalidated.
  Reply serve(const httplib::Request& request) const;
  bool has_page() const;

 private:
  std::optional<std::filesystem::path> resolve(std::string_view path) const;

  std::filesystem::path folder_;
};

std::string_view mime_type_of(std::string_view path);

}  // namespace yuanyue
