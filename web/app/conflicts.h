// Commands that the server refused after the page had shown them as done. Kept until the user has
// dealt with each, also beyond a reload; one user's, and gone when that user signs out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"

namespace yuanyue::web::app {

struct Site;

struct Conflict {
  CommandId id;
  Instant at;  // when the answer came, by the server's clock
  AnyCommand command;
  Rejection rejection;
};

// One line each; a text of another form yields what can be read of it. Of a command only what holds
// no free text (names, telephones, reasons) is in it: what its words (feature.h) keep.
std::string conflicts_text(const Site& site, const UserId& user,
                           const std::vector<Conflict>& conflicts);
struct StoredConflicts {
  UserId user;
  std::vector<Conflict> conflicts;
};
StoredConflicts parse_conflicts(std::string_view text);

class Conflicts {
 public:
  explicit Conflicts(const Site& site) : site_(site) {}

  const std::vector<Conflict>& all() const { return conflicts_; }  // newest first
  const Conflict* find(const CommandId& id) const;

  // Whose they are from now on; those of another user are erased, here and in the browser.
  void belong_to(const UserId& user);
  void add(Conflict conflict);
  void dismiss(const CommandId& id);
  void forget();

 private:
  void take_stored();  // another tab of this user may have changed them
  void keep() const;

  const Site& site_;
  UserId user_;
  std::vector<Conflict> conflicts_;
};

}  // namespace yuanyue::web::app
