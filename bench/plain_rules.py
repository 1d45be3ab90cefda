"""Each rule of the audit as one statement over the tables of `bench.plain_audit_steps`.

Every statement gives ward id, subject id (None: the ward), measured, expected, since. Where a rule
measures days, `measured` is left open: it follows from since.
"""

# The last day on which a spell of a ward stopped being at work, by an end or by a pause.
_STOPPED = """
SELECT max(c.stopped_on) FROM (
  SELECT s.ward_id, s.id, s.ended_on AS stopped_on FROM {spells} s CROSS JOIN asked a
    WHERE s.ended_on <= a.day
  UNION ALL SELECT s.ward_id, s.id, r.started_on
    FROM {spells} s JOIN pauses r ON r.{key} = s.id CROSS JOIN asked a
    WHERE r.deleted_at IS NULL AND r.started_on <= a.day AND r.started_on > s.started_on
      AND (s.ended_on IS NULL OR s.ended_on >= r.started_on)) AS c
WHERE c.ward_id = w.id AND NOT EXISTS (SELECT 1 FROM pauses q WHERE q.{key} = c.id
  AND q.deleted_at IS NULL AND q.started_on < c.stopped_on AND q.ended_on >= c.stopped_on)
"""

RULES = {
    "ward_without_support": f"""
SELECT w.id, NULL, 0, 1, ({_STOPPED.format(spells="post", key="support_post_id")})
FROM ward w WHERE w.has_data = 1 AND w.posts = 0
""",  # noqa: S608  # put together from constants
    "ward_without_mentor": f"""
SELECT w.id, NULL, 0, 1, ({_STOPPED.format(spells="mentor", key="mentor_id")})
FROM ward w WHERE w.has_data = 1 AND w.mentors = 0
""",  # noqa: S608  # put together from constants
    "ward_short_of_capacity": """
SELECT w.id, NULL, w.lone, w.spare, NULL FROM ward w WHERE w.lone > w.spare
""",
    # Below since the last day on which those who counted the day before reached the floor.
    "mentor_below_floor": """
SELECT m.ward_id, m.id, m.guided, a.floor, max(c.day)
FROM working m CROSS JOIN asked a JOIN (
  SELECT id, started_on AS day FROM working UNION ALL SELECT id, returned_on FROM working
  UNION ALL SELECT p.mentor_id, p.counts_until FROM pair p CROSS JOIN asked b
    WHERE p.counts_until <= b.day AND b.floor <= (
      SELECT count(DISTINCT q.who) FROM pair q WHERE q.mentor_id = p.mentor_id
        AND q.started_on < p.counts_until
        AND (q.counts_until IS NULL OR q.counts_until >= p.counts_until))) AS c ON c.id = m.id
WHERE m.guided < a.floor GROUP BY m.ward_id, m.id, m.guided, a.floor
""",
    "support_on_paper": """
SELECT w.id, NULL, NULL, a.desk_days, w.desk_on FROM ward w CROSS JOIN asked a
WHERE w.posts > 0 AND (w.desk_on IS NULL OR w.desk_on <= a.desk_after)
""",
    "mentor_on_paper": """
SELECT m.ward_id, m.id, m.in_fact, a.floor, NULL FROM working m CROSS JOIN asked a
WHERE m.guided >= a.floor AND m.in_fact < a.floor
""",
    "handoff_pending": """
SELECT x.ward_id, x.id, NULL, a.waiting_days, x.handed_on FROM waiting x CROSS JOIN asked a
WHERE x.handed_on < a.waiting_before AND (x.paired_on IS NULL OR x.paired_on < x.handed_on)
""",
    "mentee_waiting": """
SELECT x.ward_id, x.id, NULL, a.waiting_days, x.since FROM waiting x CROSS JOIN asked a
WHERE x.since < a.waiting_before AND (x.handed_on IS NULL OR x.handed_on >= a.waiting_before
  OR x.paired_on >= x.handed_on)
""",
    "mentorship_dormant": """
SELECT q.ward_id, q.id, NULL, a.contact_days, q.since FROM quiet q CROSS JOIN asked a
""",
    # Above since the last pair that began where the day before there were not too many.
    "mentor_over_capacity": """
SELECT m.ward_id, m.id, m.own, m.capacity, max(c.day)
FROM working m JOIN (
  SELECT id, returned_on AS day FROM working
  UNION ALL SELECT p.mentor_id, p.started_on FROM pair p JOIN working k ON k.id = p.mentor_id
    WHERE k.own > k.capacity AND k.capacity >= (
      SELECT count(*) FROM pair q WHERE q.mentor_id = p.mentor_id AND q.started_on < p.started_on
        AND (q.ended_on IS NULL OR q.ended_on >= p.started_on))) AS c ON c.id = m.id
WHERE m.own > m.capacity GROUP BY m.ward_id, m.id, m.own, m.capacity
""",
    "ward_silent": """
SELECT w.id, NULL, NULL, a.silent_days, w.entered_at FROM ward w CROSS JOIN asked a
WHERE w.has_data = 1 AND (w.entered_at IS NULL OR w.entered_at < a.silent_before)
""",
    "ward_hangs_on_one_person": """
SELECT p.ward_id, p.id, 1, 2, NULL FROM post p JOIN ward w ON w.id = p.ward_id
WHERE w.posts = 1 AND p.is_open AND NOT p.is_paused
UNION ALL
SELECT m.ward_id, m.id, m.own, (t.pairs - t.pairs % 2) / 2, NULL
FROM working m JOIN (SELECT k.ward_id, count(*) AS pairs
    FROM pair p JOIN mentor k ON k.id = p.mentor_id WHERE p.is_open GROUP BY k.ward_id) AS t
  ON t.ward_id = m.ward_id
WHERE t.pairs >= 5 AND 2 * m.own > t.pairs
""",
    "mentorship_language": """
SELECT t.ward_id, t.id, 0, 1, t.clock_on FROM together t
WHERE EXISTS (SELECT 1 FROM person_languages l
    WHERE l.person_id = t.teacher_id AND l.deleted_at IS NULL)
  AND EXISTS (SELECT 1 FROM person_languages l
    WHERE l.person_id = t.learner_id AND l.deleted_at IS NULL)
  AND NOT EXISTS (SELECT l.language_id FROM person_languages l
      WHERE l.person_id = t.teacher_id AND l.deleted_at IS NULL
    INTERSECT SELECT l.language_id FROM person_languages l
      WHERE l.person_id = t.learner_id AND l.deleted_at IS NULL)
""",
    # People who hang together by being alike are found from each of them.
    "possible_duplicate": """
WITH RECURSIVE tie AS (
  SELECT earlier AS one, later AS other FROM alike UNION SELECT later, earlier FROM alike),
reach AS (
  SELECT one AS person, one AS known FROM tie
  UNION SELECT r.person, t.other FROM reach r JOIN tie t ON t.one = r.known),
groups AS (SELECT person, count(*) AS records FROM reach GROUP BY person
  HAVING max(known) = person)
SELECT (SELECT l.ward_id FROM alike l JOIN shown w ON w.id = l.ward_id WHERE l.later = g.person
    ORDER BY w.code LIMIT 1), g.person, g.records, 1, p.entered_at
FROM groups g JOIN persons p ON p.id = g.person
""",
}

