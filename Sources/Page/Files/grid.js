// Pictures in columns of one width: each goes where the column is shortest, so that the nearest stay at the top.

import { icon, make, scoreText, shapeOf, smallOf, titleOf, wordsOf } from "./pictures.js";
import { t } from "./texts.js";

const gap = () => innerWidth < 600 ? 12 : 20;
const narrowest = () => innerWidth < 600 ? 150 : 212;

export class Grid {
  #list;
  #cards = [];
  #open;
  #like;
  #less;
  #focused = 0;
  #columns = 0;

  constructor(list, { open, like, less }) {
    this.#list = list;
    this.#open = open;
    this.#like = like;
    this.#less = less;
    new ResizeObserver(() => this.layout()).observe(list);
    list.addEventListener("keydown", event => this.#move(event));
    list.addEventListener("focusin", event => {
      const number = this.#cards.findIndex(card => card.item.contains(event.target));
      if (number >= 0) this.#take(number);
    });
  }

  get hits() { return this.#cards.map(card => card.hit); }

  /** Shows hits in the place of others, or after them. Cards of hits that stay are kept, so that nothing flickers. */
  show(hits, { append = false, scored = true } = {}) {
    const kept = new Map(this.#cards.map(card => [card.key, card]));
    const cards = hits.map((hit, number) => {
      const key = `${hit._index}/${hit._id}`;
      const card = kept.get(key) ?? this.#card(hit, key);
      kept.delete(key);
      card.hit = hit;
      card.score.textContent = scored && hit._score ? scoreText(hit._score) : "";
      card.name.textContent = titleOf(hit);
      if (card.place !== smallOf(hit)) this.#picture(card);
      const label = scored && hit._score ? `${titleOf(hit)}, ${t("scoreOf", scoreText(hit._score))}` : titleOf(hit);
      card.button.setAttribute("aria-label", label);
      card.like.setAttribute("aria-label", t("likeThis", titleOf(hit)));
      card.like.title = t("like");
      card.less.setAttribute("aria-label", t("lessThis", titleOf(hit)));
      card.less.title = t("less");
      // There must be something to take it away from.
      card.less.hidden = !scored;
      if (card.image) card.image.loading = number < 24 ? "eager" : "lazy";
      return card;
    });
    // With what else stood here meanwhile.
    const items = new Set(cards.map(card => card.item));
    for (const child of [...this.#list.children]) if (!items.has(child)) child.remove();
    this.#list.classList.remove("blanks", "groups");
    this.#cards = cards;
    // In the order of rank, which is also that of reading and of the keyboard.
    cards.forEach((card, number) => { if (this.#list.children[number] !== card.item) this.#list.insertBefore(card.item, this.#list.children[number] ?? null); });
    if (!append) this.#focused = 0;
    this.#take(Math.min(this.#focused, cards.length - 1));
    this.layout();
  }

  focus(number) {
    if (!this.#cards[number]) return;
    this.#take(number);
    this.#cards[number].button.focus();
  }

  layout() {
    const width = this.#list.clientWidth;
    if (!width) return;
    const space = gap(), count = Math.max(2, Math.floor((width + space) / (narrowest() + space)));
    const column = (width - space * (count - 1)) / count, heights = Array(count).fill(0);
    this.#columns = count;
    for (const card of this.#cards) {
      const picture = Math.round(column * (card.shape ?? 1)), shortest = heights.indexOf(Math.min(...heights));
      card.column = shortest;
      card.top = heights[shortest];
      card.frame.style.height = `${picture}px`;
      card.item.style.width = `${column}px`;
      card.item.style.transform = `translate(${Math.round(shortest * (column + space))}px, ${Math.round(heights[shortest])}px)`;
      heights[shortest] += picture + 38 + space;
    }
    this.#list.style.height = `${Math.max(0, ...heights)}px`;
  }

  #card(hit, key) {
    const card = { key, hit };
    card.frame = make("span", { class: "frame" });
    card.name = make("span", { class: "name" });
    card.score = make("span", { class: "points" });
    card.button = make("button", { type: "button", class: "card", tabindex: "-1" }, card.frame, make("span", { class: "words" }, card.name, card.score));
    card.like = make("button", { type: "button", class: "round over like", tabindex: "-1" }, icon("like"));
    card.less = make("button", { type: "button", class: "round over less", tabindex: "-1" }, icon("less"));
    card.item = make("li", {}, card.button, card.like, card.less);
    card.button.addEventListener("click", () => this.#open(this.#cards.indexOf(card)));
    card.like.addEventListener("click", () => this.#like(card.hit));
    card.less.addEventListener("click", () => this.#less(card.hit));
    this.#picture(card);
    return card;
  }

  /** A card's picture; what its document says, where there is none, or none comes. */
  #picture(card) {
    card.shape = shapeOf(card.hit);
    card.place = smallOf(card.hit);
    card.frame.className = "frame";
    card.image = undefined;
    if (!card.place) return this.#words(card);
    const image = card.image = make("img", { alt: "", decoding: "async" });
    image.addEventListener("load", () => {
      card.frame.classList.add("shown");
      const shape = Math.min(2.4, Math.max(0.4, image.naturalHeight / image.naturalWidth));
      if (card.shape && Math.abs(card.shape - shape) < 0.02) return;
      card.shape = shape;
      this.layout();
    });
    image.addEventListener("error", () => {
      if (card.image !== image) return;
      this.#words(card);
      this.layout();
    }, { once: true });
    card.frame.replaceChildren(image);
    image.src = card.place;
  }

  #words(card) {
    const words = wordsOf(card.hit);
    card.image = undefined;
    // As high as what is to be read.
    card.shape = words.length > 90 ? 1 : 0.7;
    card.frame.classList.add("absent");
    card.frame.replaceChildren(make("span", { class: "worded" }, words));
  }

  /** One card is in the order of tabs, with its buttons for others like it and for fewer of them; arrows go to the others. */
  #take(number) {
    this.#cards.forEach((card, other) => {
      card.button.tabIndex = other === number ? 0 : -1;
      card.like.tabIndex = other === number ? 0 : -1;
      card.less.tabIndex = other === number ? 0 : -1;
    });
    this.#focused = Math.max(0, number);
  }

  #move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const number = this.#focused, here = this.#cards[number];
    if (!here) return;
    const target = {
      ArrowRight: () => number + 1, ArrowLeft: () => number - 1, Home: () => 0, End: () => this.#cards.length - 1,
      ArrowDown: () => this.#beside(here, card => card.top > here.top, (a, b) => a.top - b.top),
      ArrowUp: () => this.#beside(here, card => card.top < here.top, (a, b) => b.top - a.top),
    }[event.key]?.();
    if (target === undefined) return;
    event.preventDefault();
    this.focus(Math.min(this.#cards.length - 1, Math.max(0, target)));
  }

  #beside(here, isBeyond, order) {
    const card = this.#cards.filter(card => card.column === here.column && isBeyond(card)).sort(order)[0];
    return card ? this.#cards.indexOf(card) : this.#focused;
  }
}
