// Where things lie relative to the program.
#pragma once

#include <filesystem>
#include <string>

namespace yuanyue {

// build/native/yuanyue → build/web/dist
inline std::string default_web_folder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "web/dist";
  return (program.parent_path().parent_path() / "web" / "dist").string();
}

}  // namespace yuanyue
