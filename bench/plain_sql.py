"""The audit's totals as set-based SQL over the raw tables: the floor that the audit is held to."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from app import clock
from app.queries.settings import SiteSettings

# A chain of spells or pairings is known by its first link; `who` is the person after merging.
MET = """
CREATE TEMP TABLE met AS
SELECT coalesce(s.origin_id, s.id) AS chain, max(c.service_date) AS met_on
FROM attendances a CROSS JOIN contacts c ON c.id = a.contact_id
  CROSS JOIN mentorships s ON s.id = a.mentorship_id
WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL AND s.deleted_at IS NULL
  AND c.service_date <= :day
GROUP BY chain ORDER BY chain
"""

RESTS = """
CREATE TEMP TABLE rests AS
SELECT coalesce(m.origin_id, m.id) AS chain,
  max(min(p.ended_on, coalesce(m.ended_on, p.ended_on))) AS back_on,
  max(CASE WHEN min(p.ended_on, coalesce(m.ended_on, p.ended_on)) <= :day
    THEN min(p.ended_on, coalesce(m.ended_on, p.ended_on)) END) AS returned_on
FROM pauses p JOIN mentees m ON m.id = p.mentee_id
WHERE p.deleted_at IS NULL AND m.deleted_at IS NULL AND p.started_on <= :day
  AND (m.ended_on IS NULL OR p.started_on < m.ended_on)
GROUP BY chain
"""

MENTOR = """
CREATE TEMP TABLE mentor AS
SELECT m.id, m.ward_id, coalesce(w.merged_into_id, w.id) AS who,
  m.id IN (SELECT p.mentor_id FROM pauses p WHERE p.mentor_id IS NOT NULL
    AND p.deleted_at IS NULL AND p.started_on <= :day AND p.ended_on > :day) AS paused,
  coalesce((SELECT c.capacity FROM mentor_capacities c WHERE c.mentor_id = m.id
    AND c.deleted_at IS NULL AND c.effective_on <= :day
    ORDER BY c.effective_on DESC LIMIT 1), :default_capacity) AS capacity
FROM mentors m JOIN persons w ON w.id = m.person_id
WHERE m.deleted_at IS NULL AND m.started_on <= :day AND (m.ended_on IS NULL OR m.ended_on > :day)
"""

MENTEE = """
CREATE TEMP TABLE mentee AS
SELECT m.id, m.ward_id, coalesce(w.merged_into_id, w.id) AS who,
  coalesce(m.origin_id, m.id) AS chain, coalesce(first.started_on, m.started_on) AS clock_on,
  coalesce(r.back_on > :day, 0) AS paused, r.returned_on
FROM mentees m JOIN persons w ON w.id = m.person_id
  LEFT JOIN mentees first ON first.id = m.origin_id
  LEFT JOIN rests r ON r.chain = coalesce(m.origin_id, m.id)
WHERE m.deleted_at IS NULL AND m.started_on <= :day AND (m.ended_on IS NULL OR m.ended_on > :day)
"""

PAIR = """
CREATE TEMP TABLE pair AS
SELECT s.mentor_id, s.mentee_id, s.mentor_ward_id AS ward_id,
  coalesce(w.merged_into_id, w.id) AS who,
  coalesce(s.ended_on > :day, 1) AS running,
  coalesce(met.met_on, first.started_on, s.started_on) AS quiet_since,
  CASE WHEN coalesce(s.ended_on > :day, 1) THEN coalesce(met.met_on > :contact_after, 0)
    ELSE met.met_on IS NOT NULL END AS met
FROM mentorships s JOIN mentees m ON m.id = s.mentee_id JOIN persons w ON w.id = m.person_id
  LEFT JOIN mentorships first ON first.id = s.origin_id
  LEFT JOIN met ON met.chain = coalesce(s.origin_id, s.id)
WHERE s.deleted_at IS NULL AND s.started_on <= :day AND (s.ended_on IS NULL OR s.ended_on > :day
  OR (:counts_completed AND s.ended_on >= :new_year
    AND s.end_reason_id IN (SELECT id FROM end_reasons WHERE is_completion)))
"""

LOAD = """
CREATE TEMP TABLE load AS
SELECT m.id, m.ward_id, m.who, m.paused, m.capacity, coalesce(p.running, 0) AS running,
  coalesce(p.guided, 0) AS guided, coalesce(p.in_fact, 0) AS in_fact
FROM mentor m LEFT JOIN (
  SELECT mentor_id, sum(running) AS running, count(DISTINCT who) AS guided,
    count(DISTINCT CASE WHEN met THEN who END) AS in_fact
  FROM pair GROUP BY mentor_id) p ON p.mentor_id = m.id
