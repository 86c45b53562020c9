// One picture, large, with what its document says and what is like it.

import { documentOf, search, vectorOf } from "./api.js";
import { make, pictured, scoreText, sizeOf, smallOf, titleOf, wholeOf, wordsOf } from "./pictures.js";
import { bytes, fieldName, language, number, t } from "./texts.js";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

const at = id => document.getElementById(id);

export class Viewer {
  #dialog = at("viewer");
  #hits = [];
  #number = 0;
  #scored = false;
  #index;
  #canMix;
  #closed;
  #asking;
  #document;

  /**
   * - `like`: told of the hit that others are to be like; `add` and `less`, of one that is to count in the search, for or against.
   * - `canMix`: whether there is a search to count in. `closed`: told of the number of the picture shown last.
   */
  constructor({ like, add, less, canMix, closed }) {
    this.#canMix = canMix;
    this.#closed = closed;
    at("viewer-prev").addEventListener("click", () => this.#step(-1));
    at("viewer-next").addEventListener("click", () => this.#step(1));
    at("viewer-close").addEventListener("click", () => this.#dialog.close());
    for (const [id, act] of [["viewer-like", like], ["viewer-add", add], ["viewer-less", less]]) at(id).addEventListener("click", () => {
      const hit = this.#hits[this.#number];
      this.#closed = undefined;
      this.#dialog.close();
      this.#closed = closed;
      act(hit);
    });
    at("viewer-copy").addEventListener("click", () => this.#copy());
    this.#dialog.addEventListener("click", event => {
      if (event.target === this.#dialog || event.target.matches(".stage, #viewer-figure")) this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => {
      this.#asking?.abort();
      this.#closed?.(this.#number);
    });
    this.#dialog.addEventListener("keydown", event => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#step(step);
    });
    let start;
    this.#dialog.addEventListener("touchstart", event => { start = event.touches.length === 1 ? event.touches[0] : undefined; }, { passive: true });
    this.#dialog.addEventListener("touchend", event => {
      const end = event.changedTouches[0], across = start ? end.clientX - start.clientX : 0, down = start ? end.clientY - start.clientY : 0;
      if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) this.#step(across < 0 ? 1 : -1);
    });
  }

  get isOpen() { return this.#dialog.open; }

  open(index, hits, number, scored) {
    this.#index = index;
    this.#hits = hits;
    this.#scored = scored;
    this.#show(number);
    if (!this.#dialog.open) this.#dialog.showModal();
    at("viewer-close").focus();
  }

  #step(by) {
    const number = this.#number + by;
    if (number < 0 || number >= this.#hits.length) return;
    this.#show(number);
  }

  #show(number) {
    this.#number = number;
    const hit = this.#hits[number];
    at("viewer-prev").disabled = number === 0;
    at("viewer-next").disabled = number === this.#hits.length - 1;
    at("viewer-title").textContent = titleOf(hit);
    at("viewer-score").textContent = this.#scored && hit._score ? t("scoreOf", scoreText(hit._score)) : "";
    this.#link(hit);
    for (const id of ["viewer-add", "viewer-less"]) at(id).hidden = !this.#canMix();
    this.#picture(hit);
    this.#write(hit._source ?? {}, hit);
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#read(hit, this.#asking.signal);
    for (const next of [this.#hits[number - 1], this.#hits[number + 1]]) if (next && smallOf(next)) new Image().src = smallOf(next);
  }

  /** Browsers open no data by itself. */
  #link(hit) {
    const place = wholeOf(hit);
    at("viewer-open").hidden = !place || place.startsWith("data:");
    at("viewer-open").href = at("viewer-open").hidden ? "" : place;
  }

  /** The small copy at once, and the whole picture in its place when it is there; without any, what the document says. */
  #picture(hit) {
    const image = at("viewer-picture"), figure = at("viewer-figure"), { width, height } = sizeOf(hit) ?? {};
    const tell = isAbsent => {
      figure.classList.toggle("absent", isAbsent);
      if (isAbsent) at("viewer-open").hidden = true;
    };
    tell(!smallOf(hit));
    at("viewer-words").textContent = wordsOf(hit);
    image.alt = titleOf(hit);
    image.onerror = () => tell(true);
    if (!smallOf(hit)) return void image.removeAttribute("src");
    image.src = smallOf(hit);
    // As large as it will be: up to its own size, or twice that where it is tiny.
    image.style.setProperty("--own", width > 0 ? `${Math.max(width, Math.min(width * 2, 640))}px` : "100%");
    image.style.aspectRatio = width > 0 && height > 0 ? `${width} / ${height}` : "";
    const whole = new Image();
    whole.onload = () => {
      if (this.#hits[this.#number] !== hit) return;
      image.src = whole.src;
      image.style.aspectRatio = "";
      tell(false);
    };
    // Only the small copy is here.
    whole.onerror = () => { if (this.#hits[this.#number] === hit) at("viewer-open").hidden = true; };
    if (wholeOf(hit) !== smallOf(hit)) whole.src = wholeOf(hit);
  }

  async #read(hit, signal) {
    at("viewer-near-list").replaceChildren(...Array.from({ length: 6 }, () => make("li", { class: "blank" })));
    at("viewer-near").hidden = false;
    this.#document = undefined;
    try {
      const vector = await vectorOf(this.#index, hit._id, signal);
      if (!vector) return void (at("viewer-near").hidden = true);
      const near = await search(this.#index, { vector, filter: [], size: 6, exclude: hit._id }, signal);
      const hits = near.hits.hits;
      at("viewer-near").hidden = !hits.length;
      at("viewer-near-list").replaceChildren(...hits.map((other, number) => {
        const label = `${titleOf(other)}, ${t("scoreOf", scoreText(other._score))}`;
        const button = make("button", { type: "button", "aria-label": label, title: label }, pictured(other));
        button.addEventListener("click", () => {
          // What follows is a walk of its own: from here on through the neighbours.
          this.#hits = [hit, ...hits];
          this.#scored = true;
          this.#show(number + 1);
        });
        return make("li", {}, button);
      }));
    } catch (error) {
      if (error.name !== "AbortError") at("viewer-near").hidden = true;
    }
  }

  #write(source, hit) {
    const rows = [];
    const add = (path, value) => {
      if (value === null || value === undefined || value === "") return;
      if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value).forEach(([key, inner]) => add(path ? `${path}.${key}` : key, inner));
      const text = Array.isArray(value) ? value.map(entry => typeof entry === "object" ? JSON.stringify(entry, (_, inner) => Viewer.#shown(inner)) : String(Viewer.#shown(entry))).join(", ") : typeof value === "number" ? number(value) : String(Viewer.#shown(value));
      rows.push(make("dt", {}, fieldName(path)), make("dd", {}, text.length > 600 ? `${text.slice(0, 600)} …` : text));
    };
    for (const [path, value] of Object.entries(source)) if (!["image_id", "image_hash", "content_hash", "folder_id"].includes(path)) add(path, value);
    add("_id", hit._id);
    at("viewer-document").replaceChildren(...rows);
  }

  /** Of data, what and how much it is; times as people write them. */
  static #shown(value) {
    if (time.test(value) && !Number.isNaN(Date.parse(value))) return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(value));
    const [, type, data] = /^data:([^;,]{1,80})[^,]{0,80},(.*)$/s.exec(typeof value === "string" ? value : "") ?? [];
    return type ? t("data", type, bytes(Math.floor(data.length * 3 / 4))) : value;
  }

  async #copy() {
    const hit = this.#hits[this.#number], label = at("viewer-copy").querySelector("span");
    try {
      this.#document ??= await documentOf(hit._index, hit._id);
      await navigator.clipboard.writeText(JSON.stringify(this.#document, null, 2));
      label.textContent = t("copied");
      setTimeout(() => { label.textContent = t("copyJSON"); }, 1600);
    } catch {
      // Without leave to use the clipboard, or from an address that may not: the document itself.
      window.open(new URL(`${encodeURIComponent(hit._index)}/_doc/${encodeURIComponent(hit._id)}?pretty`, location.origin + location.pathname), "_blank", "noopener");
    }
  }
}
