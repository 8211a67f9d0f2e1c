"""The field's own terms and rules: pure Python, no Qt, no SQL, no files, no clock, no locale."""