# Pairs of wards that do not touch, with the points of the wards for measuring how far.
FAR = """
SELECT t.ward_id, t.id, t.started_on, here.latitude, here.longitude, there.latitude, there.longitude
FROM together t JOIN wards here ON here.id = t.ward_id JOIN wards there ON there.id = t.home_id
  JOIN shown w ON w.id = t.home_id
WHERE t.home_id <> t.ward_id AND NOT EXISTS (SELECT 1 FROM ward_borders b
  WHERE b.ward_a_id = t.ward_id AND b.ward_b_id = t.home_id
    OR b.ward_a_id = t.home_id AND b.ward_b_id = t.ward_id)
"""

# Sessions in order of entering; which of them are too close is looked at one by one.
ENTRIES = """
SELECT h.ward_id, h.entered_by_id, h.procedure_id, h.result, h.entered_at, h.id
FROM help_sessions h JOIN shown w ON w.id = h.ward_id CROSS JOIN asked a
WHERE h.deleted_at IS NULL AND h.entered_by_id IS NOT NULL AND h.entered_at >= a.entered_from
  AND h.entered_at < a.midnight AND NOT EXISTS (SELECT 1 FROM confirmed_sessions c
    WHERE c.help_session_id = h.id AND c.deleted_at IS NULL)
ORDER BY h.entered_at, h.id
"""

WARDS = """
SELECT code, name, has_data, mentors, mentees, waiting, posts FROM ward ORDER BY code
"""

TOTALS = {
    "wards": "SELECT count(*) FROM ward",
    "wards_with_support": "SELECT count(*) FROM ward WHERE posts > 0",
    "wards_with_support_in_fact": """
SELECT count(*) FROM ward w CROSS JOIN asked a WHERE w.posts > 0 AND w.desk_on > a.desk_after""",
    "mentors": "SELECT count(DISTINCT who) FROM working",
    "mentors_paused": "SELECT count(DISTINCT who) FROM mentor WHERE is_open AND is_paused",
    "mentors_meeting_floor": """
SELECT count(DISTINCT who) FROM working m CROSS JOIN asked a WHERE m.guided >= a.floor""",
    "mentors_meeting_floor_in_fact": """
SELECT count(DISTINCT who) FROM working m CROSS JOIN asked a WHERE m.in_fact >= a.floor""",
    "mentees": "SELECT count(DISTINCT m.who) FROM mentee m JOIN shown w ON w.id = m.ward_id",
    "mentees_waiting": """
SELECT count(DISTINCT x.who) FROM waiting x JOIN shown w ON w.id = x.ward_id""",
    "mentorships_open": """
SELECT count(*) FROM pair p JOIN mentor m ON m.id = p.mentor_id WHERE p.is_open""",
    "mentorships_dormant": "SELECT count(*) FROM quiet",
    "sessions": """
SELECT coalesce(sum(d.sessions), 0) FROM desk d JOIN shown w ON w.id = d.ward_id""",
    "people_helped": """
SELECT coalesce(sum(d.people), 0) FROM desk d JOIN shown w ON w.id = d.ward_id""",
}
