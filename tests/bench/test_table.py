from bench.measuring import Bounds, Measured, as_json
from bench.table import markdown_table


def test_a_run_becomes_a_table_in_its_own_order():
    lines = [
        as_json(
            "audit_vs_sql",
            "S2",
            Bounds(1.8, 0.4),
            Measured(of="plain SQL", ratio=0.25, rounds=5, median_ms=123.456, baseline_ms=500),
        ),
        "",
        as_json(
            "page_map",
            "S2",
            Bounds(3.5, 2.2),
            Measured(of="less", ratio=9.5, rounds=5, part="_warm", is_judged=False),
        ),
        as_json("page_map", "S2", Bounds(3.5, 2.2), Measured(of="a | b", ratio=None, rounds=0)),
    ]

    table = markdown_table(lines).splitlines()

    assert table[0].startswith("| Bench | Scale | Against | Ratio | Must | Goal | Holds |")
    assert table[2:] == [
        "| audit_vs_sql | S2 | plain SQL | 0.25 | 1.8 | 0.4 | yes | 123 | 500 | – | 5 |",
        "| page_map_warm | S2 | less | 9.5 | – | – | – | – | – | – | 5 |",
        "| page_map | S2 | a \\| b | – | 3.5 | 2.2 | **no** | – | – | – | 0 |",
    ]
    assert {line.replace("\\|", "").count("|") for line in table} == {12}
