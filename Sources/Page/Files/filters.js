// What narrows a search down: values of keyword fields, spans of dates, and a cut-off of the score.

import { facets } from "./api.js";
import { icon, make } from "./pictures.js";
import { fieldName, language, number, t } from "./texts.js";

// What identifies a picture does not group pictures.
const identities = /(^|[._])(id|hash|path|url|uri|uuid|sha\d*|filename|file)$|(image|file)_name$/i;

const day = /^\d{4}-\d\d-\d\d$/;

export class Filters {
  #container;
  #changed;
  #index;
  #keywords = [];
  #dates = [];
  #chosen = new Map();
  #spans = new Map();
  #fields = new Map();
  #asking;

  constructor(container, changed) {
    this.#container = container;
    this.#changed = changed;
    document.addEventListener("pointerdown", event => this.#close(event.target));
    container.addEventListener("keydown", event => {
      const open = container.querySelector("details[open]");
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      open.open = false;
      open.querySelector("summary").focus();
    });
  }

  /** Forgets what was chosen, and looks for the fields of another index. */
  async use(index, chosen = {}) {
    this.#index = index;
    const given = Object.entries(chosen ?? {});
    this.#chosen = new Map(given.filter(([, values]) => Array.isArray(values)).map(([path, values]) => [path, new Set(values.map(String))]));
    this.#spans = new Map(given.filter(([, span]) => day.test(span?.from) || day.test(span?.to)).map(([path, { from, to }]) =>
      [path, { from: day.test(from) ? from : undefined, to: day.test(to) ? to : undefined }]));
    this.#fields.clear();
    this.#container.replaceChildren();
    // Nor do whole texts, which also stand as keywords.
    const texts = new Set(index.fields.filter(([, field]) => field.type === "text").map(([path]) => path));
    const type = wanted => index.fields.filter(([path, field]) =>
      field.type === wanted && field.index !== false && !identities.test(path) && !texts.has(path.replace(/\.[^.]*$/, ""))).map(([path]) => path);
    this.#keywords = type("keyword").slice(0, 12);
    this.#dates = [...type("date"), ...type("date_nanos")].slice(0, 4);
    await this.refresh();
  }

  get isEmpty() { return !this.#chosen.size && !this.#spans.size; }

  /** As the address keeps it. */
  get chosen() { return Object.fromEntries([...[...this.#chosen].map(([path, values]) => [path, [...values]]), ...this.#spans]); }

  clear() {
    this.#chosen.clear();
    this.#spans.clear();
    this.#draw();
  }

  /** As queries. Values of one field are alternatives. */
  queries(without) {
    return [
      ...[...this.#chosen].filter(([path]) => path !== without).map(([path, values]) => ({ terms: { [path]: [...values] } })),
      ...[...this.#spans].map(([path, { from, to }]) => ({ range: { [path]: { ...(from && { gte: from }), ...(to && { lte: `${to}||/d` }) } } })),
    ];
  }

  async refresh() {
    if (!this.#keywords.length && !this.#dates.length) return this.#draw();
    this.#asking?.abort();
    this.#asking = new AbortController();
    const index = this.#index;
    try {
      const answer = await facets(index, this.#keywords, this.#dates, [], this.#asking.signal);
      if (index !== this.#index) return;
      this.#keywords.forEach((path, i) => {
        const buckets = answer.aggregations[`k${i}`].buckets;
        // A field whose values are all different names pictures; one with a single value tells none apart.
        const isUseful = buckets.length > 1 && buckets[0].doc_count > 1;
        if (isUseful) this.#fields.set(path, { buckets });
      });
      this.#dates.forEach((path, i) => {
        const stats = answer.aggregations[`d${i}`];
        if (stats.count && stats.min < stats.max) this.#fields.set(path, { span: [stats.min, stats.max] });
      });
    } catch (error) {
      if (error.name !== "AbortError") this.#fields.clear();
    }
    this.#draw();
  }

  /** The most frequent values, to start a search with. */
  get ideas() {
    const field = this.#fields.get("keywords") ?? [...this.#fields.values()].find(field => field.buckets);
    return (field?.buckets ?? []).map(bucket => String(bucket.key)).filter(key => /\p{L}{3}/u.test(key) && key.length < 24);
  }

  #draw() {
    const open = this.#container.querySelector("details[open]")?.dataset.path;
    this.#container.replaceChildren(...[...this.#fields].map(([path, field]) => field.buckets ? this.#values(path, field.buckets) : this.#dateSpan(path, field.span)));
    if (!this.isEmpty) {
      this.#container.append(make("button", { type: "button", class: "quiet", onclick: () => { this.clear(); this.#changed(); } }, t("clearAll")));
    }
    for (const details of this.#container.querySelectorAll("details")) details.open = details.dataset.path === open;
  }

  #facet(path, count, ...content) {
    const summary = make("summary", {}, make("span", {}, fieldName(path)), ...(count ? [make("b", { "aria-label": t("chosen", count) }, String(count))] : []), icon("down"));
    const details = make("details", { class: `facet${count ? " on" : ""}`, "data-path": path, name: "facet" }, summary, make("div", { class: "sheet" }, ...content));
    details.addEventListener("toggle", () => {
      if (details.open) for (const other of this.#container.querySelectorAll("details[open]")) if (other !== details) other.open = false;
    });
    return details;
  }

  #values(path, buckets) {
    const chosen = this.#chosen.get(path) ?? new Set();
    const boxes = buckets.map(bucket => {
      const value = String(bucket.key_as_string ?? bucket.key);
      const box = make("input", { type: "checkbox", checked: chosen.has(value) });
      box.addEventListener("change", () => this.#choose(path, value, box.checked));
      return make("li", {}, make("label", {}, box, make("span", {}, value), make("small", {}, number(bucket.doc_count))));
    });
    return this.#facet(path, chosen.size, make("ul", { role: "list" }, ...boxes));
  }

  #choose(path, value, isOn) {
    const values = this.#chosen.get(path) ?? new Set();
    isOn ? values.add(value) : values.delete(value);
    values.size ? this.#chosen.set(path, values) : this.#chosen.delete(path);
    const details = [...this.#container.children].find(child => child.dataset.path === path), row = document.activeElement?.closest("li");
    const position = row ? [...row.parentElement.children].indexOf(row) : -1;
    const scroll = details?.querySelector("ul").scrollTop ?? 0;
    this.#draw();
    const list = [...this.#container.children].find(child => child.dataset.path === path)?.querySelector("ul");
    if (list) {
      list.scrollTop = scroll;
      list.children[position]?.querySelector("input").focus();
    }
    this.#changed();
  }

  #dateSpan(path, [low, high]) {
    const day = value => new Date(value).toISOString().slice(0, 10), span = this.#spans.get(path) ?? {};
    const input = (key, label) => {
      const field = make("input", { type: "date", min: day(low), max: day(high), value: span[key] ?? "" });
      field.addEventListener("change", () => {
        const changed = { ...this.#spans.get(path), [key]: field.value || undefined };
        changed.from || changed.to ? this.#spans.set(path, changed) : this.#spans.delete(path);
        this.#draw();
        this.#changed();
      });
      return make("label", { class: "date" }, make("span", {}, label), field);
    };
    const format = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
    return this.#facet(path, Number(Boolean(span.from)) + Number(Boolean(span.to)), input("from", t("from")), input("to", t("to")),
      make("p", { class: "faint" }, `${format.format(low)} – ${format.format(high)}`));
  }

  #close(target) {
    for (const details of this.#container.querySelectorAll("details[open]")) if (!details.contains(target)) details.open = false;
  }
}

const bars = 25;

/** The least score that is shown, on a slider over which the scores found stand as bars. */
export class CutOff {
  #box;
  #range;
  #output;
  #bars;
  #button;
  #suggested;
  #scores = [];
  value = 0;

  constructor(box, changed) {
    this.#box = box;
    this.#range = box.querySelector("input");
    this.#output = box.querySelector("output");
    this.#bars = box.querySelector("svg");
    this.#button = box.querySelector("button");
    this.#button.addEventListener("click", () => {
      this.value = this.#suggested;
      this.#range.value = this.value;
      this.#tell();
      changed();
    });
    this.#range.addEventListener("input", () => {
      this.value = Number(this.#range.value) <= Number(this.#range.min) ? 0 : Number(this.#range.value);
      this.#tell();
      changed();
    });
  }

  reset() { this.value = 0; }

  /** Takes the scores of what was found, the best first, and the least good one, where it is known. */
  show(scores, { label, isShown = scores.length > 1, low, high, suggested } = {}) {
    this.#box.hidden = !isShown;
    this.#scores = scores;
    this.#suggested = suggested;
    // Where all are good, or none is, there is nothing to cut.
    this.#button.hidden = !(suggested <= scores[0] && suggested > scores.at(-1)) || Math.abs(this.value - suggested) < 1e-6;
    if (!isShown) return;
    const step = 0.005, best = high ?? Math.ceil(scores[0] / step) * step, least = low ?? Math.floor(Math.min(scores.at(-1), best - 0.05) / step) * step;
    this.#range.min = least.toFixed(3);
    this.#range.max = best.toFixed(3);
    this.#range.value = this.value || least;
    this.#box.querySelector("label").textContent = label ?? t("cut");
    this.#draw(least, best);
    this.#tell();
  }

  #tell() {
    const value = Number(this.#range.value);
    this.#output.textContent = value.toFixed(2);
    this.#range.setAttribute("aria-valuetext", value.toFixed(3));
    const low = Number(this.#range.min), high = Number(this.#range.max);
    [...this.#bars.children].forEach((bar, i) => bar.classList.toggle("out", this.value > 0 && low + (i + 1) / bars * (high - low) <= value));
  }

  #draw(low, high) {
    const counts = Array(bars).fill(0);
    for (const score of this.#scores) counts[Math.min(bars - 1, Math.max(0, Math.floor((score - low) / (high - low) * bars)))] += 1;
    const most = Math.max(1, ...counts);
    this.#bars.replaceChildren(...counts.map((count, i) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect"), height = count ? 2 + count / most * 20 : 0;
      for (const [name, value] of Object.entries({ x: i * 4 + 0.6, y: 24 - height, width: 2.8, height })) bar.setAttribute(name, value);
      return bar;
    }));
  }
}
