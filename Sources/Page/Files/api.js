// What the page asks the node: Elasticsearch's REST API, and the few endpoints of our own.

// Not relative to the document's address, which may hold credentials that fetch refuses.
const base = location.origin + location.pathname.replace(/[^/]*$/, "");

export class Refusal extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** Asks, and reads the answer as JSON. Throws a `Refusal`; of status 0 where nobody answers. */
export async function ask(method, path, body, { signal, type = "application/json" } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = type;
  const content = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(base + path, { method, headers, body: content, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, String(error.message));
  }
  let json;
  try { json = await answer.json(); } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(answer.status, answer.statusText);
  }
  if (!answer.ok) {
    const error = json.error;
    throw new Refusal(answer.status, error?.root_cause?.[0]?.reason ?? error?.reason ?? (typeof error === "string" ? error : `status ${answer.status}`));
  }
  return json;
}

const part = encodeURIComponent;

export const url = path => base + path;

/** The address of a document's picture. With its hash the browser may keep it for good. That there is none is no error. */
export function pictureURL(hit, hash, small) {
  const parameters = new URLSearchParams({ ignore_missing: "true", ...(hash && { v: hash }), ...(hit._routing && { routing: hit._routing }) });
  return url(`${part(hit._index)}/_image/${part(hit._id)}${small ? "/_thumbnail" : ""}?${parameters}`);
}

// MARK: What there is

/** All fields of a mapping that hold a value, multi-fields too: `[path, definition]`. */
export function leaves(properties = {}, prefix = "") {
  return Object.entries(properties).flatMap(([name, field]) => [
    ...(field.type && field.type !== "object" ? [[prefix + name, field]] : []),
    ...leaves(field.properties, `${prefix}${name}.`),
    ...leaves(field.fields, `${prefix}${name}.`),
  ]);
}

/**
 * The indices that have vectors: name, count of documents, mapping's leaves, the field that is searched, the model's id.
 *
 * A `semantic` field, which embeds itself, is searched where there is no `dense_vector`: its model is its endpoint's, and its pictures,
 * which may be large, are left out of what is found.
 */
export async function indices() {
  const [mappings, table] = await Promise.all([
    ask("GET", "_mapping"),
    ask("GET", "_cat/indices?format=json&bytes=b&h=index,docs.count,store.size,health"),
  ]);
  const rows = new Map(table.map(row => [row.index, row]));
  return Object.entries(mappings).flatMap(([name, { mappings }]) => {
    const fields = leaves(mappings.properties), ofType = type => fields.filter(([, field]) => field.type === type);
    const vectors = ofType("dense_vector"), semantic = ofType("semantic"), candidates = [...vectors, ...semantic];
    if (!candidates.length || name.startsWith(".")) return [];
    const [field, definition] = vectors.find(([path]) => path === "image_embedding") ?? candidates[0];
    const row = rows.get(name) ?? {}, model = definition.model_settings ?? {}, isSemantic = definition.type !== "dense_vector";
    return [{
      name, fields, field, isSemantic,
      left: [...vectors.map(([path]) => path), ...semantic.map(([path]) => `${path}.value`)],
      dims: isSemantic ? model.dimensions : definition.dims, similarity: (isSemantic ? model.similarity : definition.similarity) ?? "cosine",
      model: mappings._meta?.clipsearch?.model, count: Number(row["docs.count"] ?? 0), bytes: Number(row["store.size"] ?? 0),
    }];
  }).sort((a, b) => a.name.localeCompare(b.name));
}

/** The deployments, with what their models read and how wide their vectors are. */
export async function deployments() {
  const [configs, stats] = await Promise.all([
    ask("GET", "_ml/trained_models?size=1000"), ask("GET", "_ml/trained_models/_stats?size=1000"),
  ]);
  const models = new Map(configs.trained_model_configs.map(model => [model.model_id, model]));
  return stats.trained_model_stats.filter(entry => entry.deployment_stats).map(entry => {
    const model = models.get(entry.model_id), inputs = model?.input?.field_names ?? [];
    const node = entry.deployment_stats.nodes?.[0];
    return {
      id: entry.deployment_stats.deployment_id ?? entry.model_id, model: entry.model_id, state: entry.deployment_stats.state,
      dims: model?.inference_config?.text_embedding?.embedding_size, image: inputs.includes("image_field"),
      text: inputs.some(name => name !== "image_field"), requests: entry.deployment_stats.inference_count ?? node?.inference_count ?? 0,
      milliseconds: node?.average_inference_time_ms, cutOffs: model?.metadata?.clipsearch?.cut_offs ?? {},
    };
  });
}

export const node = () => ask("GET", "");

