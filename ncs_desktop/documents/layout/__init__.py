"""The layout engine: a document becomes pages of lines and strokes at exact places.

It breaks lines and pages the way LibreOffice (and, as far as known, Word) does with the .docx of
the same document, so that what a person previews, prints and sends has the same pages everywhere.
It knows nothing of PDF; all lengths inside are points, measured from the page's top left corner.
"""
