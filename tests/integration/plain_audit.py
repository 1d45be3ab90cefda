"""The audit once more, as plain SQL text over the tables; it shares no code with the program."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from models import db

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

# The chain of a spell or pairing is known by its first link; `who` is the person after merging.
COMMON = """
WITH who AS (SELECT id, coalesce(merged_into_id, id) AS who FROM persons),
mentor AS (
  SELECT m.id, m.ward_id, w.who,
    CASE WHEN EXISTS (SELECT 1 FROM pauses p WHERE p.mentor_id = m.id AND p.deleted_at IS NULL
      AND p.started_on <= :d AND p.ended_on > :d) THEN 1 ELSE 0 END AS paused,
    coalesce((SELECT c.capacity FROM mentor_capacities c WHERE c.mentor_id = m.id
      AND c.deleted_at IS NULL AND c.effective_on <= :d
      ORDER BY c.effective_on DESC LIMIT 1), :default_capacity) AS capacity
  FROM mentors m JOIN who w ON w.id = m.person_id
  WHERE m.deleted_at IS NULL AND m.started_on <= :d AND (m.ended_on IS NULL OR m.ended_on > :d)),
mentee AS (
  SELECT m.id, m.ward_id, w.who, coalesce(m.origin_id, m.id) AS chain
  FROM mentees m JOIN who w ON w.id = m.person_id
  WHERE m.deleted_at IS NULL AND m.started_on <= :d AND (m.ended_on IS NULL OR m.ended_on > :d)),
rest AS (
  SELECT coalesce(m.origin_id, m.id) AS chain, p.started_on,
    CASE WHEN m.ended_on < p.ended_on THEN m.ended_on ELSE p.ended_on END AS back_on
  FROM pauses p JOIN mentees m ON m.id = p.mentee_id
  WHERE p.deleted_at IS NULL AND m.deleted_at IS NULL AND p.started_on <= :d
    AND (m.ended_on IS NULL OR p.started_on < m.ended_on)),
met AS (
  SELECT coalesce(s.origin_id, s.id) AS chain, max(c.service_date) AS met_on
  FROM attendances a JOIN contacts c ON c.id = a.contact_id JOIN mentorships s
    ON s.id = a.mentorship_id
  WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL AND s.deleted_at IS NULL
    AND c.service_date <= :d GROUP BY 1),
pair AS (
  SELECT s.id, s.mentor_id, s.mentee_id, w.who, first.started_on AS clock_on, met.met_on,
    CASE WHEN s.ended_on IS NULL OR s.ended_on > :d THEN 1 ELSE 0 END AS running,
    CASE WHEN r.is_completion AND s.ended_on <= :d AND s.ended_on >= :new_year
      AND :counts_completed = 1 THEN 1 ELSE 0 END AS completed
  FROM mentorships s JOIN mentees m ON m.id = s.mentee_id JOIN who w ON w.id = m.person_id
    JOIN mentorships first ON first.id = coalesce(s.origin_id, s.id)
    LEFT JOIN end_reasons r ON r.id = s.end_reason_id
    LEFT JOIN met ON met.chain = coalesce(s.origin_id, s.id)
  WHERE s.deleted_at IS NULL AND s.started_on <= :d)
"""

MENTORS = """
SELECT m.id, m.ward_id, m.who, m.paused, m.capacity,
  (SELECT count(*) FROM pair p WHERE p.mentor_id = m.id AND p.running = 1),
  (SELECT count(DISTINCT p.who) FROM pair p WHERE p.mentor_id = m.id
    AND (p.running = 1 OR p.completed = 1)),
  (SELECT count(DISTINCT p.who) FROM pair p WHERE p.mentor_id = m.id
    AND ((p.running = 1 AND p.met_on > :contact_after)
      OR (p.completed = 1 AND p.met_on IS NOT NULL)))
FROM mentor m
"""

MENTEES = """
SELECT m.id, m.ward_id, m.who,
  (SELECT count(*) FROM pair p WHERE p.mentee_id = m.id AND p.running = 1),
  (SELECT count(*) FROM rest r WHERE r.chain = m.chain AND r.back_on > :d),
  (SELECT f.started_on FROM mentees f WHERE f.id = m.chain),
  (SELECT max(s.ended_on) FROM mentorships s JOIN mentees k ON k.id = s.mentee_id
    WHERE coalesce(k.origin_id, k.id) = m.chain AND s.deleted_at IS NULL AND s.ended_on <= :d),
  (SELECT max(r.back_on) FROM rest r WHERE r.chain = m.chain AND r.back_on <= :d),
  (SELECT max(h.handed_on) FROM handoffs h JOIN mentees k ON k.id = h.mentee_id
    WHERE coalesce(k.origin_id, k.id) = m.chain AND h.deleted_at IS NULL AND h.handed_on <= :d),
  (SELECT max(s.started_on) FROM mentorships s JOIN mentees k ON k.id = s.mentee_id
    WHERE coalesce(k.origin_id, k.id) = m.chain AND s.deleted_at IS NULL AND s.started_on <= :d)
