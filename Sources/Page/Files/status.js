// How the node is: its models, its indices, what it is at.

import { deployments, indices, node, tasks, writing } from "./api.js";
import { make } from "./pictures.js";
import { bytes, number, t } from "./texts.js";

const at = id => document.getElementById(id);

export class Status {
  #dialog = at("status");
  #timer;
  #counts;
  #changed;

  /** - `changed`: told what there is, and whether documents have come or gone. */
  constructor(changed) {
    this.#changed = changed;
    at("status-open").addEventListener("click", () => {
      this.#dialog.showModal();
      this.#draw();
      this.#timer = setInterval(() => this.#draw(), 2000);
    });
    at("status-close").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("click", event => { if (event.target === this.#dialog) this.#dialog.close(); });
    this.#dialog.addEventListener("close", () => clearInterval(this.#timer));
  }

  /** Looks whether something is going on, and goes on looking while the page is seen. */
  async watch() {
    for (;;) {
      await this.look();
      await new Promise(resolve => setTimeout(resolve, document.hidden ? 30_000 : 5000));
    }
  }

  async look() {
    try {
      const [models, running, all] = await Promise.all([deployments(), tasks(), indices()]);
      const isStarting = models.some(model => model.state === "starting"), hasModel = models.some(model => model.state === "started");
      const counts = new Map(all.map(index => [index.name, index.count]));
      const known = this.#counts ?? counts;
      const isChanged = counts.size !== known.size || [...counts].some(([name, count]) => count !== known.get(name));
      const isBusy = isChanged || isStarting || Status.#work(running).length > 0;
      this.#changed(all, models, isChanged);
      this.#counts = counts;
      this.#tell(isBusy ? "busy" : hasModel ? "good" : "bad", isBusy ? t("working") : t("status"));
    } catch {
      this.#tell("bad", t("status"));
    }
  }

  #tell(state, label) {
    at("status-dot").className = `dot ${state}`;
    at("status-label").textContent = label;
  }

  async #draw() {
    try {
      const [info, models, all, running] = await Promise.all([node(), deployments(), indices(), tasks()]);
      const writes = await Promise.all(all.map(index => writing(index.name).then(stats => stats._all.total.indexing?.index_current ?? 0, () => 0)));
      at("status-body").replaceChildren(
        Status.#section("statusModels", models.length ? models.map(model => Status.#row(
          model.id, model.state === "started" ? "good" : model.state === "failed" ? "bad" : "busy",
          [t("states")[model.state] ?? model.state, t("reads")[model.image && model.text ? "both" : model.image ? "image" : "text"],
            model.dims && t("dimensions", number(model.dims)), t("requests", number(model.requests)),
            model.milliseconds && t("perItem", number(Math.round(model.milliseconds * 10) / 10))])) : [make("p", { class: "faint" }, t("statusNoModels"))]),
        Status.#section("statusIndices", all.map((index, i) => Status.#row(
          index.name, writes[i] ? "busy" : "good",
          [t("documents", number(index.count)), bytes(index.bytes), index.dims && t("dimensions", number(index.dims)), index.model, writes[i] && t("writing", number(writes[i]))]))),
        Status.#section("statusTasks", Status.#work(running).length ? Status.#work(running).map(task => Status.#row(
          task.description || task.action, "busy", [task.action, `${number(Math.round(task.running_time_in_nanos / 1e9))} s`, Status.#progress(task)])) : [make("p", { class: "faint" }, t("statusIdle"))]),
        Status.#section("statusNode", [Status.#row(info.name, "good", [info.cluster_name, info.version?.number])]));
    } catch (error) {
      at("status-body").replaceChildren(make("p", { class: "faint" }, t("offlineTitle")));
    }
  }

  /** Without the listing of tasks itself. */
  static #work(running) {
    return Object.values(running.nodes ?? {}).flatMap(node => Object.values(node.tasks ?? {})).filter(task => !task.action.includes("tasks/list"));
  }

  static #progress({ status }) {
    if (!status?.total) return undefined;
    return `${number((status.created ?? 0) + (status.updated ?? 0) + (status.deleted ?? 0))} / ${number(status.total)}`;
  }

  static #section(title, rows) {
    return make("section", {}, make("h3", {}, t(title)), ...rows);
  }

  static #row(name, state, facts) {
    return make("div", { class: "fact" }, make("span", { class: `dot ${state}` }), make("strong", {}, name), make("span", { class: "faint" }, facts.filter(Boolean).join(" · ")));
  }
}
