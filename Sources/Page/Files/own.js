// Pictures that people bring are in no index and no address. The browser keeps the last of them, so that a search with one can be
// reloaded and gone back to; nobody else sees them.

const store = "pictures", most = 24;
const here = new Map();

/** What an address calls a picture by. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, "0")).join("");

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opening;
function database() {
  opening ??= (() => {
    const request = indexedDB.open("clipsearch", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "key" });
    return done(request);
  })();
  return opening;
}

/** Keeps a picture; where the browser keeps nothing, for as long as the page is open. */
export async function keep(key, blob) {
  here.set(key, blob);
  try {
    const pictures = (await database()).transaction(store, "readwrite").objectStore(store);
    await done(pictures.put({ key, blob, time: Date.now() }));
    const all = await done(pictures.getAll());
    for (const { key } of all.sort((a, b) => b.time - a.time).slice(most)) pictures.delete(key);
  } catch { /* for this visit, then */ }
}

/** A picture that was kept; undefined where it is gone, or was brought to another browser. */
export async function kept(key) {
  if (here.has(key)) return here.get(key);
  try {
    const found = await done((await database()).transaction(store).objectStore(store).get(key));
    if (found) here.set(key, found.blob);
    return found?.blob;
  } catch {
    return undefined;
  }
}
