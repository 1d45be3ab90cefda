"""The audit once more, naive, read off docs/definitions.md day by day; it shares no code with it.

Dates are looked up in lists of days, people are counted in loops over all rows. It takes rows and
settings as plain values and gives dicts and tuples.
"""

from datetime import date, timedelta
from functools import cache, cached_property

BEGINNING = date(2020, 1, 1)
ONE_DAY = timedelta(days=1)
NOTICES = {
    "ward_hangs_on_one_person",
    "mentorship_far",
    "mentorship_language",
    "possible_duplicate",
    "entry_burst",
}


def days(first, last):
    """All days from the first to the last one, both included."""
    count = (last - first).days + 1
    return [first + timedelta(days=number) for number in range(count)]


class BruteForce:
    """One network, one date, one set of settings."""

    def __init__(self, rows, settings, as_of):
        self.rows = rows
        self.settings = settings
        self.as_of = as_of

        self.ward = cache(self.ward)

    # spells -------------------------------------------------------------------------------

    def open_on(self, spell, day):
        if day < spell.started_on:
            return False
        return not (spell.ended_on is not None and day >= spell.ended_on)

    def paused_on(self, spell, day):
        return any(day in days(first, back - ONE_DAY) for first, back in spell.pauses)

    def at_work_on(self, spell, day):
        return self.open_on(spell, day) and not self.paused_on(spell, day)

    # mentors ------------------------------------------------------------------------------

    def pairs_of(self, mentor):
        return [pair for pair in self.rows.mentorships if pair.mentor == mentor.id]

    def load_on(self, mentor, day):
        return len([pair for pair in self.pairs_of(mentor) if self.open_on(pair, day)])

    def completed_in_year_of(self, pair, day):
        if self.settings["floor_counts"] == "open" or not pair.is_completion:
            return False
        return pair.ended_on is not None and pair.ended_on in days(date(day.year, 1, 1), day)

    def guided_on(self, mentor, day):
        return {
            pair.person
            for pair in self.pairs_of(mentor)
            if self.open_on(pair, day) or self.completed_in_year_of(pair, day)
        }

    def guided_in_fact(self, mentor):
        lately = days(self.as_of - timedelta(days=self.settings["contact_days"] - 1), self.as_of)
        in_fact = set()
        for pair in self.pairs_of(mentor):
            if self.open_on(pair, self.as_of) and pair.last_contact_on in lately:
                in_fact.add(pair.person)
            if self.completed_in_year_of(pair, self.as_of) and pair.last_contact_on is not None:
                in_fact.add(pair.person)
        return in_fact

    def fails(self, mentor, day):
        below = len(self.guided_on(mentor, day)) < self.settings["floor"]
        return self.at_work_on(mentor, day) and below

    def overloaded(self, mentor, day):
        return self.at_work_on(mentor, day) and self.load_on(mentor, day) > mentor.capacity

    def since(self, claim):
        """The first of the days up to today on all of which the claim is true."""
        day = self.as_of
        while claim(day - ONE_DAY):
            day -= ONE_DAY
        return day

    def room_of(self, mentor):
        if not self.at_work_on(mentor, self.as_of):
            return 0
        load = self.load_on(mentor, self.as_of)
        return mentor.capacity - load if load < mentor.capacity else 0

    # mentees ------------------------------------------------------------------------------

    def is_waiting(self, mentee):
        pairs = [pair for pair in self.rows.mentorships if pair.mentee == mentee.id]
        is_paired = [pair for pair in pairs if self.open_on(pair, self.as_of)] != []
        return self.at_work_on(mentee, self.as_of) and not is_paired

    def waiting_since(self, mentee):
        candidates = [mentee.clock_on]
        if mentee.last_mentorship_end is not None:
            candidates.append(mentee.last_mentorship_end)
        for _, back in mentee.pauses:
            if back <= self.as_of:
                candidates.append(back)
        return max(candidates)

    def is_pending(self, mentee):
        handed_on = mentee.handed_on_on
        if handed_on is None or not self.is_waiting(mentee):
            return False
        paired = mentee.last_mentorship_start
        if paired is not None and paired >= handed_on:
            return False
        return self.age(handed_on) > self.settings["waiting_days"]

    def age(self, day):
        return (self.as_of - day).days

    # mentorships --------------------------------------------------------------------------

    def quiet_since(self, pair):
        return pair.clock_on if pair.last_contact_on is None else pair.last_contact_on

    def is_running(self, pair):
        """Open, and both at work."""
        mentor = next(mentor for mentor in self.rows.mentors if mentor.id == pair.mentor)
        mentees = [mentee for mentee in self.rows.mentees if mentee.id == pair.mentee]
        if not self.open_on(pair, self.as_of) or self.paused_on(mentor, self.as_of):
            return False
        return not any(self.paused_on(mentee, self.as_of) for mentee in mentees)

    def is_dormant(self, pair):
        if not self.is_running(pair):
            return False
        return self.age(self.quiet_since(pair)) >= self.settings["contact_days"]

    # wards --------------------------------------------------------------------------------

    def in_ward(self, rows, ward):
        return [row for row in rows if row.ward == ward.code]

    def ward(self, ward):
        """The figures of a ward and the people behind them."""
        today = self.as_of
        mentors = [m for m in self.in_ward(self.rows.mentors, ward) if self.open_on(m, today)]
        active = [mentor for mentor in mentors if not self.paused_on(mentor, today)]
        mentees = [m for m in self.in_ward(self.rows.mentees, ward) if self.open_on(m, today)]
        codes = {mentor.id: mentor.ward for mentor in self.rows.mentors}
        pairs = [pair for pair in self.rows.mentorships if codes[pair.mentor] == ward.code]
        posts = self.in_ward(self.rows.posts, ward)
        desk = [row for row in self.rows.desk if row.ward == ward.code]
        lately = days(today - timedelta(days=self.settings["desk_days"] - 1), today)
        floor = self.settings["floor"]
        posts_at_work = [post for post in posts if self.at_work_on(post, today)]
        return {
            "mentors": {m.person for m in active},
            "mentors_paused": {m.person for m in mentors if m not in active},
            "mentors_meeting_floor": {
                m.person for m in active if len(self.guided_on(m, today)) >= floor
            },
            "mentors_meeting_floor_in_fact": {
                m.person for m in active if len(self.guided_in_fact(m)) >= floor
            },
            "mentees": {m.person for m in mentees},
            "waiting": {m.person for m in mentees if self.is_waiting(m)},
            "waiting_spells": len([m for m in mentees if self.is_waiting(m)]),
            "spare": sum(self.room_of(m) for m in mentors),
            "mentorships_open": len([pair for pair in pairs if self.open_on(pair, today)]),
            "mentorships_dormant": len([pair for pair in pairs if self.is_dormant(pair)]),
            "support_posts": len(posts_at_work),
            "has_support": posts_at_work != [],
            "has_support_in_fact": posts_at_work != [] and ward.last_desk_on in lately,
            "sessions": sum(row.sessions for row in desk),
            "people_helped": sum(row.people for row in desk),
        }

    def figures(self, ward):
        """The figures of a ward as numbers."""
        figures = {
            name: len(value) if isinstance(value, set) else value
            for name, value in self.ward(ward).items()
        }
        del figures["waiting_spells"]
        return figures

    def uncovered_since(self, spells):
        """The first day of those up to today on which none of the spells is at work."""

        def is_uncovered(day):
            return not any(self.at_work_on(spell, day) for spell in spells)

        covered = [day for day in days(BEGINNING, self.as_of) if not is_uncovered(day)]
        return covered[-1] + ONE_DAY if covered else None

    def status(self, ward):
        if not ward.has_data:
            return "no_data"
        rules = {finding[0] for finding in self.findings if finding[1] == ward.code}
        if rules & {"ward_without_support", "ward_without_mentor"}:
            return "critical"
        return "warning" if rules - NOTICES else "covered"

    def totals(self):
        wards = [self.ward(ward) for ward in self.rows.wards]
        statuses = [self.status(ward) for ward in self.rows.wards]

        def distinct(name):
            return len({person for ward in wards for person in ward[name]})

        def added(name):
            return sum(ward[name] for ward in wards)

        return {
            "wards": len(wards),
            "wards_covered": statuses.count("covered"),
            "wards_critical": statuses.count("critical"),
            "wards_warning": statuses.count("warning"),
            "wards_no_data": statuses.count("no_data"),
            "wards_with_support": added("has_support"),
            "wards_with_support_in_fact": added("has_support_in_fact"),
            "mentors": distinct("mentors"),
            "mentors_paused": distinct("mentors_paused"),
            "mentors_meeting_floor": distinct("mentors_meeting_floor"),
            "mentors_meeting_floor_in_fact": distinct("mentors_meeting_floor_in_fact"),
            "mentees": distinct("mentees"),
            "mentees_waiting": distinct("waiting"),
            "mentorships_open": added("mentorships_open"),
            "mentorships_dormant": added("mentorships_dormant"),
            "sessions": added("sessions"),
            "people_helped": added("people_helped"),
        }

    # findings: (rule, ward, subject kind, subject id, measured, expected, since, action) ----

    @cached_property
    def findings(self):
        found = set()
        for ward in self.rows.wards:
            if ward.has_data:
                found |= self.ward_findings(ward)
                found |= self.mentor_findings(ward)
                found |= self.pair_findings(ward)
                found |= self.mentee_findings(ward)
        return found | self.duplicates() | self.bursts()

    def ward_findings(self, ward):
        found = set()
        figures = self.ward(ward)

        def add(rule, measured, expected, since, action):
            found.add((rule, ward.code, "ward", ward.code, measured, expected, since, action))

        if not figures["has_support"]:
            since = self.uncovered_since(self.in_ward(self.rows.posts, ward))
            add("ward_without_support", 0, 1, since, "add_support_post")
        elif not figures["has_support_in_fact"]:
            last = ward.last_desk_on
            measured = None if last is None else self.age(last)
            add("support_on_paper", measured, self.settings["desk_days"], last, "log_session")
        if not figures["mentors"]:
            since = self.uncovered_since(self.in_ward(self.rows.mentors, ward))
            add("ward_without_mentor", 0, 1, since, "add_mentor")
        waiting, spare = figures["waiting_spells"], figures["spare"]
        if waiting > spare:
            add("ward_short_of_capacity", waiting, spare, None, "add_mentor")
        entry, silent_days = ward.last_entry_on, self.settings["silent_days"]
        if entry is None or self.age(entry) >= silent_days:
            measured = None if entry is None else self.age(entry)
            add("ward_silent", measured, silent_days, entry, "enter_data")
        return found | self.hanging(ward, figures)

    def hanging(self, ward, figures):
        """By trying: who is the only post, and who has more pairs than all others together."""
        found = set()
        today = self.as_of
        rule = "ward_hangs_on_one_person", ward.code
        posts = [p for p in self.in_ward(self.rows.posts, ward) if self.at_work_on(p, today)]
        if figures["support_posts"] == 1:
            found.add((*rule, "support_post", posts[0].id, 1, 2, None, "add_support_post"))
        pairs = figures["mentorships_open"]
        mentors = self.in_ward(self.rows.mentors, ward)
        for mentor in mentors if pairs >= 5 else ():
            own = self.load_on(mentor, today)
            if self.at_work_on(mentor, today) and own > pairs - own:
                moved = next(n for n in range(1, own + 1) if own - n <= pairs - own + n)
                room = sum(
                    self.load_on(other, today) + n <= own - moved
                    for other in mentors
                    if other is not mentor
                    for n in range(1, self.room_of(other) + 1)
                )
                action = "move_mentees" if room >= moved else "add_mentor"
                evidence = own, own - moved, None, action
                found.add((*rule, "mentor", mentor.id, *evidence))
        return found

    def mentor_findings(self, ward):
        found = set()
        figures = self.ward(ward)
        floor = self.settings["floor"]
        for mentor in self.in_ward(self.rows.mentors, ward):
            if not self.at_work_on(mentor, self.as_of):
                continue

            def add(rule, measured, expected, since, action, mentor=mentor):
                found.add((rule, ward.code, "mentor", mentor.id, measured, expected, since, action))

            guided = len(self.guided_on(mentor, self.as_of))
            in_fact = len(self.guided_in_fact(mentor))
            load = self.load_on(mentor, self.as_of)
            if guided < floor:
                if load >= mentor.capacity:
                    action = "raise_capacity"
                else:
                    action = "pair_waiting" if figures["waiting_spells"] else "register_mentee"
                since = self.since(lambda day, mentor=mentor: self.fails(mentor, day))
                add("mentor_below_floor", guided, floor, since, action)
            elif in_fact < floor:
                add("mentor_on_paper", in_fact, floor, None, "log_contact")
            if load > mentor.capacity:
                has_room = figures["spare"] >= load - mentor.capacity
                action = "move_mentees" if has_room else "raise_capacity"
                since = self.since(lambda day, mentor=mentor: self.overloaded(mentor, day))
                add("mentor_over_capacity", load, mentor.capacity, since, action)
        return found

    def pair_findings(self, ward):
        found = set()
        for pair in self.rows.mentorships:
            mentors = {mentor.id: mentor.ward for mentor in self.rows.mentors}
            if mentors[pair.mentor] == ward.code and self.is_dormant(pair):
                since = self.quiet_since(pair)
                subject = "mentorship", pair.id
                evidence = self.age(since), self.settings["contact_days"], since
                found.add(("mentorship_dormant", ward.code, *subject, *evidence, "log_contact"))
            if mentors[pair.mentor] == ward.code and self.is_running(pair) and pair.gap:
                found |= self.gap_findings(ward, pair)
        return found

    def gap_findings(self, ward, pair):
        found = set()
        place, subject = pair.gap.mentee_place, (ward.code, "mentorship", pair.id)
        touching = [{border.code_a, border.code_b} for border in self.rows.borders]
        if place is not None and {ward.code, place.code} not in touching:
            # All points of these networks lie on one meridian: a degree is 111.195 km.
            km = round(111.195 * abs(ward.latitude - place.latitude))
            found.add(("mentorship_far", *subject, km, 0, pair.started_on, "change_mentor"))
        if pair.gap.lacks_language:
            found.add(("mentorship_language", *subject, 0, 1, pair.clock_on, "change_mentor"))
        return found

    def mentee_findings(self, ward):
        found = set()
        longest = self.settings["waiting_days"]
        for mentee in self.in_ward(self.rows.mentees, ward):
            if self.is_pending(mentee):
                rule, since = "handoff_pending", mentee.handed_on_on
            elif self.is_waiting(mentee) and self.age(self.waiting_since(mentee)) > longest:
                rule, since = "mentee_waiting", self.waiting_since(mentee)
            else:
                continue
            subject = "mentee", mentee.id
            found.add((rule, ward.code, *subject, self.age(since), longest, since, "pair_mentee"))
        return found

    def duplicates(self):
        codes = {ward.code for ward in self.rows.wards}
        rows = [r for r in self.rows.alike if {r.earlier_ward, r.later_ward} <= codes]
        groups = [{row.earlier, row.later} for row in rows]
        while touching := [(a, b) for a in groups for b in groups if a is not b and a & b]:
            one, other = touching[0]
            groups.remove(other)
            one |= other
        found = set()
        for group in groups:
            of_last = [row for row in rows if row.later == max(group)]
            ward = min(row.later_ward for row in of_last)
            since = of_last[0].later_registered_on
            subject = "person", max(group)
            found.add(
                ("possible_duplicate", ward, *subject, len(group), 1, since, "compare_people")
            )
        return found

    def bursts(self):
        """By minutes: which of the like sessions stand among ten that are too close."""
        codes = {ward.code for ward in self.rows.wards}
        series = {}
        for row in sorted(self.rows.entries, key=lambda row: (row.entered_at, row.session)):
            day = (row.entered_at - timedelta(hours=5)).date()
            if row.ward in codes and self.as_of - timedelta(days=30) < day <= self.as_of:
                key = row.ward, row.account, row.procedure, row.result, day
                series.setdefault(key, []).append(row)
        found = set()
        for (ward, *_), rows in series.items():
            for burst in self.runs(rows):
                subject, since = ("help_session", burst[0].session), burst[0].entered_at.date()
                found.add(("entry_burst", ward, *subject, len(burst), 9, since, "review_sessions"))
        return found

    def runs(self, rows):
        """Grow each run from ten sessions as long as one more ten shares a session with it."""
        tens = [rows[i : i + 10] for i in range(len(rows) - 9)]
        close = [t for t in tens if t[9].entered_at - t[0].entered_at <= timedelta(minutes=10)]
        night = [row for row in rows if row.entered_at.hour >= 22 or row.entered_at.hour < 5]
        close += [night] if len(night) >= 10 else []
        runs = []
        for row in rows:
            of_row = {other for ten in close if row in ten for other in ten}
            shared = [run for run in runs if run & of_row]
            if of_row:
                runs = [run for run in runs if run not in shared] + [of_row.union(*shared)]
        order = {row: place for place, row in enumerate(rows)}
        return [sorted(run, key=order.__getitem__) for run in runs]
