#!/usr/bin/env python3
"""eland's DataFrame over an index: shape, head, describe, filters, aggregations, and frames there and back.

    python3 -m venv /tmp/ed && /tmp/ed/bin/pip install eland
    /tmp/ed/bin/python Tools/acceptance/eland_frame_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import importlib.metadata
import warnings

import eland
import pandas
from elasticsearch import Elasticsearch

from harness import check, run

warnings.filterwarnings("ignore")
FRAME = pandas.DataFrame({
    "carrier": ["A", "B", "A", "C", "B", "A"] * 20,
    "price": [float(number) for number in range(120)],
    "delay": [number % 7 for number in range(120)],
    "cancelled": [number % 5 == 0 for number in range(120)],
    "when": pandas.date_range("2024-01-01", periods=120, freq="h"),
})


def flow(url):
    print("eland", importlib.metadata.version("eland"))
    client = Elasticsearch(url, request_timeout=60)
    check("pandas_to_eland", lambda: eland.pandas_to_eland(
        FRAME, client, "flights", es_if_exists="replace", es_refresh=True, es_type_overrides={"carrier": "keyword"}).shape == (120, 5))
    frame = eland.DataFrame(client, "flights")
    check("shape", lambda: frame.shape == (120, 5))
    check("columns", lambda: sorted(frame.columns) == sorted(FRAME.columns))
    check("dtypes", lambda: (dict(frame.dtypes.astype(str)) == {
        "carrier": "object", "price": "float64", "delay": "int64", "cancelled": "bool", "when": "datetime64[ns]"}, dict(frame.dtypes)))
    check("head", lambda: len(frame.head().to_pandas()) == 5)
    check("head shows the rows", lambda: set(frame.head(3).to_pandas()["carrier"]) <= {"A", "B", "C"})
    check("tail", lambda: len(frame.tail(4).to_pandas()) == 4)
    check("repr", lambda: "carrier" in repr(frame))
    check("info", lambda: frame.info() is None)
    check("count", lambda: frame.count().to_dict() == {column: 120 for column in FRAME.columns})
    check("describe", lambda: abs(frame.describe()["price"]["mean"] - 59.5) < 1e-9)
    check("mean, max, min, sum", lambda: frame["price"].mean() == 59.5 and frame["price"].max() == 119 and frame["price"].min() == 0
          and frame["price"].sum() == FRAME["price"].sum())
    check("std, var, median", lambda: abs(frame["price"].std() - FRAME["price"].std(ddof=0)) < 0.5 and abs(frame["price"].median() - 59.5) < 1)
    check("nunique", lambda: frame["carrier"].nunique() == 3)
    check("value_counts", lambda: frame["carrier"].value_counts().to_dict() == {"A": 60, "B": 40, "C": 20})
    check("unique", lambda: sorted(frame["carrier"].unique()) == ["A", "B", "C"])
    check("filter by a number", lambda: len(frame[frame.price > 100]) == 19)
    check("filter by a string", lambda: len(frame[frame.carrier == "C"]) == 20)
    check("filter by two", lambda: len(frame[(frame.carrier == "A") & (frame.cancelled == True)].to_pandas()) == len(  # noqa: E712
        FRAME[(FRAME.carrier == "A") & FRAME.cancelled]))
    check("filter by isin", lambda: len(frame[frame.carrier.isin(["A", "C"])]) == 80)
    check("filter negated", lambda: len(frame[~(frame.carrier == "A")]) == 60)
    check("es_query", lambda: len(frame.es_query({"range": {"price": {"lt": 10}}})) == 10)
    check("columns chosen", lambda: list(frame[["price", "carrier"]].head(2).to_pandas().columns) == ["price", "carrier"])
    check("sample", lambda: len(frame.sample(n=5, random_state=1).to_pandas()) == 5)
    check("aggregate", lambda: frame[["price", "delay"]].aggregate(["min", "max"])["price"]["max"] == 119)
    check("groupby", lambda: frame.groupby("carrier").mean(numeric_only=True)["price"]["A"] == FRAME[FRAME.carrier == "A"].price.mean())
    check("hist", lambda: frame[["price"]].hist is not None and len(eland.Series(client, "flights", "price")) == 120)
    check("arithmetic of a series (a script field)", lambda: (frame["price"] + 1).head(2).to_pandas().shape == (2,))
    check("quantile", lambda: abs(frame["price"].quantile(0.5) - 59.5) < 1)
    check("mode", lambda: frame["carrier"].mode().to_list() == ["A"])
    check("drop", lambda: "delay" not in frame.drop(columns=["delay"]).columns)
    check("iterrows", lambda: sum(1 for _ in frame.iterrows()) == 120)
    check("eland_to_pandas", lambda: sorted(eland.eland_to_pandas(frame)["price"]) == sorted(FRAME["price"]))
    check("to_csv", lambda: frame.to_csv().count("\n") == 121)


if __name__ == "__main__":
    run(__doc__, flow)
