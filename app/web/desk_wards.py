"""The wards at whose desks a reader works, straight from the grants: no question is asked."""

from app.access.current import require_reader
from app.access.policy import GRANTS, Permission
from app.forms.help_session import WardChoice


def desk_wards(permission: Permission) -> list[WardChoice]:
    """Return the wards in which the reader holds a permission by a grant over that ward alone."""
    wards = {
        grant.ward_id: WardChoice(grant.ward_id, grant.ward_code or "", grant.ward_name or "")
        for grant in require_reader().grants
        if grant.ward_id is not None and permission in GRANTS[grant.role]
    }
    return sorted(wards.values(), key=lambda ward: ward.code)
