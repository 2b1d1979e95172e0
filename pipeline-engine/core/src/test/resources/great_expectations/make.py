"""Makes the CSV, the suites and the outcomes of this folder with Great Expectations itself.

usage: python3 make.py [FOLDER]    with great_expectations, pandas and sqlalchemy to import
"""

import json
import random
import sqlite3
import sys
import warnings
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from sqlalchemy.dialects import mssql, mysql, postgresql  # noqa: F401  GX does not import what it asks for

warnings.filterwarnings("ignore")

FORMATS = ["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]
PARAMETERS = {"rows": 60, "warmest": 95.5, "kinds": ["press", "lathe", "mill"]}


def readings():
    """Sixty readings of three machines, with the faults that a plant has."""
    chance = random.Random(20260301)
    rows = []
    for i in range(60):
        kind = ["press", "lathe", "mill"][i % 3]
        low = 10 + (i * 7) % 23
        temperature = round(chance.gauss(70, 8), 3)
        rows.append(
            {
                "id": i + 1,
                "kind": kind if i % 17 else None,
                "machine": f"{kind}-{i % 5 + 1:02d}" if i != 41 else "Waage 4",
                "temperature": {7: None, 23: None, 31: 411.25, 44: -40.0}.get(i, temperature),
                "low": low,
                "high": low + 5 if i not in (12, 40) else low - 1,
                "a": i % 4,
                "b": (i * 3) % 5,
                "c": 10 - i % 4 - (i * 3) % 5 if i not in (3, 50) else 99,
                "rising": i + (0 if i < 30 else -1),
                "wavy": i if i % 10 else i - 5,
                "falling": 100 - i,
                "state": "ok" if i % 9 else ("warn" if i % 2 else "fail"),
                "shift": "early" if i < 33 else "late",
                "note": json.dumps({"n": i, "by": "anna"}) if i % 20 else ("{broken" if i else '{"n": "x"}'),
                "day": f"2026-03-{i % 28 + 1:02d}" if i != 9 else "2026-02-30",
                "seen": f"{i % 28 + 1} Mar 2026 10:{i:02d}" if i != 18 else "some time",
                "serial": f"S{i // 2 * 2:05d}" if 20 <= i < 24 else f"S{i:05d}",
                "running": i % 6 != 0,
                "empty": None,
            }
        )
    return rows


def on_pandas():
    """Expectations that pandas can judge, met and not met, with each option at least once."""
    ageing = {"notes": "the sensor of press-01 ages", "owner": "maintenance"}
    return [
        gxe.ExpectTableRowCountToBeBetween(min_value=50, max_value={"$PARAMETER": "rows"}),
        gxe.ExpectTableRowCountToEqual(value=61),
        gxe.ExpectTableColumnCountToBeBetween(min_value=5, max_value=25),
        gxe.ExpectTableColumnCountToEqual(value=20),
        gxe.ExpectTableColumnsToMatchSet(column_set=["id", "kind", "gone"], exact_match=False),
        gxe.ExpectTableColumnsToMatchSet(column_set=["id", "kind", "gone"], exact_match=True),
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=list(readings()[0])),
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=["kind", "id"]),
        gxe.ExpectColumnToExist(column="temperature", column_index=3),
        gxe.ExpectColumnToExist(column="gone"),
        gxe.ExpectColumnValuesToNotBeNull(column="temperature", mostly=0.95),
        gxe.ExpectColumnValuesToNotBeNull(column="kind", mostly=0.95, meta=ageing),
        gxe.ExpectColumnValuesToBeNull(column="empty"),
        gxe.ExpectColumnValuesToBeNull(column="kind", mostly=0.1),
        gxe.ExpectColumnValuesToBeOfType(column="id", type_="int64"),
        gxe.ExpectColumnValuesToBeOfType(column="temperature", type_="int"),
        gxe.ExpectColumnValuesToBeInTypeList(column="temperature", type_list=["float64", "FLOAT"]),
        gxe.ExpectColumnValuesToBeInTypeList(column="running", type_list=["int64"]),
        gxe.ExpectColumnValuesToBeInSet(column="kind", value_set={"$PARAMETER": "kinds"}),
        gxe.ExpectColumnValuesToBeInSet(column="state", value_set=["ok", "warn"], mostly=0.9),
        gxe.ExpectColumnValuesToBeInSet(
            column="state",
            value_set=["ok"],
            row_condition='kind == "press" and low > 15',
            condition_parser="pandas",
        ),
        gxe.ExpectColumnValuesToNotBeInSet(column="a", value_set=[2, 7]),
        gxe.ExpectColumnValuesToBeBetween(
            column="temperature", min_value=20, max_value={"$PARAMETER": "warmest"}, mostly=0.9
        ),
        gxe.ExpectColumnValuesToBeBetween(column="low", min_value=10, max_value=30, strict_min=True),
        gxe.ExpectColumnValuesToBeBetween(
            column="temperature",
            min_value=50,
            row_condition="shift == 'late'",
            condition_parser="pandas",
        ),
        gxe.ExpectColumnValuesToBeUnique(column="id"),
        gxe.ExpectColumnValuesToBeUnique(column="serial", mostly=0.9),
        gxe.ExpectColumnValuesToBeUnique(column="serial"),
        gxe.ExpectColumnValuesToBeIncreasing(column="rising"),
        gxe.ExpectColumnValuesToBeIncreasing(column="rising", strictly=True),
        gxe.ExpectColumnValuesToBeIncreasing(column="wavy", mostly=0.8),
        gxe.ExpectColumnValuesToBeDecreasing(column="falling", strictly=True),
        gxe.ExpectColumnValuesToBeDecreasing(column="wavy"),
        gxe.ExpectColumnValueLengthsToBeBetween(column="machine", min_value=7, max_value=8),
        gxe.ExpectColumnValueLengthsToBeBetween(column="kind", min_value=4, max_value=4, mostly=0.3),
        gxe.ExpectColumnValueLengthsToEqual(column="serial", value=6),
        gxe.ExpectColumnValueLengthsToEqual(column="state", value=2, mostly=0.5),
        gxe.ExpectColumnValuesToMatchRegex(column="machine", regex=r"^[a-z]+-\d{2}$"),
        gxe.ExpectColumnValuesToMatchRegex(column="machine", regex=r"^[a-z]+-\d{2}$", mostly=0.9),
        gxe.ExpectColumnValuesToNotMatchRegex(column="kind", regex="^m"),
        gxe.ExpectColumnValuesToMatchRegexList(
            column="machine", regex_list=["^press", "^lathe"], match_on="any"
        ),
        gxe.ExpectColumnValuesToMatchRegexList(
            column="machine", regex_list=["-", "[0-9]$"], match_on="all"
        ),
        gxe.ExpectColumnValuesToNotMatchRegexList(column="machine", regex_list=["^x", " "]),
        gxe.ExpectColumnValuesToMatchStrftimeFormat(column="day", strftime_format="%Y-%m-%d"),
        gxe.ExpectColumnValuesToBeDateutilParseable(column="seen"),
        gxe.ExpectColumnValuesToBeJsonParseable(column="note"),
        gxe.ExpectColumnValuesToMatchJsonSchema(
            column="note",
            json_schema={"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["by"]},
            row_condition="id not in [21, 41]",
            condition_parser="pandas",
        ),
        gxe.ExpectColumnValueZScoresToBeLessThan(column="temperature", threshold=3, double_sided=True),
        gxe.ExpectColumnValueZScoresToBeLessThan(column="low", threshold=1.2, double_sided=False),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="state", value_set=["ok", "warn", "fail", "off"]),
        gxe.ExpectColumnDistinctValuesToContainSet(column="kind", value_set=["press", "saw"]),
        gxe.ExpectColumnDistinctValuesToEqualSet(column="a", value_set=[0, 1, 2, 3]),
        gxe.ExpectColumnUniqueValueCountToBeBetween(column="machine", min_value=10, max_value=20),
        gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(column="serial", min_value=0.99),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="state", value_set=["ok"]),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="kind", value_set=["lathe"], ties_okay=True),
        gxe.ExpectColumnMaxToBeBetween(column="temperature", max_value=120),
        gxe.ExpectColumnMinToBeBetween(column="low", min_value=10, max_value=10),
        gxe.ExpectColumnMeanToBeBetween(column="temperature", min_value=60, max_value=90),
        gxe.ExpectColumnMedianToBeBetween(column="temperature", min_value=60, max_value=80),
        gxe.ExpectColumnStdevToBeBetween(column="low", min_value=1, max_value=5),
        gxe.ExpectColumnSumToBeBetween(
            column="low", min_value=1, row_condition="kind.notnull()", condition_parser="pandas"
        ),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="temperature",
            quantile_ranges={"quantiles": [0.05, 0.5, 0.95], "value_ranges": [[50, 70], [60, 80], [None, 80]]},
        ),
        gxe.ExpectColumnKLDivergenceToBeLessThan(
            column="state",
            partition_object={"values": ["ok", "warn", "fail"], "weights": [0.8, 0.1, 0.1]},
            threshold=0.1,
        ),
        gxe.ExpectColumnKLDivergenceToBeLessThan(
            column="low",
            partition_object={"bins": [0, 15, 25, 35], "weights": [0.3, 0.4, 0.3]},
            threshold=0.001,
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="high", column_B="low"),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="low", column_B="temperature", or_equal=True, ignore_row_if="either_value_is_missing"
        ),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="a", column_B="b", mostly=0.2),
        gxe.ExpectColumnPairValuesToBeEqual(
            column_A="kind", column_B="empty", ignore_row_if="both_values_are_missing"
        ),
        gxe.ExpectColumnPairValuesToBeInSet(
            column_A="state",
            column_B="shift",
            value_pairs_set=[["ok", "early"], ["ok", "late"], ["warn", "late"]],
            mostly=0.5,
        ),
        gxe.ExpectMulticolumnSumToEqual(column_list=["a", "b", "c"], sum_total=10),
        gxe.ExpectMulticolumnSumToEqual(
            column_list=["a", "b", "c"], sum_total=10, row_condition="a > 0", condition_parser="pandas"
        ),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["serial", "kind"]),
        gxe.ExpectCompoundColumnsToBeUnique(
            column_list=["machine", "state"], ignore_row_if="any_value_is_missing"
        ),
        gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(column_list=["a", "b", "c"]),
        gxe.ExpectSelectColumnValuesToBeUniqueWithinRecord(
            column_list=["a", "low", "high"], ignore_row_if="all_values_are_missing"
        ),
    ]


