#include <iostream>

#include <sodium.h>

#include "backend/cli/cli.h"

int main(int argc, char** argv) {
  if (sodium_init() < 0) {
    std::cerr << "yuanyue: The cryptographic library cannot be initialised.\n";
    return yuanyue::exit_refused;
  }
  return yuanyue::run_cli(argc, argv);
}
