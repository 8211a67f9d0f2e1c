"""Jobs that never come past a certain step, to be stopped there; they run in their own process."""

import threading
from unittest import mock

from ncs_desktop.ui.collect import jobs
from ncs_desktop.work.isolation import Isolation

AT = 3
"""The file, counted from 1, at which an import hangs."""


def forever(*_arguments, **_options):
    threading.Event().wait()


class At:
    """Lets calls through until the one at which it hangs."""

    def __init__(self, action):
        self._action, self._count = action, 0

    def __call__(self, *arguments, **options):
        self._count += 1
        if self._count == AT:
            forever()
        return self._action(*arguments, **options)


def _hanging(place, action):
    return mock.patch(place, At(action))


def in_reading(order, context):
    from ncs_desktop.work import desk_import

    with _hanging("ncs_desktop.work.desk_import.read_bytes", desk_import.read_bytes):
        return jobs.import_files(order, context)


def in_worker(order, context):
    from ncs_desktop.work import received

    class Greedy(received.Inbox):
        count = 0

        def open(self, piece):
            Greedy.count += 1
            if Greedy.count == AT:
                with Isolation(seconds=1000) as worker:
                    worker.run(piece.name, forever)
            return super().open(piece)

    with mock.patch("ncs_desktop.work.desk_import.Inbox", Greedy):
        return jobs.import_files(order, context)


def in_storing(order, context):
    from ncs_desktop.store import audit

    with _hanging("ncs_desktop.store.audit.record", audit.record):
        return jobs.import_files(order, context)


def in_likeness(order, context):
    with mock.patch("ncs_desktop.work.desk.suggestions", forever):
        return jobs.import_files(order, context)


def in_writing(output, context):
    with mock.patch("ncs_desktop.work.desk_papers.export_trail", forever):
        return jobs.write_output(output, context)
