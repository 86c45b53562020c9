// Pictures of documents, and pictures that people bring.

import { pictureURL } from "./api.js";
import { t } from "./texts.js";

const text = value => Array.isArray(value) ? text(value[0]) : value === undefined || value === null ? "" : String(value);

/** What a picture is called: its caption, or else its file's name. */
export function titleOf(hit) {
  const source = hit._source ?? {};
  for (const key of ["caption", "title", "name", "description", "text", "image_name", "relative_path"]) {
    const found = text(source[key]).trim();
    if (found && typeof source[key] !== "object" || Array.isArray(source[key]) && found) return found;
  }
  return t("untitled");
}

const hashOf = hit => text(hit._source?.image_hash) || undefined;

export const thumbnailOf = hit => pictureURL(hit, hashOf(hit), true);
export const originalOf = hit => pictureURL(hit, hashOf(hit), false);

/** Height by width, as far as the document says; undefined else. */
export function shapeOf(hit) {
  const width = Number(hit._source?.width), height = Number(hit._source?.height);
  return width > 0 && height > 0 ? Math.min(2.4, Math.max(0.4, height / width)) : undefined;
}

/** Scores as they are shown everywhere. */
export const scoreText = score => score.toFixed(3);

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** An element with attributes and children; `on…` are listeners. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== undefined && child !== null));
  return element;
}

// MARK: What people bring

const known = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);
const largest = 8 << 20;
const side = 1600;

/** The file as the node can read it: as it is, or drawn again where it is of another format or very large. */
export async function prepared(file) {
  if (known.has(file.type) && file.size <= largest) return file;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = make("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error("toBlob")), "image/jpeg", 0.92));
}

/** The first picture among what was dropped or pasted. */
export const pictureIn = transfer =>
  [...transfer?.files ?? []].find(file => file.type.startsWith("image/"));
