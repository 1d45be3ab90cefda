"""What every rule of the audit is looked up in, put together by plain SQL as temporary tables.

The statements are understood by SQLite and PostgreSQL. They follow docs/definitions.md and share
nothing with the program but the tables. A chain of spells or pairs is known by its first link,
`who` is a person after merging. `asked` holds the day and the settings.
"""

ASKED = """
CREATE TEMP TABLE asked (
  day date, new_year date, contact_after date, waiting_before date, desk_after date,
  midnight timestamp with time zone, silent_before timestamp with time zone,
  entered_from timestamp with time zone,
  floor integer, counts_completed integer, default_capacity integer, contact_days integer,
  desk_days integer, waiting_days integer, silent_days integer)
"""

ASK = """
INSERT INTO asked VALUES (
  :day, :new_year, :contact_after, :waiting_before, :desk_after, :midnight, :silent_before,
  :entered_from, :floor, :counts_completed, :default_capacity, :contact_days, :desk_days,
  :waiting_days, :silent_days)
"""

YEARS = "CREATE TEMP TABLE years (first_day date, next_year date)"
YEAR = "INSERT INTO years VALUES (:first_day, :next_year)"

SHOWN = """
CREATE TEMP TABLE shown AS
SELECT w.id, w.code, w.name FROM wards w CROSS JOIN asked a
WHERE w.valid_to IS NULL OR w.valid_to > a.day
"""

MENTOR = """
CREATE TEMP TABLE mentor AS
SELECT m.id, m.ward_id, coalesce(p.merged_into_id, p.id) AS who, m.started_on, m.ended_on,
  (m.ended_on IS NULL OR m.ended_on > a.day) AS is_open,
  EXISTS (SELECT 1 FROM pauses r WHERE r.mentor_id = m.id AND r.deleted_at IS NULL
    AND r.started_on <= a.day AND r.ended_on > a.day) AS is_paused,
  (SELECT max(r.ended_on) FROM pauses r WHERE r.mentor_id = m.id AND r.deleted_at IS NULL
    AND r.ended_on <= a.day) AS returned_on,
  coalesce((SELECT c.capacity FROM mentor_capacities c WHERE c.mentor_id = m.id
    AND c.deleted_at IS NULL AND c.effective_on <= a.day
    ORDER BY c.effective_on DESC, c.id DESC LIMIT 1), a.default_capacity) AS capacity
FROM mentors m JOIN persons p ON p.id = m.person_id JOIN shown w ON w.id = m.ward_id
  CROSS JOIN asked a
WHERE m.deleted_at IS NULL AND m.started_on <= a.day
"""

POST = """
CREATE TEMP TABLE post AS
SELECT s.id, s.ward_id, coalesce(p.merged_into_id, p.id) AS who, s.started_on, s.ended_on,
  (s.ended_on IS NULL OR s.ended_on > a.day) AS is_open,
  EXISTS (SELECT 1 FROM pauses r WHERE r.support_post_id = s.id AND r.deleted_at IS NULL
    AND r.started_on <= a.day AND r.ended_on > a.day) AS is_paused
FROM support_posts s JOIN persons p ON p.id = s.person_id JOIN shown w ON w.id = s.ward_id
  CROSS JOIN asked a
WHERE s.deleted_at IS NULL AND s.started_on <= a.day
"""

# A pause of a spell that a move ended is over with that spell.
REST = """
CREATE TEMP TABLE rest AS
SELECT chain, max(back_on) AS back_on,
  max(CASE WHEN back_on <= day THEN back_on END) AS returned_on
FROM (
  SELECT coalesce(m.origin_id, m.id) AS chain, a.day,
    CASE WHEN m.ended_on < r.ended_on THEN m.ended_on ELSE r.ended_on END AS back_on
  FROM pauses r JOIN mentees m ON m.id = r.mentee_id CROSS JOIN asked a
  WHERE r.deleted_at IS NULL AND m.deleted_at IS NULL AND r.started_on <= a.day
    AND (m.ended_on IS NULL OR r.started_on < m.ended_on)) AS rests
GROUP BY chain
"""

