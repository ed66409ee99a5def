// A catalog as `catalog export` writes it.
#pragma once

#include <expected>
#include <string>

#include "core/catalog/save_catalog.h"
#include "core/kernel/command.h"

namespace yuanyue {

// The error is a sentence with the place of the first fault.
std::expected<SaveCatalog, std::string> read_catalog_file(const std::string& text);

}  // namespace yuanyue