def on_sql():
    """Expectations that only databases can judge, and Great Expectations' own row conditions."""
    own = {"condition_parser": "great_expectations"}
    return [
        gxe.ExpectColumnValuesToMatchLikePattern(column="machine", like_pattern="%-0_"),
        gxe.ExpectColumnValuesToNotMatchLikePattern(column="machine", like_pattern="mill%"),
        gxe.ExpectColumnValuesToMatchLikePatternList(
            column="machine", like_pattern_list=["press%", "lathe%"], match_on="any"
        ),
        gxe.ExpectColumnValuesToNotMatchLikePatternList(
            column="machine", like_pattern_list=["%1", "%2"], mostly=0.5
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="state", value_set=["ok"], row_condition='col("kind") == "press"', **own
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="temperature", max_value=80, row_condition='col("kind").notNull()', **own
        ),
        gxe.ExpectColumnMaxToBeBetween(
            column="low", max_value=25, row_condition='col("a") >= 2', **own
        ),
        gxe.ExpectTableRowCountToBeBetween(min_value=70),
        gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="twin"),
        gxe.UnexpectedRowsExpectation(
            unexpected_rows_query="SELECT id, low, high FROM {batch} WHERE high < low"
        ),
        gxe.UnexpectedRowsExpectation(unexpected_rows_query="SELECT id FROM {batch} WHERE low > 1000"),
    ]


