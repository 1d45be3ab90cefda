"""The page of areas that nobody serves: what the province and a leader are told."""

import pytest

from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, SupportPostFactory
from tests.web.pages import main_text, normal, page

ISLAND, HELPER = "21607", "21592"  # Nhơn Châu; Quy Nhơn Nam, the nearest over the sea
ADDRESS = "/ke-hoach/vung-trang"


@pytest.fixture
def province(sign_in):
    return sign_in(account_with(Role.PROVINCE))


def served(code, *, posts=1):
    """Make a ward that has a mentor and somebody at the desk."""
    ward = any_ward(code)
    MentorFactory(ward=ward)
    for _ in range(posts):
        SupportPostFactory(ward=ward)


def areas_of(response):
    return [
        [normal(cell.get_text(" ")) for cell in row.select("th, td")]
        for row in page(response).select("tbody tr")
    ]


def test_an_empty_site_is_one_area_and_the_island(province):
    mainland, island = areas_of(province.get(ADDRESS))

    assert mainland[1:4] == ["134", "3.581.341", "0"]
    assert mainland[4] == (
        "Chưa nơi nào khác còn chỗ ở mentor: cần tuyển mentor mới. "
        "Chưa nơi nào khác có từ 2 nhân sự hỗ trợ: cần tuyển người mới."
    )
    assert island[0] == "Nhơn Châu"


def test_the_island_is_told_who_helps_over_the_sea(province):
    served(HELPER, posts=2)
    MenteeFactory(ward=any_ward(ISLAND))

    _, island = areas_of(province.get(ADDRESS))

    assert island[:4] == ["Nhơn Châu", "1", "2.350", "1"]
    assert island[4] == (
        "Mentor: phường Quy Nhơn Nam còn nhận được 10 người, cách xã Nhơn Châu 19,6 km đường biển. "
        "Hỗ trợ: phường Quy Nhơn Nam có 2 nhân sự hỗ trợ, cách xã Nhơn Châu 19,6 km đường biển."
    )


def test_wards_that_want_looking_at_are_added_on_demand(province):
    served(ISLAND)
    MenteeFactory(ward=any_ward(ISLAND))

    blank = areas_of(province.get(ADDRESS))
    with_warnings = areas_of(province.get(f"{ADDRESS}?muc=ca-can-chu-y"))

    assert [area[0] == "Nhơn Châu" for area in blank] == [False]
    assert [area[0] == "Nhơn Châu" for area in with_warnings] == [False, True]
    assert with_warnings[1][4] == "Đang có đủ mentor và hỗ trợ; chỉ còn những việc cần chú ý."


def test_a_leader_is_told_of_the_own_area_alone_and_led_to_the_own_ward_alone(sign_in):
    served(HELPER, posts=2)
    leader = sign_in(account_with(Role.WARD_LEADER, "21553"))

    response = leader.get(ADDRESS)

    [area] = areas_of(response)
    assert "Quy Nhơn Bắc" in area[0]
    assert "Nhơn Châu" not in area[0]
    links = [link["href"] for link in page(response).select("tbody a")]
    assert links == ["/xa/21553"]
    assert "Xã, phường của bạn nằm trong vùng 133 nơi liền nhau." in main_text(response)


def test_a_leader_of_a_served_ward_reads_that_it_is_in_no_area(sign_in):
    served("21553")
    leader = sign_in(account_with(Role.WARD_LEADER, "21553"))

    text = main_text(leader.get(ADDRESS))

    assert "Không nằm trong vùng trắng" in text
    assert "Xã, phường của bạn có mentor và nhân sự hỗ trợ đang làm việc." in text


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        (ADDRESS, "Kế hoạch"),
        ("/ke-hoach/giup-nhau", "Kế hoạch"),
        ("/ra-soat/so-voi-ngay", "Rà soát"),
    ],
)
def test_the_navigation_marks_the_entry_below_which_a_page_lies(province, address, entry):
    marked = page(province.get(address)).select(".site-navigation [aria-current]")

    assert [normal(link.get_text()) for link in marked] == [entry]
