"""What the forms that take in a workbook share."""

from werkzeug.datastructures import FileStorage

from app.exchange.errors import ExchangeError
from app.forms.base import BaseForm


class WorkbookFileForm(BaseForm):
    """A form with a field `file` for a workbook or text table."""

    @property
    def upload(self) -> FileStorage:
        """The file that was sent; valid after validation."""
        upload: FileStorage = self.file.data
        return upload

    def refuse_file(self, error: ExchangeError) -> None:
        """Say beside the field why the file cannot be used."""
        self.file.errors = [*self.file.errors, error.message]