MENTEE = """
CREATE TEMP TABLE mentee AS
SELECT m.id, m.ward_id, coalesce(p.merged_into_id, p.id) AS who,
  coalesce(m.origin_id, m.id) AS chain, first.started_on AS clock_on, m.person_id,
  coalesce(r.back_on > a.day, 1 = 0) AS is_paused, r.returned_on
FROM mentees m JOIN persons p ON p.id = m.person_id
  JOIN mentees first ON first.id = coalesce(m.origin_id, m.id)
  LEFT JOIN rest r ON r.chain = coalesce(m.origin_id, m.id) CROSS JOIN asked a
WHERE m.deleted_at IS NULL AND m.started_on <= a.day
  AND (m.ended_on IS NULL OR m.ended_on > a.day)
"""

MET = """
CREATE TEMP TABLE met AS
SELECT coalesce(s.origin_id, s.id) AS chain, max(c.service_date) AS met_on
FROM attendances t JOIN contacts c ON c.id = t.contact_id
  JOIN mentorships s ON s.id = t.mentorship_id CROSS JOIN asked a
WHERE t.deleted_at IS NULL AND c.deleted_at IS NULL AND s.deleted_at IS NULL
  AND c.service_date <= a.day
GROUP BY coalesce(s.origin_id, s.id)
"""

# Who completed counts through the end of that year, where completions count.
PAIR = """
CREATE TEMP TABLE pair AS
SELECT s.id, s.mentor_id, s.mentee_id, coalesce(m.origin_id, m.id) AS mentee_chain,
  coalesce(p.merged_into_id, p.id) AS who, s.started_on, s.ended_on,
  (s.ended_on IS NULL OR s.ended_on > a.day) AS is_open,
  CASE WHEN e.is_completion AND a.counts_completed = 1 THEN y.next_year ELSE s.ended_on END
    AS counts_until,
  first.started_on AS clock_on, met.met_on
FROM mentorships s JOIN mentees m ON m.id = s.mentee_id JOIN persons p ON p.id = m.person_id
  JOIN mentorships first ON first.id = coalesce(s.origin_id, s.id)
  LEFT JOIN end_reasons e ON e.id = s.end_reason_id
  LEFT JOIN years y ON y.first_day <= s.ended_on AND y.next_year > s.ended_on
  LEFT JOIN met ON met.chain = coalesce(s.origin_id, s.id) CROSS JOIN asked a
WHERE s.deleted_at IS NULL AND s.started_on <= a.day
"""

LOAD = """
CREATE TEMP TABLE load AS
SELECT p.mentor_id, count(*) FILTER (WHERE p.is_open) AS own, count(DISTINCT p.who) AS guided,
  count(DISTINCT CASE WHEN p.met_on > a.contact_after OR (NOT p.is_open AND p.met_on IS NOT NULL)
    THEN p.who END) AS in_fact
FROM pair p CROSS JOIN asked a WHERE p.is_open OR p.counts_until > a.day
GROUP BY p.mentor_id
"""

WORKING = """
CREATE TEMP TABLE working AS
SELECT m.id, m.ward_id, m.who, m.started_on, m.returned_on, m.capacity,
  coalesce(l.own, 0) AS own, coalesce(l.guided, 0) AS guided, coalesce(l.in_fact, 0) AS in_fact
FROM mentor m LEFT JOIN load l ON l.mentor_id = m.id WHERE m.is_open AND NOT m.is_paused
"""

HISTORY = """
CREATE TEMP TABLE history AS
SELECT coalesce(k.origin_id, k.id) AS chain, max(s.started_on) AS paired_on,
  max(CASE WHEN s.ended_on <= a.day THEN s.ended_on END) AS parted_on
FROM mentorships s JOIN mentees k ON k.id = s.mentee_id CROSS JOIN asked a
WHERE s.deleted_at IS NULL AND s.started_on <= a.day
GROUP BY coalesce(k.origin_id, k.id)
"""

