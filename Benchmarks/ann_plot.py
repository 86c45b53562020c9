"""Draws what `ann.py` measured: recall against queries per second, ours bold."""
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

LEAST_RECALL = 0.8


def draw(report, path):
    sets = [("queries", "queries like the vectors"), ("pictures", "queries of another kind: pictures asking for sentences")]
    # What was skipped or ended is a sentence instead of curves.
    indexes = {name: index for name, index in report["indexes"].items() if not isinstance(index, str)}
    sets = [(key, title) for key, title in sets if any(key in index for index in indexes.values())]
    figure, panels = plt.subplots(1, len(sets), figsize=(5.6 * len(sets), 4.2), sharey=True, squeeze=False)
    colours = plt.get_cmap("tab10").colors
    for panel, (key, title) in zip(panels[0], sets):
        peers = 0
        for name, index in indexes.items():
            points = [point for point in index.get(key, []) if point["recall"] >= LEAST_RECALL]
            ours = name.startswith("ClipSearch")
            style = {"linewidth": 2.8, "color": "black", "marker": "o", "markersize": 4,
                     "linestyle": "-" if "sealed" in name else "--", "zorder": 3} if ours else {
                     "linewidth": 1.2, "color": colours[peers % len(colours)], "marker": ".", "markersize": 4}
            peers += not ours
            panel.plot([point["recall"] for point in points], [point["qps1"] for point in points], label=name, **style)
        panel.set_yscale("log")
        panel.set_xlim(LEAST_RECALL, 1.002)
        panel.set_title(title, fontsize=10)
        panel.set_xlabel("recall@10")
        panel.grid(True, which="both", alpha=0.25)
    panels[0][0].set_ylabel("searches a second, one thread")
    panels[0][-1].legend(fontsize=7, loc="lower left")
    figure.tight_layout()
    # Text as text, and nothing that changes from run to run: small, and the same for the same figures.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "ann"}):
        figure.savefig(path, metadata={"Date": None} if str(path).endswith(".svg") else None)
