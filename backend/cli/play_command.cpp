// yuanyue play FILE
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

#include "backend/cli/cli.h"
#include "backend/play/script.h"

namespace yuanyue {
namespace {

int run_play(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    std::error_code error;
    file.open(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, error)) {
      return refuse("The file " + path + " cannot be read.");
    }
  }
  const auto played = play_script(path == "-" ? std::cin : file, std::cout);
  std::cout << std::flush;
  return played ? exit_done : refuse(played.error());
}

}  // namespace

void add_play_command(CLI::App& app, int& exit_code) {
  auto path = std::make_shared<std::string>();
  auto* play = app.add_subcommand(
      "play", "Play a script of rows and commands against a park in memory; nothing is stored");
  play->add_option("file", *path, "One JSON object a line; - is standard input")->required();
  play->callback([path, &exit_code] { exit_code = run_play(*path); });
}

}  // namespace yuanyue
