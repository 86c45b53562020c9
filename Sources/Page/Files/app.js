// The page: what is asked for, and what is shown of the answers.

import { picturesOf, read, written } from "./address.js";
import { Refusal, deployments, documents, duplicates, indices, search, searchByPicture } from "./api.js";
import { CutOff, Filters } from "./filters.js";
import { Grid } from "./grid.js";
import { Pictures, partsOf } from "./mixture.js";
import { keep } from "./own.js";
import { make, pictureIn, pictured, prepared, scoreText, titleOf } from "./pictures.js";
import { Status } from "./status.js";
import { apply, language, number, setLanguage, t } from "./texts.js";
import { Viewer } from "./viewer.js";

const at = id => document.getElementById(id);

// A pause in typing after which is searched; what is asked for at once; the most that is shown.
const pause = 110, page = 60, most = 600;

// From which similarity on pictures are grouped as nearly the same, at first and at least.
const leastAlike = { usual: 0.9, low: 0.8 };

const state = {
  all: [], models: [], index: undefined,
  words: "", same: false, threshold: leastAlike.usual,
  hits: [], isComplete: false, isRanked: false, note: "", took: 0, total: 0,
};

const grid = new Grid(at("grid"), { open: number => viewer.open(state.index, grid.hits, number, state.isRanked || state.same), like: hit => searchLike(hit), less: hit => searchWith(hit, "unlike") });
const filters = new Filters(at("facets"), () => { keepAddress(); run(); });
const cut = new CutOff(at("cut"), () => state.same ? sameSoon() : show());
const viewer = new Viewer({
  like: hit => searchLike(hit), add: hit => searchWith(hit, "like"), less: hit => searchWith(hit, "unlike"),
  canMix: () => isAsked() && !state.same, closed: number => grid.focus(number),
});
const pictures = new Pictures(at("mixture"), {
  changed: () => { showAsked(); keepAddress(true); run(); },
  said: words => { at("words").value = words; searchWords(words, true); },
});
const status = new Status((all, models, isChanged) => {
  state.models = models;
  if (!isChanged) return;
  state.all = all;
  fillChooser();
  if (state.index) refreshIndex();
  else start();
});

// MARK: Searching

const answers = new Map();
let asking, timer, waiting;

/** The model that makes vectors of words for an index: the one that made those of its pictures, or one as wide. */
function modelFor(index) {
  const ready = state.models.filter(model => model.state === "started" && model.text && (!index.dims || model.dims === index.dims));
  return (ready.find(model => model.id === index.model || model.model === index.model) ?? ready.find(model => model.image) ?? ready[0])?.id;
}

/** Whether anything is looked for, rather than some of all shown. */
const isAsked = () => Boolean(state.words || !pictures.isEmpty);

const asked = () => partsOf(state.words, !pictures.isEmpty);

/** The picture that alone is asked for, if one is. */
const onlyPicture = () => !state.words && !pictures.isMixture(asked()) ? pictures.items[0] : undefined;

/** The least score of a good hit, as it was measured of the model; undefined where it was not. */
function suggestedScore() {
  const { index } = state;
  if (!index || index.isSemantic || !isAsked() || pictures.isMixture(asked()) || !["cosine", "dot_product"].includes(index.similarity)) return undefined;
  const model = state.models.find(model => model.id === modelFor(index));
  const cosine = model?.cutOffs[pictures.isEmpty ? "text_to_image" : "image_to_image"]?.similarity;
  return cosine === undefined ? undefined : (1 + cosine) / 2;
}

function request(from) {
  const { index, words } = state, parts = asked(), filter = filters.queries(), size = page, only = onlyPicture();
  // A field that embeds itself knows its model for words alone.
  const isPlain = pictures.isEmpty && !pictures.isMixture(parts), needsModel = words || pictures.hasBrought;
  const model = needsModel ? modelFor(index) ?? (index.isSemantic && isPlain ? "its own" : undefined) : undefined;
  const note = needsModel && !model ? t("noModelNotice") : "";
  const key = JSON.stringify([index.name, words, model, pictures.items.map(item => [item.id ?? item.key, item.weight]), filter, from]);
  if (only?.blob && !index.isSemantic) return { key, send: signal => searchByPicture(index, { picture: only.blob, filter, size, from }, signal), isRanked: true };
  if (pictures.isEmpty ? !model || isPlain : note)
    return { key, isRanked: Boolean(words), note, send: signal => search(index, { words, model, filter, size, from }, signal) };
  return {
    key, isRanked: true,
    send: async signal => {
      const vector = await pictures.vector(index, model, parts);
      return vector ? search(index, { vector, filter, size, from }, signal) : { isNothing: true, hits: { hits: [] } };
    },
  };
}

