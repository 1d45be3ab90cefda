"""What the factories of all models share: they flush into the session of the test."""

from factory.alchemy import SESSION_PERSISTENCE_COMMIT, SQLAlchemyModelFactory

from models import Ward, db


class ModelFactory(SQLAlchemyModelFactory):
    """A row that is valid without arguments and committed at once."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = db.session
        sqlalchemy_session_persistence = SESSION_PERSISTENCE_COMMIT


def any_ward(code: str = "21553") -> Ward:
    """Return a shipped ward by its code; by default phường Quy Nhơn Bắc."""
    return db.session.query(Ward).filter_by(code=code).one()