export const tasks = () => ask("GET", "_tasks?detailed=true");

export const writing = index => ask("GET", `${part(index)}/_stats/indexing,docs`);

// MARK: Searching

/** Pictures near a vector, or what a model makes of words; all, without either. */
export function search(index, { words, model, vector, filter, size, from = 0, exclude, minimum }, signal) {
  const body = { size, from, track_total_hits: true, _source: { excludes: index.left } };
  const filters = [...filter];
  if (exclude) filters.push({ bool: { must_not: { ids: { values: [exclude] } } } });
  if (vector || model) {
    body.knn = { field: index.field, k: size + from, num_candidates: Math.max(100, Math.ceil((size + from) * 1.5)) };
    if (vector) body.knn.query_vector = vector;
    else if (index.isSemantic) body.knn.query_vector_builder = { embedding: { input: { type: "text", value: words } } };
    else body.knn.query_vector_builder = { text_embedding: { model_id: model, model_text: words } };
    if (filters.length) body.knn.filter = filters;
    body.track_total_hits = false;
  } else if (words) {
    const texts = index.fields.filter(([, field]) => field.type === "text").map(([path]) => path);
    body.query = { bool: { must: { multi_match: { query: words, fields: texts.length ? texts : ["*"], lenient: true } }, filter: filters } };
  } else {
    // Some of all, in an order that is another every day: what was imported first is no better than the rest.
    const some = { bool: { filter: [{ exists: { field: index.field } }, ...filters] } };
    body.query = { function_score: { query: some, random_score: { seed: Math.floor(Date.now() / 864e5), field: "_seq_no" }, boost_mode: "replace" } };
  }
  if (minimum) body.min_score = minimum;
  return ask("POST", `${part(index.name)}/_search`, body, { signal });
}

/** Pictures near one that is sent as it is. */
export function searchByPicture(index, { picture, filter, size, from = 0 }, signal) {
  const parameters = new URLSearchParams({
    field: index.field, size, from, k: size + from, num_candidates: Math.max(100, Math.ceil((size + from) * 1.5)),
    _source_excludes: index.left.join(","), track_total_hits: "false",
  });
  if (filter.length) parameters.set("filter", JSON.stringify({ bool: { filter } }));
  return ask("POST", `${part(index.name)}/_search/image?${parameters}`, picture, { signal, type: picture.type || "application/octet-stream" });
}

/** A document's own vector; undefined if it has none. Of a field of several parts, that of the first picture, or else of the first part. */
export async function vectorOf(index, id, signal) {
  if (index.isSemantic) {
    const { _source: source } = await ask("GET", `${part(index.name)}/_doc/${part(id)}?_source_exclude_vectors=false`, undefined, { signal });
    const chunks = Object.values(source?._inference_fields?.[index.field]?.inference?.chunks ?? {}).flat();
    return (chunks.find(chunk => chunk.input_index !== undefined) ?? chunks[0])?.embeddings;
  }
  const found = await ask("GET", `${part(index.name)}/_doc/${part(id)}?_source_includes=${part(index.field)}`, undefined, { signal });
  return index.field.split(".").reduce((value, key) => value?.[key], found._source) ?? found._source?.[index.field];
}

/** What a model makes of words, or of a picture. */
export async function vectorMadeOf(model, { words, picture }) {
  const doc = picture ? { image_field: await dataURL(picture) } : { text_field: words };
  const made = await ask("POST", `_ml/trained_models/${part(model)}/_infer`, { docs: [doc] });
  return made.inference_results[0].predicted_value;
}

const dataURL = blob => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

export const documents = (index, ids, signal) =>
  ask("POST", `${part(index.name)}/_mget?_source_excludes=${part(index.left.join(","))}`, { ids }, { signal });

export const documentOf = (name, id, signal) => ask("GET", `${part(name)}/_doc/${part(id)}`, undefined, { signal });

export function duplicates(index, threshold, filter, signal) {
  const parameters = new URLSearchParams({ field: index.field, threshold });
  if (filter.length) parameters.set("filter", JSON.stringify({ bool: { filter } }));
  return ask("GET", `${part(index.name)}/_duplicates?${parameters}`, undefined, { signal });
}

/** The most frequent values of keyword fields, and the span of date fields, among what the filters leave. */
export function facets(index, keywords, dates, filter, signal) {
  const aggs = {};
  keywords.forEach((path, i) => { aggs[`k${i}`] = { terms: { field: path, size: 40 } }; });
  dates.forEach((path, i) => { aggs[`d${i}`] = { stats: { field: path } }; });
  return ask("POST", `${part(index.name)}/_search`, { size: 0, track_total_hits: true, query: { bool: { filter } }, aggs }, { signal });
}
