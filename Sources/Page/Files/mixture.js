// What is searched for: words, pictures of the index, and pictures that people bring, each counting for more or less.

import { vectorOf, vectorMadeOf } from "./api.js";
import { newKey } from "./own.js";
import { icon, make, smallOf, titleOf } from "./pictures.js";
import { t } from "./texts.js";

/** How much a picture counts beside words, which count 1. What is unwanted counts against. */
export const weights = { like: 0.6, little: 0.3, unlike: -0.4 };
const unwantedWords = -0.4;

/** Words, and after a minus what is not wanted: `flower -rose`. A minus means nothing where nothing else is asked for. */
export function partsOf(text, hasPictures) {
  const words = text.split(/\s+/).filter(Boolean), isMinus = word => /^-./.test(word);
  const wanted = words.filter(word => !isMinus(word)).join(" ");
  if (!wanted && !hasPictures) return { wanted: text, unwanted: [] };
  return { wanted, unwanted: words.filter(isMinus).map(word => word.slice(1)) };
}

/** The text that has such parts. A minus alone would be taken at its word. */
export const textOf = ({ wanted, unwanted }, hasPictures) => wanted || hasPictures ? [wanted, ...unwanted.map(word => `-${word}`)].filter(Boolean).join(" ") : "";

/** The sum of vectors' directions times their weights, of length 1; undefined where they cancel out. */
export function mixed(vectors, amounts) {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, n) => {
    const length = Math.hypot(...vector);
    if (length > 0) for (let i = 0; i < sum.length; i++) sum[i] += amounts[n] * vector[i] / length;
  });
  const length = Math.hypot(...sum);
  return length > 1e-5 ? Array.from(sum, value => value / length) : undefined;
}

/** The pictures that are asked for, in the order in which they came. */
export class Pictures {
  #list;
  #changed;
  #said;
  #vectors = new Map();
  items = [];

  /** - `changed`: told when somebody weighs or removes one; `said`, what words are left when somebody removes some. */
  constructor(list, { changed, said }) {
    this.#list = list;
    this.#changed = changed;
    this.#said = said;
  }

  get isEmpty() { return !this.items.length; }
  /** Whether one of them is of no index, and so in no address. */
  get hasBrought() { return this.items.some(item => item.blob); }

  static ofHit = (hit, weight = "like") => ({ id: hit._id, title: titleOf(hit), url: smallOf(hit), weight });
  static brought = (blob, key = newKey(), weight = "like") =>
    ({ blob, key, url: URL.createObjectURL(blob), weight, get title() { return t("yourPicture"); } });

  /** Takes a picture in the place of what was wanted before. What is unwanted stays so. */
  want(item) {
    for (const other of this.items.filter(other => other.weight !== "unlike")) this.remove(other);
    this.add(item);
  }

  /** Adds a picture, or weighs anew one that is there already. */
  add(item) {
    const same = this.items.find(other => item.id !== undefined && other.id === item.id);
    if (same) same.weight = item.weight;
    else this.items.push(item);
  }

  remove(item) {
    if (item.blob) URL.revokeObjectURL(item.url);
    this.items = this.items.filter(other => other !== item);
  }

  clear() { for (const item of [...this.items]) this.remove(item); }

  /** Whether something is mixed: several things, or one that is not wanted. */
  isMixture({ wanted, unwanted }) {
    const count = this.items.length + (wanted ? 1 : 0) + unwanted.length;
    return count > 1 || this.items.some(item => item.weight !== "like");
  }

  /** The one vector of all. A picture's, and those of words, are made once: searches that follow fast upon each other share them. */
  async vector(index, model, { wanted, unwanted }) {
    const texts = [...(wanted ? [[wanted, 1]] : []), ...unwanted.map(words => [words, unwantedWords])];
    const vectors = await Promise.all([
      ...texts.map(([words]) => this.#made(`${model} words ${words}`, () => vectorMadeOf(model, { words }))),
      ...this.items.map(item => item.blob ? this.#made(`${model} picture ${item.key}`, () => vectorMadeOf(model, { picture: item.blob }))
        : this.#made(`${index.name} ${index.field} ${item.id}`, () => vectorOf(index, item.id))),
    ]);
    // A document may be without.
    const amounts = [...texts.map(([, amount]) => amount), ...this.items.map(item => weights[item.weight])].filter((_, n) => vectors[n]);
    return amounts.length ? mixed(vectors.filter(Boolean), amounts) : undefined;
  }

  #made(key, make) {
    const found = this.#vectors.get(key) ?? make();
    this.#vectors.delete(key);
    this.#vectors.set(key, found);
    found.catch(() => this.#vectors.delete(key));
    if (this.#vectors.size > 60) this.#vectors.delete(this.#vectors.keys().next().value);
    return found;
  }

  /** Shows what is mixed, each with how much it is wanted; nothing, where only one thing is asked for. */
  show(parts) {
    this.#list.hidden = !this.isMixture(parts);
    if (this.#list.hidden) return this.#list.replaceChildren();
    const { wanted, unwanted } = parts;
    this.#list.replaceChildren(
      ...(wanted ? [this.#words(wanted, "", t("quoted", wanted), { wanted: "", unwanted })] : []),
      ...unwanted.map((word, n) => this.#words(word, " unlike", t("without", word), { wanted, unwanted: unwanted.toSpliced(n, 1) })),
      ...this.items.map((item, n) => make("li", { class: `part ${item.weight}` },
        Pictures.small(item), make("span", { class: "said" }, item.title), this.#chooser(item, n), this.#remover(item))));
  }

  /** An item's picture as large as a line; undefined where there is none. */
  static small(item) {
    if (!item.url) return undefined;
    const image = make("img", { src: item.url, alt: "" });
    image.addEventListener("error", () => image.remove(), { once: true });
    return image;
  }

  #words(words, kind, label, rest) {
    return make("li", { class: `part words-part${kind}` }, make("span", { class: "said" }, label), this.#closer(words, () => this.#said(textOf(rest, !this.isEmpty))));
  }

  #chooser(item, n) {
    const options = Object.keys(weights).map(weight => make("option", { value: weight, selected: weight === item.weight }, t("weights")[weight]));
    const select = make("select", { "aria-label": t("weightOf", item.title), onchange: event => {
      item.weight = event.target.value;
      this.#changed();
      // The list is written anew; whoever chose by keyboard goes on where they were.
      this.#list.querySelectorAll("select")[n]?.focus();
    } }, ...options);
    return make("span", { class: "weight" }, select, icon("down"));
  }

  #remover(item) {
    return this.#closer(item.title, () => {
      this.remove(item);
      this.#changed();
    });
  }

  #closer(name, act) {
    return make("button", { type: "button", "aria-label": t("removeOf", name), title: t("removeOf", name), onclick: () => {
      act();
      (this.#list.querySelector("button") ?? document.getElementById("words")).focus();
    } }, icon("close"));
  }
}