"""

# Only who waits is looked into further: there are few of them.
WAITING = """
CREATE TEMP TABLE waiting AS
SELECT e.ward_id, e.who,
  max(e.clock_on, coalesce(e.returned_on, ''), coalesce((SELECT max(s.ended_on)
    FROM mentorships s JOIN mentees k ON k.id = s.mentee_id
    WHERE (k.id = e.chain OR k.origin_id = e.chain) AND s.deleted_at IS NULL
      AND k.deleted_at IS NULL AND s.ended_on <= :day), '')) AS since,
  (SELECT max(h.handed_on) FROM handoffs h JOIN mentees k ON k.id = h.mentee_id
    WHERE (k.id = e.chain OR k.origin_id = e.chain) AND h.deleted_at IS NULL
      AND k.deleted_at IS NULL AND h.handed_on <= :day) AS handed_on,
  (SELECT max(s.started_on) FROM mentorships s JOIN mentees k ON k.id = s.mentee_id
    WHERE (k.id = e.chain OR k.origin_id = e.chain) AND s.deleted_at IS NULL
      AND k.deleted_at IS NULL AND s.started_on <= :day) AS paired_on
FROM mentee e
WHERE NOT e.paused AND e.id NOT IN (SELECT mentee_id FROM pair WHERE running)
"""

QUIET = """
CREATE TEMP TABLE quiet AS
SELECT p.ward_id, count(*) AS pairs FROM pair p
WHERE p.running AND p.quiet_since <= :contact_after
  AND p.mentor_id NOT IN (SELECT id FROM mentor WHERE paused)
  AND p.mentee_id NOT IN (SELECT id FROM mentee WHERE paused)
GROUP BY p.ward_id
"""

DESK = """
CREATE TEMP TABLE desk AS
SELECT ward_id, max(service_date) FILTER (WHERE service_date <= :day) AS desk_on,
  count(*) FILTER (WHERE service_date BETWEEN :new_year AND :day) AS sessions,
  count(*) FILTER (WHERE is_first_this_year AND service_date BETWEEN :new_year AND :day) AS people,
  min(service_date) AS first_on,
  max(entered_at) FILTER (WHERE entered_at < :midnight) AS entered_at
FROM help_sessions WHERE deleted_at IS NULL GROUP BY ward_id
"""

ENTERED = "max(x.entered_at) FILTER (WHERE x.entered_at < :midnight)"
LIFE = f"""
CREATE TEMP TABLE life AS
SELECT ward_id, min(first_on) AS first_on, max(entered_at) AS entered_at, max(desk_on) AS desk_on
FROM (
  SELECT ward_id, first_on, entered_at, desk_on FROM desk
  UNION ALL SELECT ward_id, min(started_on), {ENTERED}, NULL FROM mentors x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT ward_id, min(started_on), {ENTERED}, NULL FROM mentees x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT ward_id, min(started_on), {ENTERED}, NULL FROM support_posts x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT ward_id, min(service_date), {ENTERED}, NULL FROM contacts x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT ward_id, min(service_date), {ENTERED},
    max(CASE WHEN is_performed AND service_date <= :day THEN service_date END) FROM duty_turns x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT mentor_ward_id, NULL, {ENTERED}, NULL FROM mentorships x
    WHERE deleted_at IS NULL GROUP BY mentor_ward_id
  UNION ALL SELECT ward_id, NULL, {ENTERED}, NULL FROM handoffs x
    WHERE deleted_at IS NULL GROUP BY ward_id
  UNION ALL SELECT s.ward_id, NULL, {ENTERED}, NULL FROM pauses x
    JOIN mentors s ON s.id = x.mentor_id
    WHERE x.deleted_at IS NULL AND s.deleted_at IS NULL GROUP BY s.ward_id
  UNION ALL SELECT s.ward_id, NULL, {ENTERED}, NULL FROM pauses x
    JOIN mentees s ON s.id = x.mentee_id
    WHERE x.deleted_at IS NULL AND s.deleted_at IS NULL GROUP BY s.ward_id
  UNION ALL SELECT s.ward_id, NULL, {ENTERED}, NULL FROM pauses x
    JOIN support_posts s ON s.id = x.support_post_id
    WHERE x.deleted_at IS NULL AND s.deleted_at IS NULL GROUP BY s.ward_id)
GROUP BY ward_id
"""  # noqa: S608  # put together from constants

POSTS = """
CREATE TEMP TABLE posts AS
SELECT ward_id, count(*) AS posts FROM support_posts
WHERE deleted_at IS NULL AND started_on <= :day AND (ended_on IS NULL OR ended_on > :day)
  AND id NOT IN (SELECT support_post_id FROM pauses WHERE support_post_id IS NOT NULL
    AND deleted_at IS NULL AND started_on <= :day AND ended_on > :day)