FROM mentee m
"""

OPEN_PAIRS = """
SELECT p.id, m.ward_id, p.clock_on, p.met_on, m.paused,
  (SELECT count(*) FROM mentee e JOIN rest r ON r.chain = e.chain
    WHERE e.id = p.mentee_id AND r.back_on > :d)
FROM pair p JOIN mentor m ON m.id = p.mentor_id WHERE p.running = 1
"""

WARDS = """
SELECT w.id, w.code,
  (SELECT count(*) FROM support_posts s WHERE s.ward_id = w.id AND s.deleted_at IS NULL
    AND s.started_on <= :d AND (s.ended_on IS NULL OR s.ended_on > :d)
    AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.support_post_id = s.id
      AND p.deleted_at IS NULL AND p.started_on <= :d AND p.ended_on > :d)),
  (SELECT max(day) FROM (
    SELECT service_date AS day FROM help_sessions h
      WHERE h.ward_id = w.id AND h.deleted_at IS NULL AND h.service_date <= :d
    UNION ALL SELECT service_date FROM duty_turns t WHERE t.ward_id = w.id
      AND t.deleted_at IS NULL AND t.is_performed AND t.service_date <= :d) AS desk),
  (SELECT count(*) FROM help_sessions h WHERE h.ward_id = w.id AND h.deleted_at IS NULL
    AND h.service_date BETWEEN :new_year AND :d),
  (SELECT count(*) FROM help_sessions h WHERE h.ward_id = w.id AND h.deleted_at IS NULL
    AND h.is_first_this_year AND h.service_date BETWEEN :new_year AND :d),
  (SELECT count(*) FROM (
    SELECT 1 FROM mentors x WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.started_on <= :d
    UNION ALL SELECT 1 FROM mentees x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.started_on <= :d
    UNION ALL SELECT 1 FROM support_posts x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.started_on <= :d
    UNION ALL SELECT 1 FROM contacts x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.service_date <= :d
    UNION ALL SELECT 1 FROM help_sessions x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.service_date <= :d
    UNION ALL SELECT 1 FROM duty_turns x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND x.service_date <= :d) AS life),
  (SELECT max(at) FROM (
    SELECT entered_at AS at FROM mentors x WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM mentees x WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM support_posts x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM mentorships x
      WHERE x.mentor_ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM contacts x WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM help_sessions x
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM duty_turns x WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT entered_at FROM handoffs x WHERE x.ward_id = w.id AND x.deleted_at IS NULL
    UNION ALL SELECT p.entered_at FROM pauses p JOIN mentors x ON x.id = p.mentor_id
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND p.deleted_at IS NULL
    UNION ALL SELECT p.entered_at FROM pauses p JOIN mentees x ON x.id = p.mentee_id
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND p.deleted_at IS NULL
    UNION ALL SELECT p.entered_at FROM pauses p JOIN support_posts x ON x.id = p.support_post_id
      WHERE x.ward_id = w.id AND x.deleted_at IS NULL AND p.deleted_at IS NULL) AS entries
   WHERE at < :midnight)
FROM wards w
"""

HOMES = """
, home AS (
  SELECT w.who, s.ward_id FROM support_posts s JOIN who w ON w.id = s.person_id
    WHERE s.deleted_at IS NULL AND s.started_on <= :d AND (s.ended_on IS NULL OR s.ended_on > :d)
  UNION SELECT m.who, m.ward_id FROM mentor m UNION SELECT m.who, m.ward_id FROM mentee m)
"""

ALIKE = """
SELECT one.who, other.who, other.ward_id
FROM home one JOIN home other ON one.who < other.who
  JOIN persons p ON p.id = one.who JOIN persons q ON q.id = other.who
WHERE p.search_text = q.search_text AND (p.phone = q.phone OR (one.ward_id = other.ward_id
  AND p.birth_year = q.birth_year AND (p.phone IS NULL OR q.phone IS NULL)))
  AND NOT EXISTS (SELECT 1 FROM distinct_people a WHERE a.deleted_at IS NULL
    AND a.person_id = p.id AND a.other_id = q.id)