HANDED = """
CREATE TEMP TABLE handed AS
SELECT coalesce(k.origin_id, k.id) AS chain, max(h.handed_on) AS handed_on
FROM handoffs h JOIN mentees k ON k.id = h.mentee_id CROSS JOIN asked a
WHERE h.deleted_at IS NULL AND h.handed_on <= a.day
GROUP BY coalesce(k.origin_id, k.id)
"""

LONE = """
CREATE TEMP TABLE lone AS
SELECT e.id, e.ward_id, e.who, e.chain, e.clock_on, e.returned_on
FROM mentee e JOIN shown w ON w.id = e.ward_id
WHERE NOT e.is_paused AND e.id NOT IN (SELECT mentee_id FROM pair WHERE is_open)
"""

WAITING = """
CREATE TEMP TABLE waiting AS
SELECT l.id, l.ward_id, l.who, max(c.since) AS since, max(g.handed_on) AS handed_on,
  max(h.paired_on) AS paired_on
FROM lone l JOIN (
    SELECT chain, clock_on AS since FROM lone UNION ALL SELECT chain, returned_on FROM lone
    UNION ALL SELECT chain, parted_on FROM history) AS c ON c.chain = l.chain
  LEFT JOIN history h ON h.chain = l.chain LEFT JOIN handed g ON g.chain = l.chain
GROUP BY l.id, l.ward_id, l.who
"""

# Open pairs of whom nobody is away; by their own records, not those that others were merged into.
TOGETHER = """
CREATE TEMP TABLE together AS
SELECT p.id, m.ward_id, s.mentee_ward_id AS home_id, p.started_on, p.clock_on,
  o.person_id AS teacher_id, k.person_id AS learner_id
FROM pair p JOIN mentor m ON m.id = p.mentor_id JOIN mentors o ON o.id = p.mentor_id
  JOIN mentees k ON k.id = p.mentee_id JOIN mentorships s ON s.id = p.id
WHERE p.is_open AND NOT m.is_paused AND p.mentee_id NOT IN (SELECT id FROM mentee WHERE is_paused)
"""

QUIET = """
CREATE TEMP TABLE quiet AS
SELECT p.id, m.ward_id, coalesce(p.met_on, p.clock_on) AS since
FROM pair p JOIN mentor m ON m.id = p.mentor_id CROSS JOIN asked a
WHERE p.is_open AND NOT m.is_paused AND coalesce(p.met_on, p.clock_on) <= a.contact_after
  AND p.mentee_id NOT IN (SELECT id FROM mentee WHERE is_paused)
"""

DESK = """
CREATE TEMP TABLE desk AS
SELECT h.ward_id, max(h.service_date) AS desk_on,
  count(*) FILTER (WHERE h.service_date >= a.new_year) AS sessions,
  count(*) FILTER (WHERE h.service_date >= a.new_year AND h.is_first_this_year) AS people
FROM help_sessions h CROSS JOIN asked a
WHERE h.deleted_at IS NULL AND h.service_date <= a.day GROUP BY h.ward_id
"""

# A row that tells of a ward, by the day it is about (none: only that it was entered).
TRACES = """
CREATE TEMP TABLE trace AS
SELECT ward_id, started_on AS day, entered_at FROM mentors WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, started_on, entered_at FROM mentees WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, started_on, entered_at FROM support_posts WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, service_date, entered_at FROM contacts WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, service_date, entered_at FROM help_sessions WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, service_date, entered_at FROM duty_turns WHERE deleted_at IS NULL
UNION ALL SELECT mentor_ward_id, NULL, entered_at FROM mentorships WHERE deleted_at IS NULL
UNION ALL SELECT ward_id, NULL, entered_at FROM handoffs WHERE deleted_at IS NULL
UNION ALL SELECT x.ward_id, NULL, r.entered_at FROM pauses r JOIN mentors x ON x.id = r.mentor_id
  WHERE r.deleted_at IS NULL AND x.deleted_at IS NULL
UNION ALL SELECT x.ward_id, NULL, r.entered_at FROM pauses r JOIN mentees x ON x.id = r.mentee_id
  WHERE r.deleted_at IS NULL AND x.deleted_at IS NULL
UNION ALL SELECT x.ward_id, NULL, r.entered_at
  FROM pauses r JOIN support_posts x ON x.id = r.support_post_id
  WHERE r.deleted_at IS NULL AND x.deleted_at IS NULL
"""

