"""The names of people by the beginnings of their words, kept by SQLite itself.

PostgreSQL searches the column. SQLite has a full-text index without texts of its own over
`persons.search_text`, which triggers keep, whoever writes. A batch change of the table silently
drops them; so `migrations/env.py` makes them anew after every migration, and then the index, too.
"""

from collections.abc import Mapping
from typing import Any

NAME_INDEX = "person_names"
# The words that the index knows, in order: a view of it that keeps nothing of its own.
NAME_WORDS = "person_names_words"
# Beginnings so long, and shorter ones, have an index of their own.
INDEXED_BEGINNING = 3
FILL_INDEX = "INSERT INTO person_names (person_names) VALUES ('rebuild')"
# Fails where the index and the names differ; writes nothing.
COMPARE_INDEX = "INSERT INTO person_names (person_names, rank) VALUES ('integrity-check', 1)"
NAME_TRIGGERS = {
    "person_names_insert": """
        AFTER INSERT ON persons BEGIN
            INSERT INTO person_names (rowid, search_text) VALUES (NEW.id, NEW.search_text);
        END""",
    "person_names_update": """
        AFTER UPDATE ON persons WHEN OLD.id <> NEW.id OR OLD.search_text <> NEW.search_text BEGIN
            INSERT INTO person_names (person_names, rowid, search_text)
                VALUES ('delete', OLD.id, OLD.search_text);
            INSERT INTO person_names (rowid, search_text) VALUES (NEW.id, NEW.search_text);
        END""",
    "person_names_delete": """
        AFTER DELETE ON persons BEGIN
            INSERT INTO person_names (person_names, rowid, search_text)
                VALUES ('delete', OLD.id, OLD.search_text);
        END""",
}


def is_of_models(name: str | None, kind: str, parents: Mapping[Any, str | None]) -> bool:
    """Say whether a thing that a database has is one that the models describe.

    For comparing the two (`include_name` of Alembic): the index keeps its data in tables.
    """
    table = name if kind == "table" else parents.get("table_name")
    return table is None or not table.startswith(NAME_INDEX)