"""

ENTRIES = """
SELECT h.ward_id, h.entered_by_id, h.procedure_id, h.result, h.entered_at, h.id
FROM help_sessions h WHERE h.deleted_at IS NULL AND h.entered_by_id IS NOT NULL
  AND h.entered_at < :midnight AND NOT EXISTS (SELECT 1 FROM confirmed_sessions c
    WHERE c.help_session_id = h.id AND c.deleted_at IS NULL)
ORDER BY h.entered_at, h.id
"""

SINGLE_POSTS = """
SELECT s.ward_id, min(s.id) FROM support_posts s WHERE s.deleted_at IS NULL
  AND s.started_on <= :d AND (s.ended_on IS NULL OR s.ended_on > :d)
  AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.support_post_id = s.id
    AND p.deleted_at IS NULL AND p.started_on <= :d AND p.ended_on > :d)
GROUP BY s.ward_id HAVING count(*) = 1
"""

MOST_OF_A_WARD = """
, load AS (
  SELECT m.id, m.ward_id, m.paused, count(*) AS own FROM mentor m
    JOIN pair p ON p.mentor_id = m.id AND p.running = 1 GROUP BY m.id, m.ward_id, m.paused),
whole AS (SELECT ward_id, sum(own) AS own FROM load GROUP BY ward_id)
SELECT l.ward_id, l.id, l.own, w.own FROM load l JOIN whole w ON w.ward_id = l.ward_id
WHERE l.paused = 0 AND w.own >= 5 AND 2 * l.own > w.own
"""


class PlainAudit:
    """The figures and findings of all wards on a day, by the settings given as a dict."""

    def __init__(self, day, settings):
        self.day = day
        self.settings = settings
        self.codes = {}
        self.findings = set()
        self.people = defaultdict(set)
        self.counts = Counter()
        self.waiting = Counter()
        self.spare = Counter()
        self.working = Counter()
        self.read_mentors()
        self.read_mentees()
        self.read_pairs()
        self.read_wards()
        self.read_single_people()
        self.read_alike()
        self.read_entries()

    def ask(self, statement):
        midnight = datetime.combine(self.day + timedelta(days=1), datetime.min.time(), ZONE)
        is_sqlite = db.engine.dialect.name == "sqlite"
        values = {
            "d": self.day.isoformat(),
            "new_year": f"{self.day.year}-01-01",
            "contact_after": self.ago("contact_days").isoformat(),
            "default_capacity": self.settings["default_capacity"],
            "counts_completed": int(self.settings["floor_counts"] == "completed"),
            "midnight": str(
                midnight.astimezone(UTC).replace(tzinfo=None) if is_sqlite else midnight
            ),
        }
        names = {name: value for name, value in values.items() if f":{name}" in statement}
        return [
            [as_day(value) for value in row] for row in db.session.execute(text(statement), names)
        ]

    def ago(self, name):
        return self.day - timedelta(days=self.settings[name])

    def age(self, day):
        return (self.day - day).days

    def find(self, rule, ward, *evidence):
        self.findings.add((rule, ward, *evidence))

    def read_mentors(self):
        floor = self.settings["floor"]
        for mentor, ward, who, paused, capacity, load, guided, in_fact in self.ask(
            COMMON + MENTORS
        ):
            if paused:
                self.people["mentors_paused"].add(who)
                continue
            self.people["mentors"].add(who)
            self.working[ward] += 1
            self.spare[ward] += max(0, capacity - load)
            if guided >= floor:
                self.people["mentors_meeting_floor"].add(who)
            if in_fact >= floor:
                self.people["mentors_meeting_floor_in_fact"].add(who)
            if guided < floor:
                self.find("mentor_below_floor", ward, mentor, guided, floor)
            elif in_fact < floor:
                self.find("mentor_on_paper", ward, mentor, in_fact, floor)
            if load > capacity:
                self.find("mentor_over_capacity", ward, mentor, load, capacity)

    def read_mentees(self):
        longest = self.settings["waiting_days"]
        for mentee, ward, who, paired, paused, *days in self.ask(COMMON + MENTEES):
            self.people["mentees"].add(who)
            if paired or paused:
                continue
            begun, parted, back, handed_on, paired_on = days
            self.people["mentees_waiting"].add(who)
            self.waiting[ward] += 1
            since = max(day for day in (begun, parted, back) if day is not None)
            is_answered = handed_on and paired_on and paired_on >= handed_on
            if handed_on and not is_answered and handed_on < self.ago("waiting_days"):
                self.find("handoff_pending", ward, mentee, self.age(handed_on), longest)
            elif since < self.ago("waiting_days"):
                self.find("mentee_waiting", ward, mentee, self.age(since), longest)

    def read_pairs(self):
        longest = self.settings["contact_days"]
        for pair, ward, clock_on, met_on, mentor_paused, mentee_paused in self.ask(
            COMMON + OPEN_PAIRS
        ):
            self.counts["mentorships_open"] += 1
            quiet = met_on or clock_on
            if quiet <= self.ago("contact_days") and not mentor_paused and not mentee_paused:
                self.counts["mentorships_dormant"] += 1
                self.find("mentorship_dormant", ward, pair, self.age(quiet), longest)

    def read_wards(self):
        for ward, code, posts, desk_on, sessions, helped, life, entered_at in self.ask(WARDS):
            self.codes[ward] = code
            self.counts["wards"] += 1
            self.counts["sessions"] += sessions
            self.counts["people_helped"] += helped
            self.counts["wards_with_support"] += posts > 0
            is_active = desk_on is not None and desk_on > self.ago("desk_days")
            self.counts["wards_with_support_in_fact"] += posts > 0 and is_active
            if not life:
                self.counts["wards_no_data"] += 1
                continue
            self.find_in_ward(ward, posts, desk_on, is_active, entered_at)
            rules = {finding[0] for finding in self.findings if finding[1] == ward}
            is_critical = bool(rules & {"ward_without_support", "ward_without_mentor"})
            self.counts["wards_critical"] += is_critical
            self.counts["wards_warning"] += bool(rules) and not is_critical
            self.counts["wards_covered"] += not rules

    def find_in_ward(self, ward, posts, desk_on, is_active, entered_at):
        if not posts:
            self.find("ward_without_support", ward, "", 0, 1)
        elif not is_active:
            measured = None if desk_on is None else self.age(desk_on)
            self.find("support_on_paper", ward, "", measured, self.settings["desk_days"])
        if not self.working[ward]:
            self.find("ward_without_mentor", ward, "", 0, 1)
        if self.waiting[ward] > self.spare[ward]:
            self.find("ward_short_of_capacity", ward, "", self.waiting[ward], self.spare[ward])
        entered_on = None if entered_at is None else local_day(entered_at)
        if entered_on is None or entered_on <= self.ago("silent_days"):
            measured = None if entered_on is None else self.age(entered_on)
            self.find("ward_silent", ward, "", measured, self.settings["silent_days"])

    def read_alike(self):
        groups, wards = [], defaultdict(set)
        for one, other, ward in self.ask(COMMON + HOMES + ALIKE):
            wards[other].add(ward)
            touched = [group for group in groups if group & {one, other}]
            groups = [group for group in groups if group not in touched]
            groups.append({one, other}.union(*touched))
        for group in groups:
            ward = min(wards[max(group)], key=self.codes.__getitem__)
            self.find("possible_duplicate", ward, max(group), len(group), 1)

    def read_entries(self):
        series = defaultdict(list)
        for *key, entered_at, session in self.ask(ENTRIES):
            at = local_time(entered_at)
            day = (at - timedelta(hours=5)).date()
            if day > self.day - timedelta(days=30):
                series[*key, day].append((at, session))
        for (ward, *_), rows in series.items():
            bursts = [
                set(rows[i : i + 10])
                for i in range(len(rows) - 9)
                if rows[i + 9][0] - rows[i][0] <= timedelta(minutes=10)
            ]
            night = {row for row in rows if row[0].hour >= 22 or row[0].hour < 5}
            bursts += [night] if len(night) >= 10 else []
            while bursts:
                burst = bursts.pop()
                while touched := [other for other in bursts if other & burst]:
                    burst = burst.union(*touched)
                    bursts = [other for other in bursts if other not in touched]
                self.find("entry_burst", ward, min(burst)[1], len(burst), 9)

    def read_single_people(self):
        rule = "ward_hangs_on_one_person"
        for ward, post in self.ask(SINGLE_POSTS):
            self.find(rule, ward, post, 1, 2)
        for ward, mentor, own, pairs in self.ask(COMMON + MOST_OF_A_WARD):
            self.find(rule, ward, mentor, own, int(pairs) // 2)

    def totals(self):
        """The figures by the names of the contract."""
        return dict(self.counts) | {name: len(people) for name, people in self.people.items()}

    def all_findings(self):
        """(rule, ward code, subject id, measured, expected) of every finding."""
        return {
            (rule, self.codes[ward], subject or self.codes[ward], *evidence)
            for rule, ward, subject, *evidence in self.findings
        }


def as_day(value):
    """SQLite gives days as text."""
    if isinstance(value, str) and len(value) == len("2026-01-01"):
        return date.fromisoformat(value)
    return value


def local_day(instant):
    """The day in Gia Lai."""
    return local_time(instant).date()


def local_time(instant):
    """The time in Gia Lai; SQLite gives instants as text in UTC."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    return instant.astimezone(ZONE)
