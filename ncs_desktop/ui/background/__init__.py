"""Background work: the only package of the window that knows threads and processes.

Imports nothing here: the layout process imports ``layout_process`` through this package and must
not load Qt.
"""