/** Asks anew, or for what follows. What is shown stays until the answer is there. */
async function run({ more = false } = {}) {
  if (!state.index) return;
  clearTimeout(timer);
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking, from = more ? state.hits.length : 0;
  if (state.same) return runSame(signal);
  const { key, send, isRanked, note = "" } = request(from);
  setBusy(true, more);
  const start = performance.now();
  try {
    const answer = answers.get(key) ?? await send(signal);
    if (signal.aborted) return;
    if (key) remember(key, answer);
    state.took = Math.round(performance.now() - start);
    const found = answer.hits.hits;
    state.isNothing = Boolean(answer.isNothing);
    state.hits = more ? [...state.hits, ...found] : found;
    state.isComplete = found.length < page || state.hits.length >= most;
    state.isRanked = isRanked;
    state.note = note;
    state.total = answer.hits.total?.value ?? 0;
    if (!more) scrollTo({ top: 0 });
    show(more);
  } catch (error) {
    if (error.name !== "AbortError") fail(error);
  } finally {
    if (asking.signal === signal) setBusy(false);
  }
}

function remember(key, answer) {
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > 40) answers.delete(answers.keys().next().value);
}

function setBusy(isBusy, more = false) {
  clearTimeout(waiting);
  at("results").setAttribute("aria-busy", String(isBusy));
  // Only what takes long is told.
  if (isBusy && !more) waiting = setTimeout(() => {
    document.body.classList.add("busy");
    if (!grid.hits.length) showBlanks();
  }, 180);
  else document.body.classList.remove("busy");
}

// MARK: Showing

function show(append = false) {
  const hits = state.isRanked ? state.hits.filter(hit => hit._score >= cut.value) : state.hits;
  at("hero").hidden = isAsked() || !filters.isEmpty;
  at("bar").hidden = !state.index?.count;
  at("same").hidden = Boolean(state.index?.isSemantic);
  grid.show(hits, { append, scored: state.isRanked });
  cut.show(state.hits.map(hit => hit._score), { isShown: state.isRanked && state.hits.length > 1, suggested: state.isRanked ? suggestedScore() : undefined });
  tellCount(hits.length);
  at("notice").hidden = true;
  if (!state.hits.length) {
    if (state.isNothing) notice(t("cancelTitle"), t("cancelText"));
    else if (state.index.count) notice(t("noneTitle"), t("noneText"), filters.isEmpty ? undefined : [t("clearAll"), () => { filters.clear(); keepAddress(); run(); }]);
    else showEmpty();
  } else if (!hits.length) {
    notice(t("cutTitle"), t("cutText", scoreText(state.hits[0]._score)), [t("cutReset"), () => { cut.reset(); show(); }]);
  }
  at("more").hidden = state.isComplete || hits.length < state.hits.length || !hits.length;
}

function tellCount(shown) {
  let text;
  if (!state.hits.length) text = t("noneTitle");
  else if (!state.isRanked) text = t("count", number(shown), number(Math.max(shown, state.total)));
  else text = shown < state.hits.length ? t("countCut", number(shown), number(state.hits.length)) : t("countBest", number(shown));
  const isFar = state.isRanked && state.hits[0]?._score < suggestedScore();
  at("count").replaceChildren(
    ...(isFar ? [make("strong", { class: "far" }, t("far")), " · "] : []),
    ...(describedPictures() ? [make("strong", {}, describedPictures()), " · "] : []), text,
    ...(state.isRanked || !filters.isEmpty ? [make("span", { class: "faint" }, ` ${t("took", number(state.took))}`)] : []),
    ...(state.note ? [make("span", { class: "warning" }, state.note)] : []));
}

/** What the pictures that are asked for are called, in words. */
function describedPictures() {
  const only = onlyPicture();
  if (only) return only.blob ? "" : t("likeOf", only.title);
  return pictures.isEmpty ? "" : t("mixed");
}

function notice(title, text, action, ...more) {
  at("notice").replaceChildren(make("h2", {}, title), make("p", {}, text), ...more, ...(action ? [make("button", { type: "button", class: "solid", onclick: action[1] }, action[0])] : []));
  at("notice").hidden = false;
  at("more").hidden = true;
}

