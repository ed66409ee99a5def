// Between the semantics tree, its events and the frame loop. Internal to web/bridge.
#pragma once

namespace yuanyue::web::semantics {

// True while events wait for a frame that reports them.
bool events_waiting();
// The next events that may be reported together become this frame's.
void take_events();
// True once after a frame reported typed text.
bool take_text_reported();
// Ends a frame whose tree is not sent, because another one follows at once.
void abandon_frame();

}  // namespace yuanyue::web::semantics
