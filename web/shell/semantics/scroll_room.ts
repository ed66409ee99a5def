// Bars that stay in the window would hide what the browser scrolls into view; it is told to leave room.

import type { Entry } from "./entry";

let known = "";

export function leaveRoomForBars(order: readonly Entry[]): void {
  const { innerHeight, innerWidth } = window;
  let top = 0;
  let bottom = 0;
  for (const { node, parent } of order) {
    const isBar = parent === null || parent.node.fixed === false;
    if (!node.fixed || !isBar || node.modal || node.width < innerWidth * 0.9 ||
      node.height > innerHeight * 0.4) continue;
    if (node.y <= 1) top = Math.max(top, node.y + node.height);
    else if (node.y + node.height >= innerHeight - 1) bottom = Math.max(bottom, innerHeight - node.y);
  }
  const room = `${top > 0 ? top + 8 : 0}px 0px ${bottom > 0 ? bottom + 8 : 0}px 0px`;
  if (room === known) return;
  known = room;
  document.documentElement.style.scrollPadding = room;
}
