// The element of a node: its tag, and everything about it but place, order and focus.

import type { NodeView, Role, Strings, Tristate } from "./decode";
import type { Entry } from "./entry";
import { isActive, isFocusable, isRoving, isTextField, isUnavailable } from "./entry";
import { createField, updateField } from "./fields";

const tags: Partial<Record<Role, keyof HTMLElementTagNameMap>> = {
  main: "main", navigation: "nav", banner: "header", region: "section", form: "form", list: "ul",
  listitem: "li", paragraph: "p", textbox: "input", password: "input", searchbox: "input",
  textarea: "textarea", select: "select",
};

// Where the tag alone does not say the role.
const ariaRoles: Partial<Record<Role, string>> = {
  banner: "banner", form: "form", list: "list", table: "table", row: "row",
  columnheader: "columnheader", cell: "cell", grid: "grid", gridcell: "gridcell", tablist: "tablist",
  tabpanel: "tabpanel", radiogroup: "radiogroup", listbox: "listbox", dialog: "dialog",
  alertdialog: "alertdialog", status: "status", alert: "alert", image: "img", timer: "timer",
  progressbar: "progressbar", tab: "tab", checkbox: "checkbox", radio: "radio", switch: "switch",
  option: "option", combobox: "combobox",
};

export function tagOf(node: NodeView, strings: Strings): keyof HTMLElementTagNameMap {
  const { role } = node;
  if (role === "heading") return `h${Math.min(6, Math.max(1, node.level))}` as "h1";
  if (role === "link") return safeHref(strings.href) === "" ? "button" : "a";
  // A cell with things to act on inside is not itself a button.
  if (role === "gridcell" && node.container) return "div";
  return tags[role] ?? (isActive(role) ? "button" : "div");
}

export function createElement(node: NodeView, strings: Strings): HTMLElement {
  const element = document.createElement(tagOf(node, strings));
  element.id = `n${node.id}`;
  element.className = "node";
  if (element instanceof HTMLButtonElement) element.type = "button";
  if (element instanceof HTMLFormElement) element.noValidate = true;
  const role = ariaRoles[node.role];
  if (role !== undefined) element.setAttribute("role", role);
  if (node.role === "link" && element instanceof HTMLButtonElement) element.setAttribute("role", "link");
  if (isFocusable(node.role)) element.classList.add("active");
  if (isTextField(node.role) || node.role === "select") createField(element, node.role);
  return element;
}

// Called when anything of the node changed.
export function updateElement(entry: Entry, strings: Strings): void {
  const { element, node } = entry;
  const { role } = node;
  entry.name = strings.name;
  updateName(entry, strings.name);
  if (element instanceof HTMLAnchorElement) updateLink(element, safeHref(strings.href));
  updateStates(element, node);
  setAttribute(element, "aria-description", strings.description);
  setAttribute(element, "aria-controls", node.controls === 0 ? "" : `n${node.controls}`);
  if (role === "progressbar") updateProgress(element, strings.value);
  if (isTextField(role) || role === "select") updateField(entry, strings);
  const scrolls = node.contentWidth > 0 || node.contentHeight > 0;
  element.classList.toggle("scrolls", scrolls);
  if (scrolls) {
    element.style.setProperty("--content-width", `${node.contentWidth}px`);
    element.style.setProperty("--content-height", `${node.contentHeight}px`);
  }
  // A wide table is scrolled by keyboard too.
  if (node.contentWidth > 0) element.tabIndex = 0;
}

function updateName(entry: Entry, name: string): void {
  const { element, node } = entry;
  if (node.role === "group") setAttribute(element, "role", name === "" ? "" : "group");
  if (isTextField(node.role) || node.role === "select" || node.role === "progressbar") {
    setAttribute(element, "aria-label", name);
  } else if (node.role === "image") {
    setAttribute(element, "aria-label", name);
    setAttribute(element, "aria-hidden", name === "" ? "true" : "");
  } else if (node.container) {
    if (node.role !== "paragraph") setAttribute(element, "aria-label", name);
  } else if (element.textContent !== name) {
    element.textContent = name;
  }
}

function updateStates(element: HTMLElement, node: NodeView): void {
  const { role } = node;
  setAttribute(element, "aria-checked", trueOrFalse(node.checked));
  setAttribute(element, "aria-selected", trueOrFalse(node.selected));
  setAttribute(element, "aria-expanded", trueOrFalse(node.expanded));
  setAttribute(element, "aria-current", node.current === "yes" ? currentAs(role) : "");
  setAttribute(element, "aria-live", node.live === "off" ? "" : node.live);
  setAttribute(element, "aria-busy", node.busy ? "true" : "");
  setAttribute(element, "aria-invalid", node.invalid ? "true" : "");
  setAttribute(element, "aria-disabled", isUnavailable(node) ? "true" : "");
  setAttribute(element, "aria-required", node.required ? "true" : "");
  setAttribute(element, "aria-modal", node.modal ? "true" : "");
  if (role === "combobox") setAttribute(element, "aria-haspopup", "listbox");
  if (role === "dialog" || role === "alertdialog") element.tabIndex = -1;
  if (role === "gridcell" && node.container && isRoving(role)) element.tabIndex = -1;
  const counted = node.setSize > 0 && node.position > 0 && role !== "row" && role !== "cell";
  setAttribute(element, "aria-posinset", counted ? String(node.position) : "");
  setAttribute(element, "aria-setsize", counted ? String(node.setSize) : "");
  if (role === "row") setAttribute(element, "aria-rowindex", node.position > 0 ? String(node.position) : "");
  if (role === "table" || role === "grid")
    setAttribute(element, "aria-rowcount", node.setSize > 0 ? String(node.setSize) : "");
}

function currentAs(role: Role): string {
  return role === "link" ? "page" : role === "gridcell" ? "date" : "step";
}

function updateProgress(element: HTMLElement, value: string): void {
  setAttribute(element, "aria-valuenow", value);
  setAttribute(element, "aria-valuemin", value === "" ? "" : "0");
  setAttribute(element, "aria-valuemax", value === "" ? "" : "100");
}

function updateLink(element: HTMLAnchorElement, href: string): void {
  setAttribute(element, "href", href);
  const external = /^https?:/.test(href);
  setAttribute(element, "target", external ? "_blank" : "");
  setAttribute(element, "rel", external ? "noopener noreferrer" : "");
}

// Routes, our own paths, and addresses that open nothing in this page; anything else is no link.
export function safeHref(href: string): string {
  return /^(#|\/(?!\/)|https?:|mailto:|tel:)/i.test(href) ? href : "";
}

function trueOrFalse(state: Tristate): string {
  return state === "none" ? "" : state === "yes" ? "true" : "false";
}

function setAttribute(element: Element, name: string, value: string): void {
  if (value === "") {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