let telling;

/** Says what went wrong without taking away what is shown. */
function tell(text) {
  at("toast").textContent = text;
  at("toast").hidden = false;
  clearTimeout(telling);
  telling = setTimeout(() => { at("toast").hidden = true; }, 6000);
}

function showEmpty() {
  at("hero").hidden = true;
  at("bar").hidden = true;
  grid.show([]);
  at("count").textContent = "";
  setBusy(false);
  notice(t("emptyTitle"), t("emptyText"), undefined, make("pre", {}, make("code", {}, t("emptyCommand"))));
}

function fail(error) {
  setBusy(false);
  grid.show([]);
  cut.show([]);
  at("hero").hidden = true;
  at("bar").hidden = true;
  at("count").textContent = "";
  if (!(error instanceof Refusal)) console.error(error);
  if (error.status === 401) notice(t("signInTitle"), t("signInText"), [t("reload"), () => location.reload()]);
  else if (error.status === 0) {
    notice(t("offlineTitle"), t("offlineText"), [t("retry"), () => begin()]);
    setTimeout(() => { if (!at("notice").hidden && at("notice").querySelector("h2").textContent === t("offlineTitle")) begin(); }, 4000);
  } else notice(t("errorTitle"), error.message, [t("retry"), () => run()]);
}

/** Where pictures will be, until they are known. */
function showBlanks() {
  const list = at("grid");
  list.classList.add("blanks");
  list.style.height = "";
  list.replaceChildren(...Array.from({ length: 12 }, (_, i) => make("li", { class: `blank b${i % 4}`, "aria-hidden": "true" })));
}

// MARK: Near-duplicates

const sameSoon = () => {
  state.threshold = cut.value || leastAlike.low;
  clearTimeout(timer);
  timer = setTimeout(run, 250);
};

async function runSame(signal) {
  setBusy(true);
  const start = performance.now();
  try {
    const answer = await duplicates(state.index, state.threshold, filters.queries(), signal);
    const ids = answer.groups.flatMap(group => group.documents.map(document => document._id)).slice(0, 1000);
    const found = ids.length ? (await documents(state.index, ids, signal)).docs.filter(document => document.found) : [];
    if (signal.aborted) return;
    const byID = new Map(found.map(document => [document._id, document]));
    state.took = Math.round(performance.now() - start);
    state.isComplete = true;
    showSame(answer, byID);
  } catch (error) {
    if (error.name !== "AbortError") fail(error);
  } finally {
    if (asking.signal === signal) setBusy(false);
  }
}

function showSame(answer, byID) {
  at("hero").hidden = true;
  at("bar").hidden = false;
  at("more").hidden = true;
  at("notice").hidden = true;
  grid.show([]);
  cut.value = state.threshold;
  cut.show([], { isShown: true, label: t("sameThreshold"), low: leastAlike.low, high: 1 });
  const groups = answer.groups.map(group => ({ ...group, hits: group.documents.map(document => byID.get(document._id)).filter(Boolean) })).filter(group => group.hits.length > 1);
  const list = at("grid");
  list.style.height = "";
  list.classList.add("groups");
  list.replaceChildren(...groups.map(group => make("li", { class: "group" },
    make("p", { class: "faint" }, t("sameGroup", number(group.hits.length), group.similarity.toFixed(3))),
    make("div", { class: "strip" }, ...group.hits.map((hit, i) => make("button", { type: "button", class: "card", "aria-label": titleOf(hit), title: hit._source?.relative_path ?? titleOf(hit), onclick: () => viewer.open(state.index, group.hits, i, false) }, make("span", { class: "frame shown" }, pictured(hit, { loading: "lazy" }))))))));
  const { looked_at: seen, total } = answer.documents;
  at("count").replaceChildren(t("sameCount", number(groups.length), number(seen)), make("span", { class: "faint" }, ` ${t("took", number(state.took))}`),
    ...(seen < total ? [make("span", { class: "warning" }, t("samePartial", number(seen), number(total)))] : []));
  if (!groups.length) notice(t("sameTitle"), t("sameNone"));
}

function setSame(isOn) {
  if (state.same === isOn) return;
  state.same = isOn;
  at("same").setAttribute("aria-pressed", String(isOn));
  at("grid").replaceChildren();
  cut.reset();
  if (isOn) clearContents();
  showAsked();
}

// MARK: What is asked for

