"""The window; the only package that imports PySide6."""

from ncs_desktop.ui.immortal import keep_singletons_alive

keep_singletons_alive()
