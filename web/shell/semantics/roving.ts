// Cells, tabs, radio buttons and options are one stop of the Tab key per group; arrow keys move inside.

import type { Entry } from "./entry";
import { isRoving, isUnavailable } from "./entry";

const groupRoles: ReadonlySet<string> = new Set(["grid", "tablist", "radiogroup", "listbox"]);

function groupOf(entry: Entry): Entry | null {
  for (let at = entry.parent; at !== null; at = at.parent) if (groupRoles.has(at.role)) return at;
  return entry.parent;
}

export function updateTabStops(order: readonly Entry[], focused: Entry | null): void {
  const groups = new Map<Entry | null, Entry[]>();
  for (const entry of order) {
    if (!isRoving(entry.role)) continue;
    const group = groupOf(entry);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [entry]);
    else members.push(entry);
  }
  for (const members of groups.values()) {
    const stop = tabStop(members, focused);
    for (const member of members) {
      const tabIndex = member === stop ? 0 : -1;
      if (member.element.tabIndex !== tabIndex) member.element.tabIndex = tabIndex;
    }
  }
}

function tabStop(members: readonly Entry[], focused: Entry | null): Entry | undefined {
  return members.find((member) => member === focused) ??
    members.find(({ node }) => node.selected === "yes" || node.checked === "yes") ??
    members.find(({ node }) => node.current === "yes") ??
    members.find(({ node }) => !isUnavailable(node)) ?? members[0];
}