function searchWords(words, isStep = false) {
  setSame(false);
  state.words = words.trim();
  showAsked();
  keepAddress(isStep);
  run();
}

/** What is like a picture, in the place of the one that was wanted before. Words, and what is not wanted, stay. */
function searchLike(hit) {
  setSame(false);
  pictures.want(Pictures.ofHit(hit));
  askedAnew();
  at("results").focus({ preventScroll: true });
}

/** What is searched for, and one more picture of the index that counts for it or against it. */
function searchWith(hit, weight) {
  setSame(false);
  pictures.add(Pictures.ofHit(hit, weight));
  askedAnew();
  at("results").focus({ preventScroll: true });
}

/** A picture that somebody brings, in the same way. */
async function searchPicture(file) {
  try {
    const item = Pictures.brought(await prepared(file));
    setSame(false);
    pictures.want(item);
    keep(item.key, item.blob);
    askedAnew();
  } catch {
    tell(t("badPicture"));
  }
}

function askedAnew() {
  cut.reset();
  showAsked();
  keepAddress(true);
  run();
}

function clearContents() {
  pictures.clear();
  state.words = "";
  at("words").value = "";
}

/** One picture stands in the search field; what is mixed, below it. */
function showAsked() {
  const parts = asked(), only = pictures.items.length === 1 && !pictures.isMixture(parts) ? pictures.items[0] : undefined;
  pictures.show(parts);
  at("asked").hidden = !only;
  at("find").classList.toggle("has-asked", !pictures.isEmpty);
  at("words").placeholder = t(pictures.isEmpty ? "wordsHint" : "wordsMore");
  if (!only) return at("asked-picture").removeAttribute("src");
  at("asked-picture").hidden = !only.url;
  if (only.url) at("asked-picture").src = only.url;
  at("asked-text").textContent = only.title;
}

function clearAsked() {
  clearContents();
  cut.reset();
  showAsked();
  keepAddress();
  run();
}

// MARK: The address, so that a search can be kept, shared, and gone back to

/** The index that is shown where none is named: the one with the most pictures. */
const usual = () => state.all.reduce((most, index) => most && most.count >= index.count ? most : index, undefined);

function keepAddress(isStep = false) {
  const query = written({ words: state.words, items: pictures.items, isSame: state.same, chosen: filters.chosen });
  // Which index is the usual one may change: what is asked is asked of this one.
  if (state.index && (query.size || state.index !== usual())) query.set("index", state.index.name);
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (address === location.pathname + location.search) return;
  history[isStep ? "pushState" : "replaceState"](null, "", address);
  const title = state.words || describedPictures();
  document.title = title ? `${title} · ClipSearch` : "ClipSearch";
}

let readings = 0;

async function readAddress() {
  const reading = ++readings, asked = read(location.search);
  state.index = state.all.find(index => index.name === asked.index) ?? usual();
  at("index").value = state.index?.name ?? "";
  setSame(asked.isSame);
  state.words = asked.words;
  at("words").value = state.words;
  const { items, missing } = await picturesOf(asked.named, state.index);
  // Somebody went on meanwhile.
  if (reading !== readings) return;
  pictures.clear();
  for (const item of items) pictures.add(item);
  if (asked.index && asked.index !== state.index?.name) tell(t("noSuchIndex", asked.index, state.index?.name));
  if (missing) tell(t(missing));
  showAsked();
  if (state.index) filters.use(state.index, asked.chosen).then(showIdeas);
}

function showIdeas() {
  const ideas = filters.ideas.slice(0, innerWidth < 600 ? 4 : 8);
  at("ideas").hidden = !ideas.length;
  at("ideas").replaceChildren(...ideas.map(idea => make("li", {}, make("button", { type: "button", class: "idea", onclick: () => { at("words").value = idea; searchWords(idea); } }, idea))));
}

// MARK: Beginning

function fillChooser() {
  at("index").replaceChildren(...state.all.map(index => make("option", { value: index.name }, index.name)));
  if (state.index) at("index").value = state.index.name;
  at("chooser").hidden = !state.all.length;
}

async function refreshIndex() {
  answers.clear();
  state.index = state.all.find(index => index.name === state.index.name) ?? usual();
  if (!state.index) return showEmpty();
  filters.refresh().then(showIdeas);
  // Who looks at something further down is left in peace.
  if (!viewer.isOpen && !pictures.hasBrought && scrollY < 300) run();
}

