// What is asked, as the page's address keeps it, so that a search can be kept, shared, and gone back to.

import { documents } from "./api.js";
import { Pictures, weights } from "./mixture.js";
import { kept } from "./own.js";

// Before the weight of a picture that somebody brought: it stands in no index, and is named as this browser calls it.
const own = "my-";

/** The parameters of an address. */
export function written({ words, items, isSame, chosen }) {
  const query = new URLSearchParams();
  if (words) query.set("q", words);
  for (const item of items) item.blob ? query.append(own + item.weight, item.key) : query.append(item.weight, item.id);
  if (isSame) query.set("view", "duplicates");
  if (Object.keys(chosen).length) query.set("filters", JSON.stringify(chosen));
  return query;
}

/** What an address asks. */
export function read(search) {
  const query = new URLSearchParams(search);
  let chosen = {};
  try { chosen = JSON.parse(query.get("filters") ?? "{}"); } catch { /* none, then */ }
  const named = [...query].map(([name, id]) => ({ weight: name.replace(own, ""), id, isOwn: name.startsWith(own) }))
    .filter(({ weight }) => Object.hasOwn(weights, weight));
  return { index: query.get("index"), words: query.get("q") ?? "", isSame: query.get("view") === "duplicates", chosen, named };
}

/** The pictures that an address names, and what is to be said where some are gone. */
export async function picturesOf(named, index) {
  const ids = index ? named.filter(({ isOwn }) => !isOwn).map(({ id }) => id) : [];
  const found = new Map(ids.length ? (await documents(index, ids)).docs.map(document => [document._id, document]) : []);
  const items = [];
  let missing;
  for (const { weight, id, isOwn } of named) {
    const blob = isOwn ? await kept(id) : undefined, hit = found.get(id);
    if (blob) items.push(Pictures.brought(blob, id, weight));
    else if (!isOwn && hit?.found) items.push(Pictures.ofHit(hit, weight));
    else missing = isOwn ? "ownGone" : "partGone";
  }
  return { items, missing };
}