SERVED = """
CREATE TEMP TABLE served AS
SELECT ward_id, max(day) AS desk_on FROM (
  SELECT ward_id, desk_on AS day FROM desk
  UNION ALL SELECT t.ward_id, t.service_date FROM duty_turns t CROSS JOIN asked a
    WHERE t.deleted_at IS NULL AND t.is_performed AND t.service_date <= a.day) AS days
GROUP BY ward_id
"""

WARD = """
CREATE TEMP TABLE ward AS
SELECT w.id, w.code, w.name, coalesce(t.has_data, 0) AS has_data, t.entered_at, d.desk_on,
  (SELECT count(*) FROM post p WHERE p.ward_id = w.id AND p.is_open AND NOT p.is_paused) AS posts,
  (SELECT count(*) FROM waiting x WHERE x.ward_id = w.id) AS lone,
  (SELECT count(DISTINCT x.who) FROM waiting x WHERE x.ward_id = w.id) AS waiting,
  (SELECT count(DISTINCT m.who) FROM working m WHERE m.ward_id = w.id) AS mentors,
  (SELECT count(DISTINCT e.who) FROM mentee e WHERE e.ward_id = w.id) AS mentees,
  (SELECT coalesce(sum(CASE WHEN m.capacity > m.own THEN m.capacity - m.own ELSE 0 END), 0)
    FROM working m WHERE m.ward_id = w.id) AS spare
FROM shown w LEFT JOIN served d ON d.ward_id = w.id LEFT JOIN (
  SELECT t.ward_id, max(CASE WHEN t.day <= a.day THEN 1 ELSE 0 END) AS has_data,
    max(CASE WHEN t.entered_at < a.midnight THEN t.entered_at END) AS entered_at
  FROM trace t CROSS JOIN asked a GROUP BY t.ward_id) AS t ON t.ward_id = w.id
"""

HOME = """
CREATE TEMP TABLE home AS
SELECT h.who, h.ward_id, p.search_text, p.birth_year, p.phone, p.entered_at
FROM (
  SELECT who, ward_id FROM post WHERE is_open
  UNION SELECT who, ward_id FROM mentor WHERE is_open
  UNION SELECT m.who, m.ward_id FROM mentee m JOIN shown w ON w.id = m.ward_id) AS h
  JOIN persons p ON p.id = h.who
"""

# Of a like pair the later registered comes second.
ALIKE = """
CREATE TEMP TABLE alike AS
SELECT k.earlier, k.later, k.ward_id, k.entered_at FROM (
  SELECT one.who AS earlier, other.who AS later, other.ward_id, other.entered_at
  FROM home one JOIN home other ON other.search_text = one.search_text AND other.phone = one.phone
  WHERE one.who < other.who
  UNION
  SELECT one.who, other.who, other.ward_id, other.entered_at
  FROM home one JOIN home other ON other.search_text = one.search_text
    AND other.birth_year = one.birth_year AND other.ward_id = one.ward_id
  WHERE one.who < other.who AND (one.phone IS NULL OR other.phone IS NULL)) AS k
WHERE NOT EXISTS (SELECT 1 FROM distinct_people d WHERE d.deleted_at IS NULL
  AND d.person_id = k.earlier AND d.other_id = k.later)
"""

STEPS = (
    SHOWN, MENTOR, POST, REST, MENTEE, MET, PAIR,
    "CREATE INDEX pair_mentor ON pair (mentor_id)", "CREATE INDEX pair_mentee ON pair (mentee_id)",
    LOAD, WORKING, HISTORY, HANDED, LONE, WAITING, QUIET, TOGETHER, DESK, TRACES, SERVED, WARD,
    HOME,
    "CREATE INDEX home_phone ON home (search_text, phone)",
    "CREATE INDEX home_year ON home (ward_id, search_text, birth_year)", ALIKE,
)  # fmt: skip
"""In the order in which they build on each other, after `ASKED` and `YEARS`."""