async function start() {
  await readAddress();
  if (!state.index) return showEmpty();
  await run();
}

async function begin() {
  at("notice").hidden = true;
  setBusy(true);
  try {
    [state.all, state.models] = await Promise.all([indices(), deployments()]);
    fillChooser();
    await start();
  } catch (error) {
    setBusy(false);
    fail(error);
  }
}

// MARK: Controls

at("find").addEventListener("submit", event => {
  event.preventDefault();
  searchWords(at("words").value);
});
const searchSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => searchWords(at("words").value), at("words").value ? pause : 0);
};
// While an input method is at work, what stands there is not yet what is meant.
at("words").addEventListener("input", event => { if (!event.isComposing) searchSoon(); });
at("words").addEventListener("compositionend", searchSoon);
at("words").addEventListener("keydown", event => {
  if (event.isComposing) return;
  if (event.key === "Escape" && (at("words").value || !pictures.isEmpty)) {
    event.preventDefault();
    clearAsked();
  } else if (event.key === "Backspace" && !at("words").value && !pictures.isEmpty) {
    pictures.remove(pictures.items.at(-1));
    askedAnew();
  }
  else if (event.key === "ArrowDown" && grid.hits.length) {
    event.preventDefault();
    grid.focus(0);
  }
});
at("asked-remove").addEventListener("click", () => { clearAsked(); at("words").focus(); });
at("pick").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", () => {
  const [file] = at("file").files;
  at("file").value = "";
  if (file) searchPicture(file);
});
at("home").addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  setSame(false);
  filters.clear();
  clearAsked();
});
at("index").addEventListener("change", async () => {
  state.index = state.all.find(index => index.name === at("index").value);
  // Pictures of another index mean nothing in this one.
  for (const item of pictures.items.filter(item => !item.blob)) pictures.remove(item);
  setSame(false);
  cut.reset();
  showAsked();
  grid.show([]);
  await filters.use(state.index);
  showIdeas();
  keepAddress();
  run();
});
at("same").addEventListener("click", () => {
  const isOn = !state.same;
  setSame(isOn);
  keepAddress(true);
  run();
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "/" && !event.target.matches("input, select, textarea")) {
    event.preventDefault();
    at("words").focus();
    at("words").select();
  }
});
document.addEventListener("paste", event => {
  const file = pictureIn(event.clipboardData);
  if (!file) return;
  event.preventDefault();
  searchPicture(file);
});

let depth = 0;
const holdsFiles = event => [...event.dataTransfer?.types ?? []].includes("Files");
addEventListener("dragenter", event => { if (holdsFiles(event)) { depth += 1; at("drop").classList.add("on"); } });
addEventListener("dragleave", event => { if (holdsFiles(event) && --depth <= 0) { depth = 0; at("drop").classList.remove("on"); } });
addEventListener("dragover", event => { if (holdsFiles(event)) event.preventDefault(); });
addEventListener("drop", event => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth = 0;
  at("drop").classList.remove("on");
  const file = pictureIn(event.dataTransfer);
  if (file) searchPicture(file);
  else tell(t("badPicture"));
});
addEventListener("popstate", () => start());

new IntersectionObserver(entries => {
  if (entries.some(entry => entry.isIntersecting) && !state.isComplete && at("results").getAttribute("aria-busy") === "false") run({ more: true });
}, { rootMargin: "900px" }).observe(at("more"));

// MARK: Looks

const darkness = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (darkness.matches ? "dark" : "light")) === "dark";

function showTheme() {
  const label = t(isDark() ? "themeToLight" : "themeToDark");
  at("theme").setAttribute("aria-label", label);
  at("theme").title = label;
  at("theme").querySelector("use").setAttribute("href", isDark() ? "#i-light" : "#i-dark");
}

at("theme").addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try { localStorage.theme = theme; } catch { /* for this visit, then */ }
  showTheme();
});
darkness.addEventListener("change", showTheme);

function showLanguage() {
  at("language").textContent = t("otherLanguage");
  at("language").lang = language === "ja" ? "en" : "ja";
  at("language").setAttribute("aria-label", t("otherLanguageLabel"));
  showTheme();
}

at("language").addEventListener("click", () => {
  setLanguage(language === "ja" ? "en" : "ja");
  showLanguage();
  if (state.index) filters.refresh();
  showAsked();
  if (!state.index) showEmpty();
  else if (state.same) run();
  else show();
});

apply(document);
showLanguage();
begin().then(() => status.watch());
