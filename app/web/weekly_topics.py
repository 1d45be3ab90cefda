"""«Mỗi tuần một kỹ năng số»: read by leaders, written by the province, passed on to mentors."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.formatting import format_day
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.topic import EditTopicForm, NewTopicForm
from app.queries.topics import TopicRow, find_topic, get_topic, list_topics
from app.services.edit_topics import add_topic, delete_topic, edit_topic
from app.texts import _
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("weekly_topics", __name__, url_prefix="/chu-de-tuan")


@blueprint.get("")
@requires(Permission.VIEW_PEOPLE)
def index() -> ResponseReturnValue:
    """Show this week's topic, ready for Zalo, and all the others."""
    scope, today = current_scope(), clock.today()
    topic = find_topic(scope, today)
    return render_template(
        "weekly_topics/index.html",
        topic=topic,
        message=None if topic is None else topic_message(topic),
        topics=list_topics(scope),
        today=today,
    )


@blueprint.get("/moi")
@requires(Permission.MANAGE_TOPICS)
def create() -> ResponseReturnValue:
    """Show the form for a week's topic."""
    return _new_page(NewTopicForm(monday=clock.today()))


@blueprint.post("/moi")
@requires(Permission.MANAGE_TOPICS)
def save_new() -> ResponseReturnValue:
    """Add the topic."""
    form = NewTopicForm()
    if form.validate():
        receipt = submit(
            form, lambda: add_topic(current_scope(), form.details, request_key=form.request_key)
        )
        if receipt is not None:
            notify(_("Đã thêm chủ đề tuần."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("weekly_topics.index"), code=303)
    return _new_page(form), 422


@blueprint.get("/<int:topic_id>/sua")
@requires(Permission.MANAGE_TOPICS)
def edit(topic_id: int) -> ResponseReturnValue:
    """Show the form for a topic that is there."""
    topic = get_topic(current_scope(), topic_id)
    return _edit_page(topic, _stored_form(topic), [])


@blueprint.post("/<int:topic_id>/sua")
@requires(Permission.MANAGE_TOPICS)
def save(topic_id: int) -> ResponseReturnValue:
    """Change the topic; who was slower sees what the other one changed."""
    scope = current_scope()
    topic, form = get_topic(scope, topic_id), EditTopicForm()
    form.keep_stored(lambda: _stored_form(topic))
    if form.validate():
        receipt = submit(
            form,
            lambda: edit_topic(scope, topic_id, form.details, seen_edition=form.seen_version),
        )
        if receipt is not None:
            notify(_("Đã lưu chủ đề tuần."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("weekly_topics.index"), code=303)
    topic = get_topic(scope, topic_id)
    stored = _stored_form(topic)
    if is_saved_already(form, stored):
        return redirect(url_for("weekly_topics.index"), code=303)
    return _edit_page(topic, form, take_conflicts(form, stored)), 422


@blueprint.post("/<int:topic_id>/xoa")
@requires(Permission.MANAGE_TOPICS)
def delete(topic_id: int) -> ResponseReturnValue:
    """Take the topic away, with a way back."""
    receipt = delete_topic(current_scope(), topic_id)
    notify(_("Đã bỏ chủ đề tuần."), undo_batch_id=receipt.batch_id)
    return redirect(url_for("weekly_topics.index"), code=303)


def topic_message(topic: TopicRow) -> str:
    """Return a topic as a message for Zalo."""
    head = _(
        "MỖI TUẦN MỘT KỸ NĂNG SỐ (%(monday)s – %(sunday)s)",
        monday=format_day(topic.monday),
        sunday=format_day(topic.sunday),
    )
    parts = [head, topic.title, topic.body]
    if topic.link:
        parts.append(_("Xem thêm: %(link)s", link=topic.link))
    return "\n".join(parts)


def _stored_form(topic: TopicRow) -> EditTopicForm:
    return EditTopicForm(
        formdata=None,
        monday=topic.monday,
        title=topic.title,
        body=topic.body,
        link=topic.link or "",
        version=topic.edition,
    )


def _new_page(form: NewTopicForm) -> str:
    return render_template("weekly_topics/create.html", form=form)


def _edit_page(topic: TopicRow, form: EditTopicForm, conflicts: list[FieldConflict]) -> str:
    return render_template("weekly_topics/edit.html", topic=topic, form=form, conflicts=conflicts)
