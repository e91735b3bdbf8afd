"""Comparing says every difference that matters and none that doesn't."""

from __future__ import annotations

import copy
from typing import Any

from samples.generate import all_samples
from samples.golden import golden
from tests.compare import differences, finding_differences

Record = dict[str, Any]


def pair() -> tuple[Record, Record]:
    expected = golden(all_samples()[0])
    record = copy.deepcopy(expected)
    record["submission_id"], record["sources"] = 1, []
    return expected, record


def test_a_record_equals_its_golden() -> None:
    for made in all_samples():
        assert differences(golden(made), golden(made)) == []


def test_how_a_number_or_a_label_is_written_makes_no_difference() -> None:
    expected, record = pair()
    record["staffing"]["on_duty"] += ".00"
    record["goals"]["expected"] = " ".join(record["goals"]["expected"])
    record["expenses"][2]["label"] = "公车购置"
    record["construction"].append(dict.fromkeys(record["construction"][0]))
    del expected["narrative"]["state_capital"]
    record["narrative"]["state_capital"] = {"value": None, "text": "无"}
    del record["narrative"]["basic_expenditure#2"]
    assert differences(expected, record) == []


def test_every_kind_of_slip_is_told() -> None:
    expected, record = pair()
    record["department"] = "他局"
    record["staffing"]["control_rate"] = None
    record["expenses"][0]["final"] = "1"
    record["funding"]["by_source"]["government_fund"] = None
    record["indicators"].pop()
    record["narrative"]["wages"]["value"] = "1"
    del record["narrative"]["grade"]
    del record["thrift_measures"]
    told = differences(expected, record)
    places = ["department", "staffing.control_rate", "expenses.0", "funding.by_source.government_fund"]
    places += ["indicators", "narrative.wages", "narrative.grade", "thrift_measures"]
    assert len(told) == len(places)
    assert all(any(line.startswith(place) for line in told) for place in places)


def test_a_figure_the_narrative_never_states_is_told() -> None:
    expected, record = pair()
    del expected["narrative"]["wages"]
    assert differences(expected, record) == [
        f"narrative.wages: {record['narrative']['wages']['value']!r} found, which the narrative never says"
    ]


def test_a_lost_and_a_false_finding_are_told_and_rounding_is_not() -> None:
    expected = {
        "expected_findings": [["grade.band", "broken"], ["indicator.overshot", "suspect"]],
        "allowed_findings": ["identity.units"],
    }
    given = [("indicator.overshot", "broken"), ("identity.units", "suspect"), ("funding.score", "rounding")]
    given += [("staffing.narrative", "broken")]
    record = {"findings": [{"rule": rule, "verdict": verdict} for rule, verdict in given]}
    assert finding_differences(expected, record) == [
        "findings: grade.band was not reported",
        "findings: staffing.narrative accuses falsely",
    ]