def written(folder, name, text):
    (folder / name).write_text(json.dumps(text, indent=1, sort_keys=True) + "\n")


def outcome(batch, suite, form):
    result = batch.validate(suite, result_format=form, expectation_parameters=PARAMETERS)
    told = result.to_json_dict()
    # What changes with every run is left out, so that making it again changes nothing.
    told["id"] = None
    told["meta"] = {"great_expectations_version": gx.__version__}
    for one in told["results"]:
        for mishap in [one["exception_info"], *one["exception_info"].values()]:
            if isinstance(mishap, dict) and mishap.get("exception_traceback"):
                mishap["exception_traceback"] = "left out"
    return told


def main(folder):
    csv = folder / "readings.csv"
    pd.DataFrame(readings()).to_csv(csv, index=False)
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_pandas("files")
    batch = source.add_csv_asset("readings", filepath_or_buffer=csv).add_batch_definition("all").get_batch()
    suite = context.suites.add(
        gx.ExpectationSuite(
            name="readings",
            expectations=on_pandas(),
            suite_parameters=PARAMETERS,
            meta={"owner": "maintenance"},
        )
    )
    written(folder, "suite.json", suite.to_json_dict())
    for form in FORMATS:
        written(folder, f"outcome-{form}.json", outcome(batch, suite, form))
    indexed = {"result_format": "COMPLETE", "unexpected_index_column_names": ["id"]}
    written(folder, "outcome-indexed.json", outcome(batch, suite, indexed))

    database = folder / "readings.db"
    with sqlite3.connect(database) as connection:
        for table in ("readings", "twin"):
            pd.read_csv(csv).to_sql(table, connection, index=False, if_exists="replace")
    tables = context.data_sources.add_sqlite("tables", connection_string=f"sqlite:///{database}")
    batch = tables.add_table_asset("readings", table_name="readings").add_batch_definition("all").get_batch()
    suite = context.suites.add(
        gx.ExpectationSuite(name="readings of a database", expectations=on_sql())
    )
    written(folder, "suite-sql.json", suite.to_json_dict())
    written(folder, "outcome-sql.json", outcome(batch, suite, indexed))
    database.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
