// Pictures of documents, and pictures that people bring.

import { pictureURL } from "./api.js";
import { t } from "./texts.js";

const text = value => Array.isArray(value) ? text(value[0]) : value === undefined || value === null ? "" : String(value);

// What a node reads as a picture; and what is no text for people: data, hashes, times.
const pictureData = /^data:image\/(jpeg|png|webp|gif);base64,/;
const noWords = /^data:|^[0-9a-f-]{16,}$|^\d{4}-\d\d-\d\d|^#[0-9a-f]{6}$/i;

/** The first words in a value: a text, or what a part of a semantic field says or is described by. */
function wordsIn(value) {
  if (Array.isArray(value)) return value.map(wordsIn).find(Boolean) ?? "";
  if (typeof value === "object" && value) return wordsIn(value.type === "text" ? value.value : value.description);
  const words = typeof value === "string" ? value.trim() : "";
  return noWords.test(words) ? "" : words;
}

const named = ["caption", "title", "name", "description", "text", "image_name", "relative_path"];

/** All that a document says in words, as far as it is one text: its caption, or else whatever comes first, or its file's name. */
export function wordsOf(hit) {
  const source = hit._source ?? {};
  for (const key of named.slice(0, 5)) if (wordsIn(source[key])) return wordsIn(source[key]);
  for (const key of named.slice(5)) if (text(source[key]).trim()) return text(source[key]).trim();
  // Which model made a vector is nothing that a document says.
  return Object.entries(source).filter(([key]) => key !== "model_id").map(([, value]) => wordsIn(value)).find(words => /\p{L}{2}/u.test(words)) || t("untitled");
}

/** What a picture is called. */
export function titleOf(hit) {
  const words = wordsOf(hit);
  return words.length > 140 ? `${words.slice(0, 140).trimEnd()} …` : words;
}

/** The pictures that stand in a document, and whether some stand there that were left out of what was found. */
function heldIn(value, key, found = { small: undefined, whole: undefined, isLeftOut: false }) {
  if (typeof value === "string") {
    if (pictureData.test(value)) found[/(^|\.)thumbnail$/.test(key) ? "small" : "whole"] ??= value;
  } else if (value && typeof value === "object") {
    if (value.type === "image" && value.value === undefined) found.isLeftOut = true;
    for (const [inner, part] of Object.entries(value)) heldIn(part, Array.isArray(value) ? key : inner, found);
  }
  return found;
}

const places = new WeakMap();

/** Where a document's picture is, small and whole; undefined where it has none. What is asked of the node may still not be there. */
function placesOf(hit) {
  if (!places.has(hit)) {
    const source = hit._source ?? {}, hash = text(source.image_hash) || undefined, held = heldIn(source, "");
    const isKept = hash || text(source.relative_path) || held.isLeftOut;
    const small = held.small ?? held.whole, whole = held.whole ?? held.small;
    places.set(hit, isKept ? { small: held.small ?? pictureURL(hit, hash, true), whole: pictureURL(hit, hash, false) } : { small, whole });
  }
  return places.get(hit);
}

export const smallOf = hit => placesOf(hit).small;
export const wholeOf = hit => placesOf(hit).whole;

/** A hit's small picture, or what its document says where there is none, or none comes. */
export function pictured(hit, attributes = {}) {
  const words = () => make("span", { class: "worded" }, wordsOf(hit));
  if (!smallOf(hit)) return words();
  const image = make("img", { alt: "", ...attributes, src: smallOf(hit) });
  image.addEventListener("error", () => image.replaceWith(words()), { once: true });
  return image;
}

/** Width and height, as far as the document says: itself, or by the `image` processor. */
export function sizeOf(hit) {
  const [width, height] = ["width", "height"].map(key => Number(hit._source?.[key] ?? hit._source?.image?.[key]));
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** Height by width, within what a column can show; undefined where it is not known. */
export function shapeOf(hit) {
  const size = sizeOf(hit);
  return size && Math.min(2.4, Math.max(0.4, size.height / size.width));
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
