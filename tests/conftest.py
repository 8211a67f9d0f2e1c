"""The whole run is off-screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
