"""The Flask extensions, made once and bound to the application in `create_app`."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_talisman import Talisman
from flask_wtf import CSRFProtect


class ViewLimiter(Limiter):
    """Looks at the limits of a view when that view is called, and not before every request.

    Limits stand on views alone, and a view with one checks it by itself.
    """

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002  # as the class above has it
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = ViewLimiter(get_remote_address, storage_uri="memory://")
login_manager = LoginManager()
migrate = Migrate()
talisman = Talisman()
