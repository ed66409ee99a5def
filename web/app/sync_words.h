// How it stands between this page and the server, in a word and in sentences.
#pragma once

#include <string>

#include "core/sync/replica.h"
#include "web/app/app.h"
#include "web/ui/content.h"

namespace yuanyue::web::app {

struct SyncWords {
  std::string chip;   // 在线 / 离线 · 待同步 2 / 冲突 1
  std::string title;  // the same as a sentence
  std::string text;   // what happens next
  ui::Tone tone = ui::Tone::success;
  ui::Icon icon = ui::Icon::check;  // of the connection; of the chip unless there are conflicts
  ui::Icon chip_icon = ui::Icon::none;
};
SyncWords sync_words(const App& app);

// Where a command that waits has got to: 正在提交, 已保存，待确认.
std::string waiting_state(const App& app, const sync::Replica::Pending& pending);

// 待确认 while the row rests on a prediction; 已保存，待确认 only once that is true.
void pending_badge(App& app, const Uuid& id);
// Of a card that says what was done: a success only once the server has said so.
ui::Tone answer_tone(const App& app, const Uuid& id);

}  // namespace yuanyue::web::app
