"""Fills an empty site with a made-up network and the accounts to try it with."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.access.scope import WardScope
from app.demonstration.names import read_names
from app.demonstration.network import make_network
from app.demonstration.places import Place
from app.demonstration.plan import Size
from app.demonstration.rows import WardRows
from app.demonstration.sign_ins import DemoSignIn, make_password
from app.errors import NoWardsError, RealDataError
from app.queries.demonstration import is_demonstration_site
from app.services.demonstration_learning import add_topics
from app.services.demonstration_rows import RowWriter, WardAccounts
from app.services.derived_rows import fill_tallies
from app.services.passwords import hash_password
from app.services.transaction import transaction
from models import Account, AccountPerson, Grant, Person, Ward, WardBorder, db
from models.enums import Role

DEMO_BATCH = "demo_loaded"
GRANTED_FOR = timedelta(days=365)
# Wards with a leader and a support account, the one to look at first in front: Chư Sê (much to do),
# Pleiku (all well), the island of Nhơn Châu (people waiting and no mentor).
WARDS_TO_TRY = ("23941", "23575", "21607")
DEFAULT_SIZE = Size()

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class DemoAccounts:
    """The ids of the accounts, by role and ward, and how to sign in with them."""

    ids: dict[tuple[Role, str], int] = field(default_factory=dict)
    sign_ins: list[DemoSignIn] = field(default_factory=list)

    def of_ward(self, code: str) -> WardAccounts:
        """Return who enters the rows of a ward: its own accounts, else the province's."""
        province = self.ids[Role.PROVINCE, ""]
        return WardAccounts(
            self.ids.get((Role.WARD_LEADER, code), province),
            self.ids.get((Role.SUPPORT, code), province),
        )


def load_demonstration(
    *,
    mentors: int = DEFAULT_SIZE.mentors,
    mentees: int = DEFAULT_SIZE.mentees,
    sessions: int = DEFAULT_SIZE.sessions,
    seed: int = 1,
    progress: Progress | None = None,
) -> list[DemoSignIn]:
    """Load the made-up network with its accounts in one transaction; return the sign-ins.

    A site that shows it already is left as it is, and the answer is empty: passwords are nowhere
    stored. All rows carry one batch, by which `remove_demonstration` finds them; the change log
    lists none of them one by one. `progress` is told after each ward how many of how many are done.
    Raises `RealDataError` when the site holds people or accounts of its own (administrators
    excepted), `NoWardsError` before the wards are loaded.
    """
    if is_demonstration_site():
        return []
    size = Size(mentors, mentees, sessions)
    with transaction(WardScope.everywhere(), DEMO_BATCH) as unit:
        session = db.session()
        _refuse_real_data(session)
        places = _list_places(session)
        ward_ids = dict(session.execute(select(Ward.code, Ward.id)).all())
        today = clock.today()
        accounts = _make_accounts(session, places, ward_ids, today)
        writer = RowWriter(session, batch_id=unit.batch.id, ward_ids=ward_ids)
        network = make_network(places, read_names(), size, today=today, seed=seed)
        staff: dict[int, int] = {}
        for done, (place, rows) in enumerate(zip(places, network, strict=True), start=1):
            writer.write(rows, accounts.of_ward(place.code))
            staff |= _staff_of(accounts, place, rows, writer)
            if progress:
                progress(done, len(places))
        writer.finish()
        fill_tallies(session)
        _link_people(session, staff, unit.batch.id)
        by = accounts.ids[Role.PROVINCE, ""]
        stamp = {"entered_at": clock.now(), "batch_id": unit.batch.id, "version": 1}
        add_topics(session, today, {**stamp, "entered_by_id": by})
    return accounts.sign_ins


def _refuse_real_data(session: Session) -> None:
    has_people = session.scalar(
        select(exists().where(Person.__table__.c.id.is_not(None))),
        execution_options={"include_deleted": True},
    )
    has_accounts = session.scalar(
        select(exists().where(Grant.account_id == Account.id, Grant.role != Role.ADMIN))
    )
    if has_people or has_accounts:
        raise RealDataError


def _list_places(session: Session) -> list[Place]:
    wards = session.scalars(select(Ward).order_by(Ward.code)).all()
    if not wards:
        raise NoWardsError
    codes = {ward.id: ward.code for ward in wards}
    neighbours: dict[str, list[str]] = defaultdict(list)
    pairs = select(WardBorder.ward_a_id, WardBorder.ward_b_id).order_by(
        WardBorder.ward_a_id, WardBorder.ward_b_id
    )
    for first, second in session.execute(pairs):
        neighbours[codes[first]].append(codes[second])
        neighbours[codes[second]].append(codes[first])
    return [
        Place(
            code=ward.code,
            slug=ward.slug,
            kind=ward.kind.value,
            former_district=ward.former_district,
            population=ward.population or 0,
            neighbours=tuple(sorted(neighbours[ward.code])),
        )
        for ward in wards
    ]


def _make_accounts(
    session: Session, places: Iterable[Place], ward_ids: dict[str, int], today: date
) -> DemoAccounts:
    accounts = DemoAccounts()
    slugs = {place.code: place.slug for place in places}
    wanted = [
        (Role.ADMIN, "", "demo.quantri", "Quản trị (mẫu)"),
        (Role.PROVINCE, "", "demo.tinhdoan", "Tỉnh Đoàn (mẫu)"),
    ]
    for code in WARDS_TO_TRY:
        if code in slugs:
            slug = slugs[code].replace("-", "")
            wanted.append((Role.WARD_LEADER, code, f"demo.bithu.{slug}", "Bí thư Đoàn (mẫu)"))
            wanted.append((Role.SUPPORT, code, f"demo.hotro.{slug}", "Nhân sự hỗ trợ (mẫu)"))
    for role, code, username, display_name in wanted:
        password = make_password()
        account_id = _make_account(session, username, display_name, password)
        session.execute(
            insert(Grant).values(
                account_id=account_id,
                role=role,
                ward_id=ward_ids.get(code),
                started_on=today - GRANTED_FOR,
                granted_at=clock.now(),
            )
        )
        accounts.ids[role, code] = account_id
        accounts.sign_ins.append(DemoSignIn(role.value, code, username, password))
    return accounts


def _make_account(session: Session, username: str, display_name: str, password: str) -> int:
    values = {
        "username": username,
        "display_name": display_name,
        "password_hash": hash_password(password),
        "is_demo": True,
        "created_at": clock.now(),
    }
    return session.scalars(insert(Account).values(values).returning(Account.id)).one()


def _staff_of(
    accounts: DemoAccounts, place: Place, rows: WardRows, writer: RowWriter
) -> dict[int, int]:
    """Return which person holds the ward's support account, where there is one."""
    account_id = accounts.ids.get((Role.SUPPORT, place.code))
    if account_id is None or not rows.support_posts:
        return {}
    return {account_id: writer.id_of(Person, rows.support_posts[0].person)}


def _link_people(session: Session, staff: dict[int, int], batch_id: int) -> None:
    stamp = {"entered_at": clock.now(), "batch_id": batch_id, "version": 1}
    links = [
        {"account_id": account_id, "person_id": person_id, **stamp}
        for account_id, person_id in staff.items()
    ]
    if links:
        session.execute(insert(AccountPerson), links)