GROUP BY ward_id
"""

# A ward is critical without support or mentor, else a warning when any other rule is broken.
STATES = """
CREATE TEMP TABLE states AS
SELECT w.id, coalesce(l.first_on <= :day, 0) AS has_data,
  coalesce(p.posts, 0) > 0 AS has_support,
  coalesce(l.desk_on > :desk_after, 0) AS is_served,
  coalesce(m.working, 0) = 0 AS lacks_mentor,
  coalesce(m.is_weak, 0) OR coalesce(g.people, 0) > coalesce(m.spare, 0)
    OR coalesce(g.is_late, 0) OR coalesce(q.pairs, 0) > 0
    OR coalesce(l.entered_at < :silent_before, 1) AS is_flawed
FROM wards w LEFT JOIN life l ON l.ward_id = w.id LEFT JOIN posts p ON p.ward_id = w.id
  LEFT JOIN quiet q ON q.ward_id = w.id
  LEFT JOIN (SELECT ward_id, count(*) AS people,
      max((handed_on < :waiting_before AND (paired_on IS NULL OR paired_on < handed_on))
        OR since < :waiting_before) AS is_late
    FROM waiting GROUP BY ward_id) g ON g.ward_id = w.id
  LEFT JOIN (SELECT ward_id, sum(NOT paused) AS working,
      sum(CASE WHEN paused THEN 0 ELSE max(0, capacity - running) END) AS spare,
      max(NOT paused AND (in_fact < :floor OR running > capacity)) AS is_weak
    FROM load GROUP BY ward_id) m ON m.ward_id = w.id
WHERE w.valid_to IS NULL OR w.valid_to > :day
"""

WARD_TOTALS = """
SELECT count(*) AS wards,
  sum(has_data AND has_support AND NOT lacks_mentor AND is_served AND NOT is_flawed)
    AS wards_covered,
  sum(has_data AND (NOT has_support OR lacks_mentor)) AS wards_critical,
  sum(has_data AND has_support AND NOT lacks_mentor AND (NOT is_served OR is_flawed))
    AS wards_warning,
  sum(NOT has_data) AS wards_no_data,
  sum(has_support) AS wards_with_support,
  sum(has_support AND is_served) AS wards_with_support_in_fact
FROM states
"""
MENTOR_TOTALS = """
SELECT count(DISTINCT CASE WHEN NOT paused THEN who END) AS mentors,
  count(DISTINCT CASE WHEN paused THEN who END) AS mentors_paused,
  count(DISTINCT CASE WHEN NOT paused AND guided >= :floor THEN who END)
    AS mentors_meeting_floor,
  count(DISTINCT CASE WHEN NOT paused AND in_fact >= :floor THEN who END)
    AS mentors_meeting_floor_in_fact
FROM load
"""
MENTEE_TOTALS = """
SELECT (SELECT count(DISTINCT who) FROM mentee) AS mentees,
  (SELECT count(DISTINCT who) FROM waiting) AS mentees_waiting,
  (SELECT count(*) FROM pair WHERE running) AS mentorships_open,
  (SELECT coalesce(sum(pairs), 0) FROM quiet) AS mentorships_dormant
"""
DESK_TOTALS = (
    "SELECT coalesce(sum(sessions), 0) AS sessions, sum(people) AS people_helped FROM desk"
)

STEPS = (MET, RESTS, MENTOR, MENTEE, PAIR, LOAD, WAITING, QUIET, DESK, LIFE, POSTS, STATES)
TOTALS = (WARD_TOTALS, MENTOR_TOTALS, MENTEE_TOTALS, DESK_TOTALS)


def plain_totals(
    connection: sqlite3.Connection, day: date, settings: SiteSettings
) -> dict[str, int]:
    """Return the audit's totals as of a day by the names of `graphs.measures.Totals`.

    `connection` is a raw one in autocommit; what is put together on the way is gone afterwards.
    """
    values = parameters(day, settings)
    totals: dict[str, int] = {}
    with snapshot(connection):
        for statement in STEPS:
            connection.execute(statement, values)
        for statement in TOTALS:
            totals |= _only_row(connection.execute(statement, values))
    return totals


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the database; temporary tables live in memory until the end of it."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def parameters(day: date, settings: SiteSettings) -> Mapping[str, str | int]:
    """Return the values of the statements: days and instants as SQLite stores them."""

    def ago(days: int) -> str:
        return (day - timedelta(days)).isoformat()

    return {
        "day": day.isoformat(),
        "new_year": date(day.year, 1, 1).isoformat(),
        "midnight": _stored_midnight(day + timedelta(days=1)),
        "silent_before": _stored_midnight(day - timedelta(settings.silent_days - 1)),
        "contact_after": ago(settings.contact_days),
        "desk_after": ago(settings.desk_days),
        "waiting_before": ago(settings.waiting_days),
        "floor": settings.floor,
        "default_capacity": settings.default_capacity,
        "counts_completed": settings.floor_counts == "completed",
    }


def _stored_midnight(day: date) -> str:
    """Return the instant at which a day begins in Gia Lai, as SQLite stores it."""
    local = datetime.combine(day, datetime.min.time(), clock.LOCAL_ZONE)
    return local.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _only_row(cursor: sqlite3.Cursor) -> dict[str, int]:
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))
