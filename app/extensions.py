"""The Flask extensions, made once and bound to the application in `create_app`."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://")
login_manager = LoginManager()
migrate = Migrate()
talisman = Talisman()
