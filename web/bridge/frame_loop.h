// The parts of web/bridge tell the frame loop what they know. Internal to web/bridge.
#pragma once

namespace yuanyue::web::bridge {

// Something outside the frame changed what is shown: the next frame is laid out until it is
// settled.
void changed_outside_frame();

}  // namespace yuanyue::web::bridge
